"""Columns of one source replaced by those of another that comes from it."""

from __future__ import annotations

from toolkit import Column, Integer, MetaData, Table, select
from toolkit.sql.util import ClauseAdapter, ColumnAdapter, find_tables

PERSON = Table("person", MetaData(), Column("id", Integer), Column("boss", Integer))
PET = Table("pet", MetaData(), Column("owner", Integer))
OTHER = PERSON.alias("other")


def test_columns_of_other_tables_stay() -> None:
    adapted = ClauseAdapter(OTHER).traverse(PERSON.c.id == PET.c.owner)
    assert str(adapted) == "other.id = pet.owner"


def test_a_function_says_which_columns_are_replaced() -> None:
    condition = PERSON.c.id == PERSON.c.boss
    only = ClauseAdapter(OTHER, include_fn=lambda column: column is PERSON.c.boss)
    but = ClauseAdapter(OTHER, exclude_fn=lambda column: column is PERSON.c.boss)
    assert str(only.traverse(condition)) == "person.id = other.boss"
    assert str(but.traverse(condition)) == "other.id = person.boss"


def test_an_equivalent_column_stands_for_one_that_the_source_lacks() -> None:
    adapter = ClauseAdapter(OTHER, equivalents={PET.c.owner: [PERSON.c.id]})
    assert str(adapter.traverse(PET.c.owner == 5)) == "other.id = :owner_1"


def test_columns_are_asked_for_one_by_one() -> None:
    adapter = ColumnAdapter(OTHER)
    assert adapter.columns[PERSON.c.id] is OTHER.c.id
    assert adapter.adapt_check_present(PET.c.owner) is None


def test_the_tables_of_a_statement_are_found() -> None:
    statement = select(PERSON.c.id).where(PET.c.owner == PERSON.c.id)
    assert set(find_tables(statement)) == {PERSON, PET}
    assert find_tables(select(OTHER.c.id), include_aliases=True)[0] is OTHER
