"""A table is what the first call said; a later call finds it, extends it, or is refused."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit_core.errors import ArgumentError, DuplicateColumnError, InvalidRequestError
from toolkit_core.schema import (
    BLANK_SCHEMA,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    quoted_name,
)
from toolkit_core.types import Integer, String


def people(metadata: MetaData | None = None, *items: Any, **options: Any) -> Table:
    return Table(
        "people",
        MetaData() if metadata is None else metadata,
        Column("id", Integer, primary_key=True),
        Column("name", String(50)),
        *items,
        **options,
    )


def test_the_same_name_gives_the_same_table() -> None:
    metadata = MetaData()
    table = people(metadata)
    assert Table("people", metadata) is table
    assert Table("people", metadata, must_exist=True) is table
    assert Table("people", metadata, Column("x", Integer), keep_existing=True) is table
    assert table.c.keys() == ["id", "name"]


def test_a_second_definition_is_refused() -> None:
    metadata = MetaData()
    people(metadata)
    with pytest.raises(InvalidRequestError, match="Table 'people' is already defined"):
        people(metadata)


def test_extend_existing_adds_and_replaces_columns() -> None:
    metadata = MetaData()
    table = people(metadata, comment="old")
    again = Table(
        "people",
        metadata,
        Column("name", String(99)),
        Column("age", Integer),
        extend_existing=True,
        comment="new",
    )
    assert again is table
    assert table.c.keys() == ["id", "name", "age"]
    assert table.c.name.type.length == 99
    assert table.comment == "new"


def test_extend_existing_drops_the_foreign_keys_of_a_replaced_column() -> None:
    metadata = MetaData()
    table = people(metadata, Column("boss", Integer, ForeignKey("people.id")))
    Table("people", metadata, Column("boss", Integer), extend_existing=True)
    assert table.foreign_keys == set()
    assert table.foreign_key_constraints == set()


def test_keep_and_extend_exclude_each_other() -> None:
    with pytest.raises(ArgumentError, match="mutually exclusive"):
        Table("t", MetaData(), keep_existing=True, extend_existing=True)


def test_must_exist_refuses_a_table_that_is_not_there() -> None:
    with pytest.raises(InvalidRequestError, match=r"Table 'shop.t' not defined"):
        Table("t", MetaData(), schema="shop", must_exist=True)


def test_quote_cannot_be_changed_later() -> None:
    metadata = MetaData()
    people(metadata)
    with pytest.raises(ArgumentError, match="Can't redefine 'quote'"):
        Table("people", metadata, quote=True, extend_existing=True)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("t",), TypeError, "at least two positional-only arguments"),
        (("t", "m"), ArgumentError, "is a MetaData, not 'm'"),
        (("t", MetaData(), 5), ArgumentError, "'SchemaItem' object, such as .* expected, got 5"),
        (("t", MetaData(), ForeignKey("a.b")), ArgumentError, "is put into a Column"),
    ],
)
def test_wrong_arguments_are_named(
    arguments: tuple[Any, ...], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        Table(*arguments)


def test_an_option_must_name_its_dialect() -> None:
    with pytest.raises(TypeError, match="<dialectname>_<argument>, got 'foo'"):
        Table("t", MetaData(), foo=5)


def test_a_table_that_failed_is_not_there() -> None:
    metadata = MetaData()
    with pytest.raises(DuplicateColumnError):
        Table("t", metadata, Column("a", Integer), Column("a", Integer))
    assert list(metadata.tables) == []


def test_a_key_or_a_name_that_is_there_twice_is_refused_as_such() -> None:
    with pytest.raises(DuplicateColumnError, match="with name 'a' is already present in table 't'"):
        Table("t", MetaData(), Column("a", Integer), Column("a", String))
    with pytest.raises(DuplicateColumnError, match="with key 'a' is already present in table 't'"):
        Table("t", MetaData(), Column("a", Integer), Column("b", String, key="a"))


def test_a_column_belongs_to_one_table() -> None:
    table = people()
    with pytest.raises(ArgumentError, match="'id' already assigned to Table 'people'"):
        Table("other", MetaData(), table.c.id)


def test_a_column_needs_a_name_when_it_is_put_into_a_table() -> None:
    nameless: Column[int] = Column(Integer)
    with pytest.raises(ArgumentError, match="non-blank name"):
        Table("t", MetaData(), nameless)
    late: Column[int] = Column(Integer)
    late.name = "late"
    assert Table("t", MetaData(), late).c.late is late


def test_columns_are_appended_and_inserted() -> None:
    table = people()
    table.append_column(Column("last", Integer))
    table.insert_column(Column("first", Integer), 0)
    assert table.c.keys() == ["first", "id", "name", "last"]
    with pytest.raises(DuplicateColumnError, match="replace_existing=True"):
        table.append_column(Column("name", Integer))
    table.append_column(Column("name", Integer), replace_existing=True)
    assert isinstance(table.c.name.type, Integer)
    assert table.c.keys() == ["first", "id", "name", "last"]


def test_a_key_column_is_not_replaced_by_a_plain_one() -> None:
    table = people()
    before = table.c.id
    with pytest.raises(ArgumentError, match="Trying to redefine primary-key column 'id'"):
        table.append_column(Column("id", Integer), replace_existing=True)
    assert table.c.id is before


def test_a_table_knows_its_parts() -> None:
    metadata = MetaData()
    table = people(
        metadata,
        Column("boss", ForeignKey("people.id"), index=True),
        Column("code", String, unique=True),
        CheckConstraint("id > 0", name="positive"),
        info={"x": 1},
        prefixes=["TEMP"],
    )
    assert table.primary_key.columns.keys() == ["id"]
    assert {key.target_fullname for key in table.foreign_keys} == {"people.id"}
    assert [index.name for index in table.indexes] == ["ix_people_boss"]
    kinds = sorted(type(one).__name__ for one in table.constraints)
    assert kinds == [
        "CheckConstraint",
        "ForeignKeyConstraint",
        "PrimaryKeyConstraint",
        "UniqueConstraint",
    ]
    assert table.info == {"x": 1}
    assert table.implicit_returning
    assert not table.is_view
    assert table.entity_namespace is table.c
    assert table.autoincrement_column is table.c.id


def test_key_fullname_and_schema() -> None:
    metadata = MetaData(schema="shop")
    assert people(metadata).fullname == "shop.people"
    plain = Table("plain", metadata, schema=BLANK_SCHEMA)
    assert (plain.schema, plain.key) == (None, "plain")
    assert list(metadata.tables) == ["shop.people", "plain"]
    assert metadata.schemas == ("shop",)


def test_a_name_keeps_its_wish_for_quotes() -> None:
    table = Table("t", MetaData(), Column("x", Integer, quote=False), quote=True)
    assert isinstance(table.name, quoted_name)
    assert table.name.quote is True
    assert getattr(table.c.x.name, "quote", None) is False


def test_a_table_says_what_it_is() -> None:
    table = people(schema="s")
    assert str(table) == "s.people"
    assert str(table.c.id) == "people.id"
    assert repr(table) == (
        "Table('people', MetaData(), "
        "Column('id', Integer(), table=<s.people>, primary_key=True, nullable=False), "
        "Column('name', String(length=50), table=<s.people>), schema='s')"
    )


def test_a_primary_key_that_is_given_wins_with_a_warning() -> None:
    with pytest.warns(Warning, match="specifies columns 'a' as primary_key=True, not matching"):
        table = Table(
            "t",
            MetaData(),
            Column("a", Integer, primary_key=True),
            Column("b", Integer),
            PrimaryKeyConstraint("b"),
        )
    assert table.primary_key.columns.keys() == ["b"]
    assert (table.c.a.primary_key, table.c.b.primary_key) == (False, True)


def test_two_columns_cannot_both_count_up() -> None:
    table = Table(
        "t",
        MetaData(),
        Column("a", Integer, primary_key=True, autoincrement=True),
        Column("b", Integer, primary_key=True, autoincrement=True),
    )
    with pytest.raises(ArgumentError, match="Only one Column may be marked autoincrement=True"):
        table.autoincrement_column  # noqa: B018 - reading it is what fails


@pytest.mark.parametrize(
    ("column", "counts"),
    [
        (Column("x", Integer, primary_key=True), True),
        (Column("x", Integer, primary_key=True, autoincrement=False), False),
        (Column("x", String, primary_key=True), False),
        (Column("x", Integer, primary_key=True, server_default="5"), False),
        (Column("x", Integer, primary_key=True, default=5), False),
        (Column("x", Integer, primary_key=True, default=5, autoincrement=True), True),
        (Column("x", Integer, ForeignKey("u.id"), primary_key=True), False),
        (
            Column("x", Integer, ForeignKey("u.id"), primary_key=True, autoincrement="ignore_fk"),
            True,
        ),
    ],
)
def test_which_keys_count_up(column: Column[Any], counts: bool) -> None:
    table = Table("t", MetaData(), column)
    assert (table.autoincrement_column is not None) is counts


def test_text_cannot_count_up() -> None:
    table = Table("t", MetaData(), Column("x", String, primary_key=True, autoincrement=True))
    with pytest.raises(ArgumentError, match="not compatible with autoincrement=True"):
        table.autoincrement_column  # noqa: B018 - reading it is what fails


def test_an_index_in_a_table_takes_names() -> None:
    index = Index("ix", "name", unique=True)
    table = people(None, index)
    assert index.table is table
    assert index.columns.keys() == ["name"]
    assert table.indexes == {index}


def test_a_constraint_may_come_later() -> None:
    table = people()
    table.append_constraint(UniqueConstraint("name", name="uq"))
    assert "uq" in {one.name for one in table.constraints}
