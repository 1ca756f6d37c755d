"""Values on their way: what types make of them, lists in SQL, and what is refused."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import fresh_engine
from toolkit_core import types
from toolkit_core.compiler.extension import compiles
from toolkit_core.engine import Connection, Engine, create_engine
from toolkit_core.errors import DontWrapMixin, InvalidRequestError, SAWarning, StatementError
from toolkit_core.expression.elements import (
    BindParameter,
    bindparam,
    column,
    literal,
    literal_column,
    tuple_,
)
from toolkit_core.expression.functions import FunctionElement, func
from toolkit_core.expression.insert import insert
from toolkit_core.expression.select import select
from toolkit_core.expression.table_clause import table
from toolkit_core.expression.text import text
from toolkit_core.schema import Column, MetaData, Table
from toolkit_mysql.types import DATETIME

meta = MetaData()
entry = Table(
    "entry",
    meta,
    Column("id", types.Integer, primary_key=True),
    Column("name", types.String(50)),
    Column("at", types.DateTime().with_variant(DATETIME(fsp=6), "mysql", "mariadb")),
    Column("day", types.Date),
    Column("price", types.Numeric(10, 2)),
    Column("data", types.JSON),
    Column("open", types.Boolean),
)
FIRST: dict[str, Any] = {
    "id": 1,
    "name": "first",
    "at": datetime.fromisoformat("2024-02-29T12:30:01.000005"),
    "day": date(2024, 2, 29),
    "price": Decimal("12.50"),
    "data": {"a": [1, None]},
    "open": True,
}
SECOND: dict[str, Any] = {
    "id": 2,
    "name": None,
    "at": None,
    "day": None,
    "price": None,
    "data": [],
    "open": False,
}

RETURNING = pytest.mark.backend("sqlite", "postgresql", "mariadb")


@pytest.fixture
def conn(backend: Backend) -> Iterator[Connection]:
    with fresh_engine(backend) as engine:
        meta.create_all(engine)
        with engine.connect() as connection:
            connection.execute(insert(entry), [FIRST, SECOND])
            yield connection


def test_what_went_in_comes_out_in_the_types_of_the_columns(conn: Connection) -> None:
    rows = conn.execute(select(entry).order_by(entry.c.id)).mappings().all()
    assert [dict(row) for row in rows] == [FIRST, SECOND]


@pytest.mark.parametrize("name", ["at", "day", "price", "open"])
def test_a_value_compared_with_a_column_goes_as_the_column_does(
    conn: Connection, name: str
) -> None:
    found = select(entry.c.id).where(entry.c[name] == FIRST[name])
    assert conn.execute(found).scalars().all() == [1]
    named = select(entry.c.id).where(entry.c[name] == bindparam("wanted"))
    assert conn.execute(named, {"wanted": FIRST[name]}).scalars().all() == [1]


@RETURNING
def test_returned_values_are_read_as_selected_ones_are(conn: Connection) -> None:
    statement = insert(entry).values(id=3, data={"b": 1}, day=date(2020, 1, 2))
    row = conn.execute(statement.returning(entry.c.data, entry.c.day)).one()
    assert tuple(row) == ({"b": 1}, date(2020, 1, 2))


def test_text_with_types_for_its_columns_and_parameters(conn: Connection) -> None:
    found = text("select data, day from entry where day = :day").bindparams(
        bindparam("day", type_=types.Date)
    )
    typed = found.columns(day=types.Date, data=types.JSON)
    assert tuple(conn.execute(typed, {"day": FIRST["day"]}).one()) == (FIRST["data"], FIRST["day"])
    alone = text("select :day").bindparams(day=date(2024, 2, 29))
    assert str(conn.execute(alone).scalar()) == "2024-02-29"


@pytest.mark.parametrize("ids", [[1, 2], [2], (), {1}, range(5), [1, 1, 2, None]])
def test_in_takes_lists_of_any_length(conn: Connection, ids: Any) -> None:
    expected = sorted({1, 2} & set(ids))
    found = select(entry.c.id).where(entry.c.id.in_(ids)).order_by(entry.c.id)
    assert conn.execute(found).scalars().all() == expected
    named = select(entry.c.id).where(entry.c.id.in_(bindparam("ids", expanding=True)))
    assert sorted(conn.execute(named, {"ids": ids}).scalars()) == expected
    by_text = text("select id from entry where id in :ids").bindparams(
        bindparam("ids", expanding=True)
    )
    assert sorted(conn.execute(by_text, {"ids": ids}).scalars()) == expected


def test_the_members_of_a_list_go_as_the_column_does(conn: Connection) -> None:
    days = select(entry.c.id).where(entry.c.day.in_([date(1999, 1, 1), FIRST["day"]]))
    assert conn.execute(days).scalars().all() == [1]
    pairs = tuple_(entry.c.id, entry.c.day).in_([(1, FIRST["day"]), (2, FIRST["day"])])
    assert conn.execute(select(entry.c.id).where(pairs)).scalars().all() == [1]


def test_lists_of_many_lengths_are_one_plan(conn: Connection) -> None:
    kept = len(conn.engine._parts.cache)
    for size in range(1, 100):
        found = select(entry.c.id).where(entry.c.id.in_(list(range(size))), entry.c.id != 0)
        assert sorted(conn.execute(found).scalars()) == [n for n in (1, 2) if n < size]
    assert len(conn.engine._parts.cache) == kept + 1


def test_a_value_may_be_written_at_execution(conn: Connection) -> None:
    found = select(entry.c.name).where(entry.c.name == literal("first", literal_execute=True))
    assert conn.execute(found).scalars().all() == ["first"]
    other = select(entry.c.name).where(entry.c.name == literal("it's", literal_execute=True))
    assert conn.execute(other).scalars().all() == []


def test_many_sets_and_a_list_are_refused(conn: Connection) -> None:
    named = select(entry.c.id).where(entry.c.id.in_(bindparam("ids", expanding=True)))
    with pytest.raises(StatementError, match="can't be used with executemany") as caught:
        conn.execute(named, [{"ids": [1]}, {"ids": [2]}])
    assert isinstance(caught.value.orig, InvalidRequestError)


@pytest.mark.parametrize(
    ("given", "message"),
    [({}, "A value is required for bind parameter 'ids'"), ({"ids": 5}, "not iterable")],
)
def test_no_list_is_refused_before_anything_is_sent(
    conn: Connection, given: dict[str, Any], message: str
) -> None:
    named = select(entry.c.id).where(entry.c.id.in_(bindparam("ids", expanding=True)))
    with pytest.raises(StatementError, match=message):
        conn.execute(named, given)


def test_a_function_gives_the_value_at_each_execution(conn: Connection) -> None:
    counted = iter(range(10))
    found = select(bindparam("n", callable_=lambda: next(counted), type_=types.Integer))
    assert [conn.execute(found).scalar() for _ in range(3)] == [0, 1, 2]
    again = select(bindparam("n", callable_=lambda: 100, type_=types.Integer))
    assert conn.execute(again).scalar() == 100
    assert conn.execute(select(bindparam("n", 7, type_=types.Integer))).scalar() == 7


def test_a_parameter_is_given_by_its_own_name(conn: Connection) -> None:
    assert conn.execute(select(bindparam("a b.c", 1)), {"a b.c": 2}).scalar() == 2


class AddOne(FunctionElement[int]):
    """Something of a user's own, whose rule makes a parameter that nothing else knows."""

    name = "add_one"
    inherit_cache = True
    type = types.Integer()


