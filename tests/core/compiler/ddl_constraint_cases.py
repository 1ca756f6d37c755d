"""DDL of constraints, to be written the same by the oracle and by us; see ddl_cases.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CASES: dict[str, Callable[[Any], Any]] = {}


def case(build: Callable[[Any], Any]) -> Callable[[Any], Any]:
    CASES[build.__name__] = build
    return build


def table(s: Any, *items: Any, name: str = "t", **options: Any) -> Any:
    return s.CreateTable(
        s.Table(name, options.pop("metadata", None) or s.MetaData(), *items, **options)
    )


def integer(s: Any, name: str = "x", *items: Any, **options: Any) -> Any:
    return s.Column(name, s.Integer, *items, **options)


def key(s: Any, **options: Any) -> Any:
    return s.Column("id", s.Integer, primary_key=True, **options)


# -- constraints --------------------------------------------------------------------------


@case
def unique_column(s: Any) -> Any:
    return table(s, integer(s, unique=True))


@case
def unique_constraint(s: Any) -> Any:
    return table(s, integer(s, "a"), integer(s, "b"), s.UniqueConstraint("a", "b", name="uq_ab"))


@case
def unique_constraint_unnamed_of_columns(s: Any) -> Any:
    a, b = integer(s, "a"), integer(s, "b")
    return table(s, a, b, s.UniqueConstraint(b, a))


@case
def unique_deferrable(s: Any) -> Any:
    return table(s, integer(s), s.UniqueConstraint("x", deferrable=True, initially="DEFERRED"))


@case
def unique_empty(s: Any) -> Any:
    return table(s, integer(s), s.UniqueConstraint())


@case
def primary_key_named(s: Any) -> Any:
    return table(s, integer(s), s.PrimaryKeyConstraint("x", name="pk_t"))


@case
def primary_key_order(s: Any) -> Any:
    return table(s, integer(s, "a"), integer(s, "b"), s.PrimaryKeyConstraint("b", "a"))


@case
def primary_key_not_deferrable(s: Any) -> Any:
    return table(
        s, integer(s), s.PrimaryKeyConstraint("x", deferrable=False, initially="IMMEDIATE")
    )


@case
def check_text(s: Any) -> Any:
    return table(s, integer(s), s.CheckConstraint("x > 5"))


@case
def check_named(s: Any) -> Any:
    return table(s, integer(s), s.CheckConstraint("x > 5 and x % 2 = 0", name="Five"))


@case
def check_expression(s: Any) -> Any:
    x = integer(s)
    return table(s, x, s.CheckConstraint((x > 5) & (x != 7), name="five"))


@case
def check_expression_with_string(s: Any) -> Any:
    x = s.Column("x", s.String)
    return table(s, x, s.CheckConstraint(x != "it's"))


@case
def check_attached_by_its_column(s: Any) -> Any:
    x = integer(s)
    s.CheckConstraint(x > 5, name="five")
    return table(s, x)


@case
def check_of_a_column(s: Any) -> Any:
    return table(s, integer(s, "x", s.CheckConstraint("x > 5", name="five"), nullable=False))


@case
def check_of_a_column_unnamed(s: Any) -> Any:
    return table(s, integer(s, "x", s.CheckConstraint("x > 5")), integer(s, "y"))


@case
def check_deferrable(s: Any) -> Any:
    return table(s, integer(s), s.CheckConstraint("x > 5", deferrable=True))


@case
def order_of_constraints(s: Any) -> Any:
    s.Table("u", (metadata := s.MetaData()), key(s))
    return table(
        s,
        key(s),
        integer(s, "a", s.ForeignKey("u.id"), unique=True),
        s.CheckConstraint("a > 1"),
        s.UniqueConstraint("a", "id"),
        integer(s, "b", unique=True),
        metadata=metadata,
    )


# -- foreign keys -------------------------------------------------------------------------


def referring(s: Any, *items: Any, **options: Any) -> Any:
    metadata = options.pop("metadata", None) or s.MetaData()
    s.Table("u", metadata, key(s), integer(s, "other"), schema=options.pop("u_schema", None))
    return table(s, *items, metadata=metadata, **options)


@case
def foreign_key(s: Any) -> Any:
    return referring(s, s.Column("u_id", s.ForeignKey("u.id")))


@case
def foreign_key_typed(s: Any) -> Any:
    return referring(s, integer(s, "u_id", s.ForeignKey("u.id"), nullable=False))


@case
def foreign_key_actions(s: Any) -> Any:
    return referring(
        s,
        integer(
            s,
            "u_id",
            s.ForeignKey("u.id", name="fk", ondelete="CASCADE", onupdate="SET NULL"),
        ),
    )


@case
def foreign_key_deferrable(s: Any) -> Any:
    return referring(
        s,
        integer(s, "u_id", s.ForeignKey("u.id", deferrable=True, initially="DEFERRED")),
    )


@case
def foreign_key_not_deferrable(s: Any) -> Any:
    return referring(s, integer(s, "u_id", s.ForeignKey("u.id", deferrable=False)))


@case
def foreign_key_match(s: Any) -> Any:
    return referring(s, integer(s, "u_id", s.ForeignKey("u.id", match="FULL")))


@case
def foreign_key_two(s: Any) -> Any:
    return referring(s, integer(s, "u_id", s.ForeignKey("u.id"), s.ForeignKey("u.other")))


@case
def foreign_key_composite(s: Any) -> Any:
    return referring(
        s,
        integer(s, "a"),
        integer(s, "b"),
        s.ForeignKeyConstraint(["a", "b"], ["u.id", "u.other"], name="fk", ondelete="CASCADE"),
    )


@case
def foreign_key_of_columns(s: Any) -> Any:
    metadata = s.MetaData()
    u = s.Table("u", metadata, key(s), integer(s, "b"))
    a, b = integer(s, "a"), integer(s, "b")
    return table(s, a, b, s.ForeignKeyConstraint([a, b], [u.c.id, u.c.b]), metadata=metadata)


@case
def foreign_key_to_schema(s: Any) -> Any:
    return referring(s, integer(s, "u_id", s.ForeignKey("S.u.id")), u_schema="S")


@case
def foreign_key_within_schema_of_metadata(s: Any) -> Any:
    return referring(
        s, integer(s, "u_id", s.ForeignKey("u.id")), metadata=s.MetaData(schema="shop")
    )


@case
def foreign_key_to_itself(s: Any) -> Any:
    return table(s, key(s), integer(s, "parent", s.ForeignKey("t.id")))


@case
def foreign_key_by_name(s: Any) -> Any:
    metadata = s.MetaData()
    s.Table("u", metadata, integer(s, "id", key="k"))
    return table(s, integer(s, "x", s.ForeignKey("u.id", link_to_name=True)), metadata=metadata)


@case
def foreign_key_by_key(s: Any) -> Any:
    metadata = s.MetaData()
    s.Table("u", metadata, integer(s, "id", key="k"))
    return table(s, integer(s, "x", s.ForeignKey("u.k")), metadata=metadata)


@case
def foreign_key_tuple(s: Any) -> Any:
    metadata = s.MetaData()
    s.Table("my.tbl", metadata, integer(s, "z"))
    return table(s, integer(s, "x", s.ForeignKey(("my.tbl", "z"))), metadata=metadata)


@case
def foreign_key_use_alter(s: Any) -> Any:
    return referring(s, integer(s, "u_id", s.ForeignKey("u.id", use_alter=True, name="fk")))


@case
def foreign_key_to_nowhere(s: Any) -> Any:
    return table(s, integer(s, "x", s.ForeignKey("missing.id")))


@case
def foreign_keys_chosen(s: Any) -> Any:
    metadata = s.MetaData()
    s.Table("u", metadata, key(s), integer(s, "other"))
    t = s.Table(
        "t",
        metadata,
        integer(s, "a", s.ForeignKey("u.id", name="one")),
        integer(s, "b", s.ForeignKey("u.other", name="two")),
    )
    chosen = [one for one in t.foreign_key_constraints if one.name == "two"]
    return s.CreateTable(t, include_foreign_key_constraints=chosen)


@case
def foreign_key_quoted(s: Any) -> Any:
    metadata = s.MetaData()
    s.Table("Order", metadata, integer(s, "Id"))
    return table(s, integer(s, "select", s.ForeignKey("Order.Id")), metadata=metadata)


@case
def add_foreign_key(s: Any) -> Any:
    metadata = s.MetaData()
    s.Table("u", metadata, key(s))
    t = s.Table("t", metadata, integer(s, "x", s.ForeignKey("u.id", name="fk")))
    return [s.AddConstraint(one) for one in t.foreign_key_constraints] + [s.CreateTable(t)]


@case
def add_check(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s), schema="S")
    return [s.AddConstraint(s.CheckConstraint(t.c.x > 5, name="five"))]


@case
def add_unique_unnamed(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    return s.AddConstraint(s.UniqueConstraint(t.c.x))


@case
def drop_constraint(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s), schema="s")
    return s.DropConstraint(s.UniqueConstraint(t.c.x, name="Uq"), cascade=True)


@case
def drop_constraint_if_exists(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    return s.DropConstraint(s.UniqueConstraint(t.c.x, name="uq"), if_exists=True)


@case
def drop_constraint_unnamed(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    return s.DropConstraint(s.UniqueConstraint(t.c.x))


# -- SQLite's conflict clauses ------------------------------------------------------------


@case
def sqlite_on_conflict_unique(s: Any) -> Any:
    return table(s, integer(s), s.UniqueConstraint("x", sqlite_on_conflict="IGNORE"))


@case
def sqlite_on_conflict_check(s: Any) -> Any:
    return table(s, integer(s), s.CheckConstraint("x > 5", sqlite_on_conflict="FAIL"))


@case
def sqlite_on_conflict_primary_key(s: Any) -> Any:
    return table(s, integer(s), s.PrimaryKeyConstraint("x", sqlite_on_conflict="FAIL"))


@case
def sqlite_on_conflict_of_columns(s: Any) -> Any:
    return table(
        s,
        integer(s, "a", primary_key=True, sqlite_on_conflict_primary_key="FAIL"),
        integer(s, "b", nullable=False, sqlite_on_conflict_not_null="ROLLBACK"),
        integer(s, "c", unique=True, sqlite_on_conflict_unique="IGNORE"),
    )


@case
def sqlite_on_conflict_autoincrement(s: Any) -> Any:
    return table(
        s,
        integer(s, "a", primary_key=True, sqlite_on_conflict_primary_key="FAIL"),
        sqlite_autoincrement=True,
    )
