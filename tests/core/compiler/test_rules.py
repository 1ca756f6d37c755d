"""Rules are found by class, through parents and bases, also when registered late."""

from __future__ import annotations

import pytest

from toolkit_core.compiler.ansi import ansi
from toolkit_core.compiler.rules import Rules
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.expression.node import Node, declared, value
from toolkit_core.expression.select import select
from toolkit_core.facts import ParamStyle, Style
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import Integer, String


@declared
class Word(Node):
    text: str = value()


class LoudWord(Word):
    pass


def written(rules: Rules, node: Node, style: Style | None = None) -> str:
    writer = Writer(rules, style or Style())
    writer.write(node)
    return writer.finished()


def test_an_heirs_own_rule_comes_before_its_bases() -> None:
    base = Rules("base")
    heir = Rules("heir", base)
    base(Word)(lambda w, word: w.text(word.text))
    heir(Word)(lambda w, word: w.text(word.text.upper()))
    assert written(base, Word("a")) == "a"
    assert written(heir, Word("a")) == "A"


def test_a_rule_of_the_base_that_is_registered_later_reaches_the_heirs() -> None:
    base = Rules("base")
    heir = Rules("heir", base)
    with pytest.raises(UnsupportedCompilationError):
        written(heir, Word("a"))
    base(Word)(lambda w, word: w.text("late"))
    assert written(heir, Word("a")) == "late"
    base(Word)(lambda w, word: w.text("later"))
    assert written(heir, Word("a")) == "later"


def test_a_class_without_a_rule_is_written_by_its_parents() -> None:
    base = Rules("base")
    base(Word)(lambda w, word: w.text("word"))
    assert written(base, LoudWord("a")) == "word"


def test_what_no_rule_can_write_is_refused_by_name() -> None:
    with pytest.raises(UnsupportedCompilationError, match="'mine' can't write Word"):
        written(Rules("mine"), Word("a"))


table = Table("t", MetaData(), Column("id", Integer), Column("name", String), Column("v", Integer))


def test_a_select_is_written_clause_by_clause() -> None:
    statement = select(table.c.id, table.c.name.label("n")).where(
        (table.c.id == 5) | (table.c.v > 7), table.c.name == "x"
    )
    assert written(ansi, statement) == (
        "SELECT t.id, t.name AS n \nFROM t \nWHERE (t.id = ? OR t.v > ?) AND t.name = ?"
    )


def test_parameters_are_named_after_their_columns() -> None:
    statement = select(table).where(table.c.id == 1, table.c.id != 2)
    sql = written(ansi, statement, Style(paramstyle=ParamStyle.NAMED))
    assert sql.endswith("WHERE t.id = :id_1 AND t.id != :id_2")


def test_a_name_is_quoted_where_it_must_be() -> None:
    odd = Table("Odd", MetaData(), Column("per cent", Integer), Column("order", Integer))
    style = Style(reserved=frozenset({"order"}))
    assert written(ansi, select(odd), style) == (
        'SELECT "Odd"."per cent", "Odd"."order" \nFROM "Odd"'
    )