def test_parameters_that_a_rule_makes_are_sent(conn: Connection) -> None:
    @compiles(AddOne)
    def write(element: AddOne, compiler: Any, **kw: Any) -> str:
        (inner,) = element.clauses
        return str(compiler.process(inner + BindParameter(value=1, type=types.Integer()), **kw))

    add_one: Any = AddOne
    for number in (5, 6):
        assert conn.execute(select(add_one(literal(number)))).scalar() == number + 1


# -- what types of users put into the SQL ----------------------------------------------------


class Shouted(types.TypeDecorator[str]):
    impl = types.String(50)
    cache_ok = True

    def bind_expression(self, bindvalue: Any) -> Any:
        return func.lower(bindvalue)

    def column_expression(self, column: Any) -> Any:
        return func.upper(column)


def test_sql_of_a_type_stands_around_values_and_columns(conn: Connection) -> None:
    word = Table("word", MetaData(), Column("w", Shouted))
    word.create(conn)
    conn.execute(insert(word).values(w="HeLLo"))
    conn.execute(insert(word), [{"w": "A"}, {"w": "B"}])
    assert conn.execute(text("select w from word")).scalars().all() == ["hello", "a", "b"]
    assert conn.execute(select(word.c.w)).scalars().all() == ["HELLO", "A", "B"]
    assert conn.execute(select(word).where(word.c.w == "HELLO")).one().w == "HELLO"
    listed = select(word.c.w).where(word.c.w.in_(["A", "HELLO"])).order_by(word.c.w)
    assert conn.execute(listed).scalars().all() == ["A", "HELLO"]
    below = select(word.c.w).subquery()
    assert conn.execute(select(below.c.w)).scalars().first() == "HELLO"
    if conn.dialect.capabilities.returning:
        assert conn.execute(insert(word).values(w="Z").returning(word.c.w)).scalar() == "Z"


# -- what does not fit -----------------------------------------------------------------------


class Unfit(DontWrapMixin, Exception):
    pass


class Picky(types.TypeDecorator[str]):
    impl = types.String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        if value == "raw":
            raise Unfit
        if value == "key":
            raise KeyError("nothing")
        if value != "fit":
            raise ValueError(f"no {value} here")
        return value


