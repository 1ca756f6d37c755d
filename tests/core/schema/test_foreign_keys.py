"""Foreign keys: named or given, found late, and kind when what they name is not there."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit_core.errors import (
    ArgumentError,
    InvalidRequestError,
    NoReferencedColumnError,
    NoReferencedTableError,
)
from toolkit_core.schema import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    ForeignKeyTarget,
    MetaData,
    Table,
)
from toolkit_core.types import NULLTYPE, Integer, String


def only(found: Any) -> Any:
    (one,) = found
    return one


def test_a_target_is_found_when_it_is_there() -> None:
    metadata = MetaData()
    child = Table("child", metadata, Column("p", Integer, ForeignKey("parent.id")))
    parent = Table("parent", metadata, Column("id", Integer))
    assert only(child.foreign_keys).column is parent.c.id


def test_a_type_comes_from_the_target_even_if_that_comes_later() -> None:
    metadata = MetaData()
    grandchild = Table("grandchild", metadata, Column("c", ForeignKey("child.p")))
    child = Table("child", metadata, Column("p", ForeignKey("parent.id")))
    assert child.c.p.type is NULLTYPE
    parent = Table("parent", metadata, Column("id", String(7)))
    assert child.c.p.type is parent.c.id.type
    assert grandchild.c.c.type is parent.c.id.type


def test_a_type_comes_from_a_column_that_is_appended_later() -> None:
    metadata = MetaData()
    parent = Table("parent", metadata)
    child = Table("child", metadata, Column("p", ForeignKey("parent.id")))
    parent.append_column(Column("id", Integer))
    assert isinstance(child.c.p.type, Integer)


def test_a_type_comes_from_a_column_without_a_table_yet() -> None:
    metadata = MetaData()
    target = Column("id", Integer)
    child = Table("child", metadata, Column("p", ForeignKey(target)))
    Table("parent", metadata, target)
    assert isinstance(child.c.p.type, Integer)
    assert only(child.foreign_keys).target_fullname == "parent.id"


def test_a_missing_table_is_named_and_the_nearest_suggested() -> None:
    metadata = MetaData()
    Table("parents", metadata, Column("id", Integer))
    child = Table("child", metadata, Column("p", Integer, ForeignKey("parent.id")))
    with pytest.raises(NoReferencedTableError) as caught:
        only(child.foreign_keys).column  # noqa: B018 - reading it is what fails
    assert str(caught.value) == (
        "Foreign key associated with column 'child.p' could not find table 'parent' with which to "
        "generate a foreign key to target column 'id'; did you mean table 'parents'?"
    )
    assert caught.value.table_name == "parent"


def test_a_missing_column_is_named_and_the_nearest_suggested() -> None:
    metadata = MetaData()
    Table("parent", metadata, Column("ident", Integer))
    child = Table("child", metadata, Column("p", Integer, ForeignKey("parent.iden")))
    with pytest.raises(NoReferencedColumnError) as caught:
        only(child.foreign_keys).column  # noqa: B018 - reading it is what fails
    assert "table 'parent' has no column named 'iden'; did you mean 'ident'?" in str(caught.value)
    assert (caught.value.table_name, caught.value.column_name) == ("parent", "iden")


@pytest.mark.parametrize(
    ("given", "tokens"),
    [
        ("t.c", (None, "t", "c")),
        ("s.t.c", ("s", "t", "c")),
        ("a.b.t.c", ("a.b", "t", "c")),
        (("my.t", "c"), (None, "my.t", "c")),
        (("s", "t", "c"), ("s", "t", "c")),
    ],
)
def test_a_target_is_three_names(given: Any, tokens: tuple[Any, ...]) -> None:
    assert ForeignKey(given).target_tokens == ForeignKeyTarget(*tokens)


def test_a_table_alone_means_the_column_of_the_same_name() -> None:
    metadata = MetaData()
    parent = Table("parent", metadata, Column("id", Integer))
    child = Table("child", metadata, Column("id", ForeignKey("parent")))
    assert child.c.id.references(parent.c.id)


def test_without_a_schema_the_target_is_in_the_schema_of_the_metadata() -> None:
    metadata = MetaData(schema="shop")
    parent = Table("parent", metadata, Column("id", Integer))
    child = Table("child", metadata, Column("p", ForeignKey("parent.id")))
    key = only(child.foreign_keys)
    assert key.column is parent.c.id
    assert (key.target_fullname, key.target_table_key) == ("parent.id", "shop.parent")


def test_link_to_name_looks_for_the_name_and_not_the_key() -> None:
    metadata = MetaData()
    parent = Table("parent", metadata, Column("id", Integer, key="k"))
    by_name = Table("a", metadata, Column("p", ForeignKey("parent.id", link_to_name=True)))
    by_key = Table("b", metadata, Column("p", ForeignKey("parent.k")))
    assert by_name.c.p.references(parent.c.k)
    assert by_key.c.p.references(parent.c.k)


def test_what_is_no_target_is_refused() -> None:
    with pytest.raises(ArgumentError, match="String column name or Column object"):
        ForeignKey(5)


def test_a_foreign_key_belongs_to_one_column() -> None:
    key = ForeignKey("a.b")
    Column("x", Integer, key)
    with pytest.raises(InvalidRequestError, match="already has a parent"):
        Column("y", Integer, key)


def test_without_a_table_there_is_nothing_to_resolve() -> None:
    with pytest.raises(InvalidRequestError, match="does not yet have a parent Column"):
        ForeignKey("a.b").column  # noqa: B018 - reading it is what fails
    key = ForeignKey("a.b")
    Column("x", Integer, key)
    with pytest.raises(InvalidRequestError, match="not yet associated with a Table: 'x'"):
        key.column  # noqa: B018 - reading it is what fails


def test_a_constraint_of_several_columns() -> None:
    metadata = MetaData()
    parent = Table("parent", metadata, Column("a", Integer), Column("b", Integer))
    constraint = ForeignKeyConstraint(["x", "y"], ["parent.a", "parent.b"], ondelete="CASCADE")
    assert constraint.column_keys == ["x", "y"]
    child = Table("child", metadata, Column("x"), Column("y"), constraint)
    assert constraint.referred_table is parent
    assert constraint.columns.keys() == ["x", "y"]
    assert [element.column for element in constraint.elements] == list(parent.c)
    assert isinstance(child.c.x.type, Integer)
    assert only(child.c.x.foreign_keys).constraint is constraint


def test_a_constraint_goes_into_the_table_of_its_columns() -> None:
    x: Column[int] = Column("x", Integer)
    constraint = ForeignKeyConstraint([x], ["parent.a"])
    table = Table("child", MetaData(), x)
    assert constraint.table is table


@pytest.mark.parametrize(
    ("columns", "targets", "words"),
    [
        (["a", "b"], ["x.y"], "must match the number of referenced columns"),
        ([], [], "must match the number of referenced columns"),
        ("a", ["x.y"], "not a string"),
    ],
)
def test_columns_and_targets_must_fit(columns: Any, targets: Any, words: str) -> None:
    with pytest.raises(ArgumentError, match=words):
        ForeignKeyConstraint(columns, targets)


def test_one_constraint_points_to_one_table() -> None:
    with pytest.raises(ArgumentError, match=r"on t\(a, b\) refers to multiple remote tables: x an"):
        Table(
            "t",
            MetaData(),
            Column("a", Integer),
            Column("b", Integer),
            ForeignKeyConstraint(["a", "b"], ["x.y", "z.y"]),
        )


def test_the_constraint_of_a_columns_key_has_its_options() -> None:
    key = ForeignKey("u.id", name="fk", ondelete="CASCADE", onupdate="SET NULL", match="FULL")
    table = Table("t", MetaData(), Column("x", Integer, key))
    constraint: Any = only(table.foreign_key_constraints)
    assert constraint is key.__dict__["constraint"]
    assert (constraint.name, constraint.ondelete, constraint.onupdate, constraint.match) == (
        "fk",
        "CASCADE",
        "SET NULL",
        "FULL",
    )


def test_a_join_asks_only_the_keys_that_lead_to_its_other_side() -> None:
    metadata = MetaData()
    left = Table("left", metadata, Column("id", Integer, primary_key=True))
    right = Table(
        "right",
        metadata,
        Column("id", Integer, ForeignKey("left.id")),
        Column("x", Integer, ForeignKey("not_yet.id")),
    )
    assert str(left.join(right)) == '"left" JOIN "right" ON "left".id = "right".id'
    lost = Table("lost", MetaData(), Column("x", Integer, ForeignKey("left.id")))
    with pytest.raises(NoReferencedTableError):
        left.join(lost)
