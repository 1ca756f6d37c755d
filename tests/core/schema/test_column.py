"""Columns: what may stand where, what follows from what, and copies."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.text import text
from toolkit_core.schema import (
    CheckConstraint,
    Column,
    ColumnDefault,
    Computed,
    DefaultClause,
    FetchedValue,
    ForeignKey,
    Identity,
    MetaData,
    Sequence,
    Table,
    UniqueConstraint,
    insert_sentinel,
)
from toolkit_core.types import NULLTYPE, Integer, String


def test_name_and_type_may_be_left_out_or_be_keywords() -> None:
    assert Column("x", Integer).name == "x"
    assert isinstance(Column("x", Integer).type, Integer)
    assert Column("x").type is NULLTYPE
    assert isinstance(Column(Integer).type, Integer)
    assert repr(Column(name="x", type_=String(5)).type) == "String(length=5)"
    key = ForeignKey("a.b")
    assert Column("x", key).foreign_keys == {key}
    assert Column(ForeignKey("a.b"), name="x").type is NULLTYPE


@pytest.mark.parametrize(
    ("arguments", "keywords", "words"),
    [
        (("x", Integer, "y"), {}, "'SchemaItem' object.*got 'y'"),
        (("x", 5), {}, "'SchemaItem' object.*got 5"),
        ((Integer, Integer), {}, "'SchemaItem' object.*got <class"),
        (("x", Integer), {"name": "y"}, "May not pass name positionally and as a keyword"),
        (("x", Integer), {"type_": String}, "May not pass type_ positionally and as a keyword"),
        (("x",), {"default": 1, "insert_default": 2}, "mutually exclusive"),
        (("x",), {"server_default": 5}, "'arg' is expected to be one of type"),
        (("x", UniqueConstraint("x")), {}, "UniqueConstraint is put into a Table"),
        (("x", Column("y")), {}, "A Column is put into a Table"),
    ],
)
def test_what_cannot_stand_there_is_refused(
    arguments: tuple[Any, ...], keywords: dict[str, Any], words: str
) -> None:
    with pytest.raises(ArgumentError, match=words):
        Column(*arguments, **keywords)


def test_nullable_follows_from_the_primary_key_unless_it_is_said() -> None:
    assert Column("x").nullable is True
    assert Column("x", primary_key=True).nullable is False
    assert Column("x", primary_key=True, nullable=True).nullable is True
    assert Column("x", nullable=None).nullable is None
    assert Column("x", Integer, Identity()).nullable is False
    assert Column("x", Integer, Identity(), nullable=True).nullable is True


def test_defaults_of_each_kind() -> None:
    scalar = Column("x", default=5).default
    assert (scalar.is_scalar, scalar.arg) == (True, 5)
    assert Column("x", insert_default=5).default.arg == 5
    assert Column("x", default=None).default is None
    called = Column("x", default=lambda: 7).default
    assert (called.is_callable, called.arg("context")) == (True, 7)
    assert Column("x", default=lambda context: context).default.arg("given") == "given"
    assert Column("x", default=dict).default.arg("context") == {}
    sql = Column("x", default=text("now()")).default
    assert sql.is_clause_element
    changed = Column("x", onupdate=5).onupdate
    assert (changed.for_update, changed.arg) == (True, 5)
    sequence = Sequence("numbers")
    assert Column("x", Integer, sequence).default is sequence


class Counter:
    def __init__(self, start: int = 0) -> None:
        self.start = start

    def __call__(self) -> int:
        return self.start

    def method(self, context: Any) -> Any:
        return context


def test_what_a_default_function_takes_is_seen() -> None:
    assert ColumnDefault(Counter(3)).arg("context") == 3
    assert ColumnDefault(Counter(3).method).arg("context") == "context"
    assert isinstance(ColumnDefault(Counter).arg("context"), Counter)
    with pytest.raises(ArgumentError, match="takes zero or one positional arguments"):
        ColumnDefault(lambda a, b: None)


def test_a_server_default_is_no_column_default() -> None:
    with pytest.raises(ArgumentError, match="may not be a server-side default"):
        ColumnDefault(FetchedValue())


def test_server_defaults_of_each_kind() -> None:
    plain = Column("x", server_default="5").server_default
    assert isinstance(plain, DefaultClause)
    assert (plain.arg, plain.has_argument) == ("5", True)
    fetched = Column("x", server_default=FetchedValue()).server_default
    assert (fetched.has_argument, fetched.is_server_default) == (False, True)
    changed = Column("x", server_onupdate=FetchedValue()).server_onupdate
    assert changed.for_update is True


def test_a_generated_column_has_no_other_default() -> None:
    with pytest.raises(ArgumentError, match="A generated column cannot specify a server_default"):
        Column("x", Integer, Computed("y"), server_default="5")
    with pytest.raises(ArgumentError, match="A column with an Identity object cannot specify"):
        Column("x", Integer, Identity(), server_default="5")
    with pytest.raises(ArgumentError, match="autoincrement=False"):
        Column("x", Integer, Identity(), autoincrement=False)
    column = Column("x", Integer, Computed("y"))
    assert column.server_default is column.computed
    assert column.server_onupdate is column.computed


def test_a_sentinel_is_an_integer_that_no_statement_names() -> None:
    column = insert_sentinel("mark")
    assert isinstance(column.type, Integer)
    assert column.default.is_sentinel
    assert column._omit_from_statements


def test_references() -> None:
    metadata = MetaData()
    parent = Table("parent", metadata, Column("id", Integer), Column("other", Integer))
    child = Table("child", metadata, Column("p", ForeignKey("parent.id")))
    assert child.c.p.references(parent.c.id)
    assert not child.c.p.references(parent.c.other)


def test_a_copy_has_all_but_the_table() -> None:
    column = Column(
        "x",
        Integer,
        ForeignKey("a.b"),
        CheckConstraint("x > 5"),
        key="k",
        default=5,
        onupdate=6,
        server_default="7",
        comment="c",
        index=True,
        info={"a": 1},
        sqlite_on_conflict_not_null="FAIL",
    )
    copy = column._copy()
    assert copy is not column
    assert (copy.name, copy.key, copy.table) == ("x", "k", None)
    assert (copy.default.arg, copy.onupdate.arg, copy.server_default.arg) == (5, 6, "7")
    assert (copy.comment, copy.index, copy.info) == ("c", True, {"a": 1})
    assert copy.info is not column.info
    assert copy.kwargs == {"sqlite_on_conflict_not_null": "FAIL"}
    assert [key.target_fullname for key in copy.foreign_keys] == ["a.b"]
    assert copy.foreign_keys.isdisjoint(column.foreign_keys)
    assert len(copy.constraints) == 1
    assert copy.structure() is not column.structure()


def test_a_copy_of_a_generated_column_is_generated() -> None:
    copy = Column("x", Integer, Identity(start=5), primary_key=True)._copy()
    assert copy.identity is not None
    assert copy.identity.start == 5
    assert copy.server_default is copy.identity
    computed = Column("x", Integer, Computed("y", persisted=True))._copy().computed
    assert computed is not None
    assert computed.persisted is True
    sequence = Column("x", Integer, Sequence("n"))._copy().default
    assert sequence.name == "n"


def test_a_column_says_what_it_is() -> None:
    column = Column("a", Integer, key="k", nullable=False, default=4, onupdate=5, comment="x")
    assert repr(column) == (
        "Column('a', Integer(), table=None, key='k', nullable=False, "
        "onupdate=ScalarElementColumnDefault(5), default=ScalarElementColumnDefault(4), "
        "comment='x')"
    )
    assert str(column) == "a"


@pytest.mark.parametrize("flag", ["index", "unique"])
def test_a_name_for_the_index_is_refused(flag: str) -> None:
    with pytest.raises(ArgumentError, match=f"'{flag}' keyword argument on Column is boolean only"):
        Table("t", MetaData(), Column("x", Integer, **{flag: "name"}))  # type: ignore[arg-type]
