"""Statements to be written and executed the same by the oracle and by us.

Each case is a function of a namespace ``s`` with the documented names of the one library or of
the other, and of the tables ``k``; it returns a statement, or that and what it is executed with.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

CASES: dict[str, Callable[[Any, Any], Any]] = {}


def case(build: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    CASES[build.__name__] = build
    return build


def declared(s: Any) -> Any:
    """Return the tables: plain, with defaults, with a key of two, with other names, others."""
    metadata = s.MetaData()
    integer, string, column = s.Integer, s.String, s.Column

    def first_letter(context: Any) -> str:
        return str(context.get_current_parameters()["word"])[0]

    return SimpleNamespace(
        metadata=metadata,
        t=s.Table(
            "t",
            metadata,
            column("id", integer, primary_key=True),
            column("name", string),
            column("v", integer),
        ),
        d=s.Table(
            "d",
            metadata,
            column("id", integer, primary_key=True),
            column("a", integer, default=5),
            column("b", integer, default=lambda: 3),
            column("c", integer, server_default="7"),
            column("f", integer, onupdate=9),
        ),
        word=s.Table(
            "word",
            metadata,
            column("letter", string, primary_key=True, default=first_letter),
            column("word", string),
        ),
        pair=s.Table(
            "pair",
            metadata,
            column("x", integer, primary_key=True),
            column("y", integer, primary_key=True),
            column("z", string),
        ),
        made=s.Table(
            "made",
            metadata,
            column("code", string, primary_key=True, server_default="abc"),
            column("z", string),
        ),
        odd=s.Table(
            "Odd",
            metadata,
            column("Id", integer, primary_key=True),
            column("na me", string, key="nm"),
        ),
        stamp=s.Table(
            "stamp",
            metadata,
            column("id", integer, primary_key=True),
            column("low", string, default=s.func.lower("LOW")),
            column("up", string, onupdate=s.func.upper("up")),
            column("a", integer, default=5),
        ),
        bare=s.Table("bare", metadata, column("z", string)),
    )


# The tables, and what is in them before a case is executed.
FILLED = (
    "create table t (id integer primary key, name varchar, v integer)",
    "create table d (id integer primary key, a int, b int, c integer default '7', f integer)",
    "create table word (letter varchar primary key not null, word varchar)",
    "create table pair (x integer not null, y integer not null, z varchar, primary key (x, y))",
    "create table made (code varchar primary key not null default 'abc', z varchar)",
    'create table "Odd" ("Id" integer primary key, "na me" varchar)',
    "create table stamp (id integer primary key, low varchar, up varchar, a integer)",
    "create table bare (z varchar)",
    "insert into t values (1, 'one', 10), (2, 'two', 20), (3, 'three', null)",
    "insert into pair values (1, 1, 'p'), (2, 1, 'q')",
    "insert into d values (1, 1, 1, 1, 1)",
)


@case
def insert_bare(s: Any, k: Any) -> Any:
    return s.insert(k.t)


@case
def insert_values(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(name="x")


@case
def insert_values_by_column(s: Any, k: Any) -> Any:
    return s.insert(k.t).values({"v": 1, k.t.c.name: "x"})


@case
def insert_tuple(s: Any, k: Any) -> Any:
    return s.insert(k.t).values((7, "x", 2))


@case
def insert_short_tuple(s: Any, k: Any) -> Any:
    return s.insert(k.t).values((7, "x"))


@case
def insert_list_of_values(s: Any, k: Any) -> Any:
    return s.insert(k.t).values([7, "x", 2])


@case
def insert_rows(s: Any, k: Any) -> Any:
    return s.insert(k.t).values([{"id": 7, "name": "a"}, {"id": 8, "name": "b"}])


@case
def insert_rows_of_tuples(s: Any, k: Any) -> Any:
    return s.insert(k.t).values([(7, "a", 2), (8, "b", 3)])


@case
def insert_rows_missing(s: Any, k: Any) -> Any:
    return s.insert(k.t).values([{"id": 7, "name": "a"}, {"id": 8}])


@case
def insert_no_values(s: Any, k: Any) -> Any:
    return s.insert(k.t).values({})


@case
def insert_values_twice(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(id=7).values(name="x", id=8)


@case
def insert_null(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(name=s.null(), v=None)


@case
def insert_unknown(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(nam="x")


@case
def insert_unknown_two(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(foo=1, bar=2)


@case
def insert_column_as_value(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(v=s.bindparam("w")), {"w": 4}


@case
def insert_parameters(s: Any, k: Any) -> Any:
    return s.insert(k.t), {"name": "x"}


@case
def insert_parameters_empty(s: Any, k: Any) -> Any:
    return s.insert(k.t), {}


@case
def insert_parameters_and_values(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(name="q"), {"v": 3, "name": "z"}


@case
def insert_many(s: Any, k: Any) -> Any:
    return s.insert(k.t), [{"name": "x"}, {"name": "y"}]


@case
def insert_many_with_values(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(name="q"), [{"v": 3}, {"v": 4}]


@case
def insert_many_extra_later(s: Any, k: Any) -> Any:
    return s.insert(k.t), [{"name": "x"}, {"name": "y", "v": 1}]


@case
def insert_many_missing_later(s: Any, k: Any) -> Any:
    return s.insert(k.t), [{"name": "x", "v": 1}, {"name": "y"}]


@case
def insert_inline(s: Any, k: Any) -> Any:
    return s.insert(k.t).inline(), {"name": "x"}


@case
def insert_prefix(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(id=1).prefix_with("OR IGNORE").prefix_with("LOW", dialect="mysql")


@case
def insert_conflicting_key(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(id=1)


@case
def insert_from_select(s: Any, k: Any) -> Any:
    return s.insert(k.t).from_select(
        ["name", "v"], s.select(k.t.c.name, k.t.c.v).where(k.t.c.id > 1)
    )


@case
def insert_from_select_columns(s: Any, k: Any) -> Any:
    return s.insert(k.t).from_select([k.t.c.v], s.select(k.t.c.id))


@case
def insert_from_select_no_defaults(s: Any, k: Any) -> Any:
    return s.insert(k.d).from_select(
        ["id"], s.select(k.t.c.id).where(k.t.c.id > 1), include_defaults=False
    )


@case
def insert_defaults(s: Any, k: Any) -> Any:
    return s.insert(k.d), {}


@case
def insert_defaults_given(s: Any, k: Any) -> Any:
    return s.insert(k.d).values(a=1, b=None)


@case
def insert_defaults_many(s: Any, k: Any) -> Any:
    return s.insert(k.d), [{"a": 1}, {"a": 2}]


@case
def insert_defaults_rows(s: Any, k: Any) -> Any:
    return s.insert(k.d).values([{"id": 10}, {"id": 11}])


@case
def insert_default_of_the_row(s: Any, k: Any) -> Any:
    return s.insert(k.word), {"word": "Ada"}


@case
def insert_default_of_many_rows(s: Any, k: Any) -> Any:
    return s.insert(k.word), [{"word": "Ada"}, {"word": "Bob"}]


@case
def insert_default_of_rows(s: Any, k: Any) -> Any:
    return s.insert(k.word).values([{"word": "Ada"}, {"word": "Bob"}])


@case
def insert_pair(s: Any, k: Any) -> Any:
    return s.insert(k.pair), {"x": 3, "y": 4}


@case
def insert_pairs(s: Any, k: Any) -> Any:
    return s.insert(k.pair), [{"x": 3, "y": 4}, {"x": 3, "y": 5}]


@case
def insert_made_key(s: Any, k: Any) -> Any:
    return s.insert(k.made), {"z": "q"}


@case
def insert_made_key_given(s: Any, k: Any) -> Any:
    return s.insert(k.made), {"code": "k", "z": "q"}


@case
def insert_odd_names(s: Any, k: Any) -> Any:
    return s.insert(k.odd).values(nm="x", Id=3)


@case
def insert_without_key(s: Any, k: Any) -> Any:
    return s.insert(k.bare), {"z": "q"}


@case
def insert_key_is_none(s: Any, k: Any) -> Any:
    return s.insert(k.t), {"id": None, "name": "x"}


@case
def insert_returning(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(name="x").returning(k.t.c.id, k.t.c.name.label("n"))


@case
def insert_returning_table(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(name="x").returning(k.t)


@case
def insert_returning_defaults(s: Any, k: Any) -> Any:
    return s.insert(k.d).returning(k.d.c.a, k.d.c.b, k.d.c.c), {}


@case
def insert_returning_many(s: Any, k: Any) -> Any:
    return s.insert(k.t).returning(k.t.c.id, k.t.c.name), [{"name": "x"}, {"name": "y"}]


@case
def insert_returning_sorted(s: Any, k: Any) -> Any:
    return (
        s.insert(k.t).returning(k.t.c.id, k.t.c.name, sort_by_parameter_order=True),
        [{"name": "x"}, {"name": "y"}],
    )


@case
def insert_returning_pairs_sorted(s: Any, k: Any) -> Any:
    return (
        s.insert(k.pair).returning(k.pair.c.x, k.pair.c.y, sort_by_parameter_order=True),
        [{"x": 9, "y": 4}, {"x": 3, "y": 5}],
    )


@case
def insert_returning_bare_sorted(s: Any, k: Any) -> Any:
    return (
        s.insert(k.bare).returning(k.bare.c.z, sort_by_parameter_order=True),
        [{"z": "b"}, {"z": "a"}],
    )


@case
def insert_return_defaults(s: Any, k: Any) -> Any:
    return s.insert(k.d).return_defaults(), {"a": 1}


@case
def insert_return_some_defaults(s: Any, k: Any) -> Any:
    return s.insert(k.d).return_defaults(k.d.c.c), {"a": 1}


@case
def insert_returning_twice(s: Any, k: Any) -> Any:
    return s.insert(k.t).returning(k.t.c.id).return_defaults()


@case
def insert_mixed(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(id=1).values([{"id": 2}])


@case
def insert_positional_and_named(s: Any, k: Any) -> Any:
    return s.insert(k.t).values({"id": 1}, name="x")


@case
def insert_two_positional(s: Any, k: Any) -> Any:
    return s.insert(k.t).values({"id": 1}, {"id": 2})


@case
def insert_select_after_values(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(id=1).from_select(["id"], s.select(k.t.c.id))


@case
def insert_values_after_select(s: Any, k: Any) -> Any:
    return s.insert(k.t).from_select(["id"], s.select(k.t.c.id)).values(id=1)


@case
def insert_expressions(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(name=s.func.lower("X"), v=s.func.abs(-3) + 1)


@case
def insert_expression_many(s: Any, k: Any) -> Any:
    return s.insert(k.t).values(name=s.func.lower("Q")), [{"v": 3}, {"v": 4}]


@case
def insert_returning_expressions(s: Any, k: Any) -> Any:
    made = s.insert(k.t).values(name="X", v=1)
    return made.returning(s.func.lower(k.t.c.name), k.t.c.v + 1)


@case
def insert_sql_default(s: Any, k: Any) -> Any:
    return s.insert(k.stamp), {"id": 1}


@case
def insert_sql_default_many(s: Any, k: Any) -> Any:
    return s.insert(k.stamp), [{"id": 1}, {"id": 2}]


@case
def insert_sql_default_returned(s: Any, k: Any) -> Any:
    return s.insert(k.stamp).return_defaults(), {"a": 1}
