"""Tables are copied into other MetaData, and pickled, with all that belongs to them."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from toolkit_core.events import listen
from toolkit_core.schema import (
    BLANK_SCHEMA,
    RETAIN_SCHEMA,
    CheckConstraint,
    Column,
    CreateIndex,
    CreateTable,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Sequence,
    Table,
    UniqueConstraint,
)
from toolkit_core.types import Integer, String

CONVENTION = {
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(column_0_label)s",
}


def child(metadata: MetaData, **options: Any) -> Table:
    table = Table(
        "child",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("p", Integer, ForeignKey("parent.id", ondelete="CASCADE"), index=True),
        Column(
            "name",
            String(50),
            CheckConstraint("name != ''", name="filled"),
            unique=True,
            comment="c",
        ),
        CheckConstraint("p > 5", name="five"),
        UniqueConstraint("p", "name", sqlite_on_conflict="FAIL"),
        comment="the table",
        info={"a": 1},
        sqlite_strict=True,
        **options,
    )
    Index("ix_both", table.c.p, table.c.name, unique=True, sqlite_where=table.c.p > 7)
    CheckConstraint(table.c.p < 99, name="top")
    return table


def parent(metadata: MetaData, **options: Any) -> Table:
    return Table("parent", metadata, Column("id", Integer, primary_key=True), **options)


def ddl(table: Table, written: Any) -> list[str]:
    indexes = sorted(written(CreateIndex(index)) for index in table.indexes)
    # A copy's constraints may come in another order: those of columns come first.
    return sorted(written(CreateTable(table)).replace(", \n", "\n").splitlines()) + indexes


def test_a_copy_is_created_like_the_original(written: Any) -> None:
    first, second = MetaData(), MetaData()
    parent(first)
    table = child(first)
    made = table.to_metadata(second)
    parent(second)
    assert ddl(made, written) == ddl(table, written)
    assert made.metadata is second
    assert all(column.table is made for column in made.c)
    assert all(one.table is made for one in made.constraints)
    assert all(one.table is made for one in made.indexes)
    assert (made.comment, made.info, made.c.name.comment) == ("the table", {"a": 1}, "c")
    assert made.info is not table.info
    assert {key.parent for key in made.foreign_keys} == {made.c.p}


def test_a_copy_may_have_another_name(written: Any) -> None:
    metadata = MetaData(naming_convention=CONVENTION)
    parent(metadata)
    table = child(metadata)
    made = table.to_metadata(metadata, name="other")
    assert list(metadata.tables) == ["parent", "child", "other"]
    assert {index.name for index in made.indexes} == {"ix_other_p", "ix_both"}
    assert "ck_child_five" in {one.name for one in made.constraints}


def test_a_copy_that_is_there_is_returned_with_a_warning() -> None:
    first, second = MetaData(), MetaData()
    table = child(first)
    made = table.to_metadata(second)
    with pytest.warns(Warning, match="'child' already exists within the given MetaData"):
        assert table.to_metadata(second) is made


@pytest.mark.parametrize(
    ("schema", "of_metadata", "expected", "target"),
    [
        (RETAIN_SCHEMA, "m", "s", "s.parent.id"),
        (None, "m", "m", "m.parent.id"),
        (None, None, None, "parent.id"),
        ("new", "m", "new", "new.parent.id"),
        (BLANK_SCHEMA, "m", None, "parent.id"),
    ],
)
def test_the_schema_of_a_copy_and_of_what_it_refers_to(
    schema: Any, of_metadata: str | None, expected: str | None, target: str
) -> None:
    metadata = MetaData()
    table = Table("t", metadata, Column("p", Integer, ForeignKey("s.parent.id")), schema="s")
    made = table.to_metadata(MetaData(schema=of_metadata), schema=schema)
    assert made.schema == expected
    assert [key.target_fullname for key in made.foreign_keys] == [target]


def test_a_reference_to_another_schema_stays() -> None:
    table = Table("t", MetaData(), Column("p", Integer, ForeignKey("x.parent.id")), schema="s")
    made = table.to_metadata(MetaData(), schema="new")
    assert [key.target_fullname for key in made.foreign_keys] == ["x.parent.id"]


@pytest.mark.parametrize(
    ("answer", "target"),
    [
        ("ref", "ref.parent.id"),
        (None, "x.parent.id"),
        (RETAIN_SCHEMA, "x.parent.id"),
        (BLANK_SCHEMA, "parent.id"),
    ],
)
def test_a_function_may_say_the_schema_that_is_referred_to(answer: Any, target: str) -> None:
    table = Table("t", MetaData(), Column("p", Integer, ForeignKey("x.parent.id")), schema="s")
    asked: list[Any] = []

    def referred(*arguments: Any) -> Any:
        asked.append(arguments)
        return answer

    made = table.to_metadata(MetaData(), schema="new", referred_schema_fn=referred)
    assert [key.target_fullname for key in made.foreign_keys] == [target]
    ((of, to, constraint, schema),) = asked
    assert (of, to, schema) == (table, "new", "x")
    assert isinstance(constraint, ForeignKeyConstraint)


def test_listeners_come_along_if_they_propagate() -> None:
    table = child(MetaData())
    heard: list[str] = []
    listen(table, "before_create", lambda *args, **kw: heard.append("along"), propagate=True)
    listen(table, "before_create", lambda *args, **kw: heard.append("not"))
    made = table.to_metadata(MetaData())
    for listener in made.dispatch.before_create:
        listener(made, None)
    assert heard == ["along"]


@pytest.mark.parametrize("protocol", range(4, pickle.HIGHEST_PROTOCOL + 1))
def test_metadata_is_pickled_with_its_tables(protocol: int, written: Any) -> None:
    metadata = MetaData(naming_convention=CONVENTION, info={"x": 1})
    parent(metadata)
    table = child(metadata)
    Sequence("numbers", metadata=metadata)
    listen(table, "before_create", lambda *args, **kw: None)
    loaded = pickle.loads(pickle.dumps(metadata, protocol))
    again = loaded.tables["child"]
    assert again is not table
    assert ddl(again, written) == ddl(table, written)
    assert again.metadata is loaded
    assert again.c.id.table is again
    assert again.c is again.columns
    assert again.c.p.references(loaded.tables["parent"].c.id)
    assert (loaded.info, list(loaded._sequences)) == ({"x": 1}, ["numbers"])
    assert loaded.sorted_tables == [loaded.tables["parent"], again]
    with pytest.raises(TypeError, match="immutable"):
        loaded.tables["x"] = again


def test_a_loaded_column_is_itself_and_no_other() -> None:
    table = parent(MetaData())
    table.c.id.structure()
    loaded = pickle.loads(pickle.dumps(table))
    assert loaded.c.id.structure() is not table.c.id.structure()
    assert loaded.structure() is not table.structure()
    assert loaded.c.id.structure() is not loaded.structure()


def test_a_column_without_a_table_is_pickled() -> None:
    column = Column("x", Integer, ForeignKey("a.b"), default=5, primary_key=True)
    loaded = pickle.loads(pickle.dumps(column))
    assert repr(loaded) == repr(column)
    table = Table("t", MetaData(), loaded)
    assert [key.target_fullname for key in table.foreign_keys] == ["a.b"]


def test_metadata_is_copied_deeply() -> None:
    metadata = MetaData()
    parent(metadata)
    copied = copy.deepcopy(metadata)
    assert copied.tables["parent"] is not metadata.tables["parent"]
    assert copied.tables["parent"].metadata is copied
