"""What stands in WHERE is made a condition each time, whatever stood there before."""

from __future__ import annotations

from tests.core.golden.test_golden import SQLITE
from toolkit_core.expression.elements import column, true
from toolkit_core.expression.select import select
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import Boolean, Integer

table = Table("t", MetaData(), Column("id", Integer), Column("flag", Boolean))


def test_a_constant_is_compared_where_there_is_no_truth_each_time() -> None:
    for _ in range(2):
        written = str(select(table.c.id).where(true()).compile(dialect=SQLITE))
        assert written == "SELECT t.id \nFROM t \nWHERE 1 = 1"


def test_a_boolean_column_is_compared_where_there_is_no_truth_each_time() -> None:
    for _ in range(2):
        written = str(select(table.c.id).where(table.c.flag).compile(dialect=SQLITE))
        assert written == "SELECT t.id \nFROM t \nWHERE t.flag = 1"


def test_an_operator_that_is_no_comparison_is_made_a_condition_by_its_type() -> None:
    given = column("a").op("~~", return_type=Boolean())("x")
    for _ in range(2):
        assert "= 1" in str(select(table.c.id).where(given).compile(dialect=SQLITE))