PICKY = table("picky", column("p", Picky))


@pytest.mark.parametrize(
    ("value", "message"),
    [("bad", r"\(builtins.ValueError\) no bad here"), ("key", r"\(builtins.KeyError\) 'nothing'")],
)
def test_an_error_of_a_type_tells_the_statement(conn: Connection, value: str, message: str) -> None:
    for statement, given in (
        (select(PICKY).where(PICKY.c.p == value), None),
        (select(PICKY).where(PICKY.c.p == bindparam("p", type_=Picky)), {"p": value}),
        (select(PICKY).where(PICKY.c.p.in_(["fit", value])), None),
        (insert(PICKY), {"p": value}),
        (insert(PICKY).values(p=value), None),
        (insert(PICKY), [{"p": "fit"}, {"p": value}]),
    ):
        with pytest.raises(StatementError, match=message) as caught:
            conn.execute(statement, given)
        assert caught.value.orig is caught.value.__cause__
        assert "picky" in (caught.value.statement or "")


def test_an_error_may_ask_not_to_be_wrapped(conn: Connection) -> None:
    with pytest.raises(Unfit):
        conn.execute(select(PICKY).where(PICKY.c.p == "raw"))
    with pytest.raises(Unfit):
        conn.execute(insert(PICKY), {"p": "raw"})


@pytest.mark.parametrize("echo", [False, True])
def test_hidden_parameters_are_hidden_in_refusals_too(echo: bool) -> None:
    with create_engine("sqlite://", hide_parameters=True, echo=echo).connect() as conn:
        for statement, given in (
            (text("select :a, :b"), {"a": "s3cret"}),
            (select(bindparam("a"), bindparam("b")), {"a": "s3cret"}),
            (insert(PICKY), [{"p": "fit"}, {"p": "s3cret"}]),
        ):
            with pytest.raises(StatementError) as caught:
                conn.execute(statement, given)
            assert "s3cret" not in str(caught.value).replace("no s3cret here", "")


# -- options of the engine -------------------------------------------------------------------


def test_json_is_written_and_read_by_the_functions_of_the_engine() -> None:
    engine = create_engine(
        "sqlite://",
        json_serializer=lambda value: json.dumps({"wrapped": value}),
        json_deserializer=lambda found: json.loads(found)["wrapped"] + ["read"],
    )
    with engine.connect() as conn:
        stored = conn.execute(select(literal(["x"], types.JSON).label("j"))).scalar()
        assert stored == ["x", "read"]
        raw = select(literal(["x"], types.JSON).label("j")).subquery()
        plain = literal_column("j", types.String)
        assert conn.execute(select(plain).select_from(raw)).scalar() == '{"wrapped": ["x"]}'


def linked(engine: Engine) -> list[str]:
    one, other = table("one", column("a")), table("other", column("b"))
    with warnings.catch_warnings(record=True) as caught, engine.connect() as conn:
        warnings.simplefilter("always")
        # Of connections that other tests have let go, since Python 3.13.
        warnings.simplefilter("ignore", ResourceWarning)
        conn.execute(text("create table one (a)"))
        conn.execute(text("create table other (b)"))
        for _ in range(2):
            conn.execute(select(one, other))
        conn.execute(select(one, other).where(one.c.a == other.c.b))
    assert all(warning.category is SAWarning for warning in caught)
    assert all(warning.filename == __file__ for warning in caught)
    return [str(warning.message) for warning in caught]


def test_sources_that_nothing_links_are_warned_of_once() -> None:
    (message,) = linked(create_engine("sqlite://"))
    assert message == (
        'SELECT statement has a cartesian product between FROM element(s) "other" and FROM '
        'element "one".  Apply join condition(s) between each element to resolve.'
    )


def test_nobody_is_warned_where_the_engine_was_told_so() -> None:
    assert linked(create_engine("sqlite://", enable_from_linting=False)) == []


@pytest.mark.backend("sqlite", "postgresql")
def test_other_schemas_for_the_same_statement(conn: Connection) -> None:
    # PostgreSQL forgets them with the transaction.
    new = "attach ':memory:' as" if conn.dialect.name == "sqlite" else "create schema"
    conn.execute(text(f"{new} a"))
    conn.execute(text(f"{new} b"))
    here = Table("here", MetaData(), Column("n", types.Integer), schema="tenant")
    for name in ("a", "b"):
        told = {"schema_translate_map": {"tenant": name}}
        here.create(conn.execution_options(**told))
        conn.exec_driver_sql(f"insert into {name}.here values ({ord(name)})")
    for name in ("a", "b", "a"):
        told = {"schema_translate_map": {"tenant": name}}
        assert conn.execute(select(here.c.n), execution_options=told).scalar() == ord(name)
