"""Clauses and expressions of users' own: what tells one from another, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from toolkit import (
    Column,
    Integer,
    MetaData,
    Sequence,
    String,
    SyntaxExtension,
    Table,
    create_engine,
    delete,
    exc,
    func,
    insert,
    lambda_stmt,
    select,
    update,
)
from toolkit.ext.compiler import compiles, deregister
from toolkit.sql.elements import ColumnElement
from toolkit.sql.functions import FunctionElement
from toolkit.sql.visitors import InternalTraversal, iterate

T = Table("t", MetaData(), Column("a", Integer), Column("b", String))


class Mark(SyntaxExtension):
    inherit_cache = True
    _traverse_internals = (("point", InternalTraversal.dp_string),)

    def __init__(self, point: str) -> None:
        self.point = point

    def apply_to_select(self, select_stmt: Any) -> None:
        select_stmt.apply_syntax_extension_point(self.append_replacing_same_type, self.point)

    # The three others are the same.
    apply_to_insert = apply_to_select  # type: ignore[assignment] # another name of the argument
    apply_to_update = apply_to_select  # type: ignore[assignment] # another name of the argument
    apply_to_delete = apply_to_select  # type: ignore[assignment] # another name of the argument


class Nowhere(SyntaxExtension):
    pass


class Wrapped(ColumnElement[Any]):
    inherit_cache = True
    _traverse_internals = (
        ("inside", InternalTraversal.dp_clauseelement),
        ("words", InternalTraversal.dp_string),
    )

    def __init__(self, inside: Any, words: str) -> None:
        self.inside = inside
        self.words = words


class Unhashable(ColumnElement[Any]):
    inherit_cache = True
    _traverse_internals = (("options", InternalTraversal.dp_plain_dict),)

    def __init__(self, **options: Any) -> None:
        self.options = options


class Greatest(FunctionElement[int]):
    name = "greatest"
    inherit_cache = True


@pytest.fixture(autouse=True)
def _rules() -> Iterator[None]:
    @compiles(Mark)
    def write_mark(element: Any, compiler: Any, **kw: Any) -> str:
        return f"/* {element.point} */"

    @compiles(Wrapped)
    def write_wrapped(element: Any, compiler: Any, **kw: Any) -> str:
        return f"{element.words}({compiler.process(element.inside)})"

    yield
    for cls in (Mark, Wrapped):
        deregister(cls)


def flat(statement: Any) -> str:
    return " ".join(str(statement).split())


@pytest.mark.parametrize(
    ("point", "sql"),
    [
        ("post_select", "SELECT /* post_select */ DISTINCT t.a FROM t WHERE t.b = :b_1"),
        ("pre_columns", "SELECT DISTINCT /* pre_columns */ t.a FROM t WHERE t.b = :b_1"),
        ("post_criteria", "SELECT DISTINCT t.a FROM t WHERE t.b = :b_1 /* post_criteria */"),
        ("post_body", "SELECT DISTINCT t.a FROM t WHERE t.b = :b_1 ORDER BY t.a /* post_body */"),
    ],
)
def test_a_clause_stands_at_its_point(point: str, sql: str) -> None:
    statement = select(T.c.a).distinct().where(T.c.b == "x").order_by(T.c.a).ext(Mark(point))
    assert flat(statement).startswith(sql)
    assert flat(statement.ext(Mark(point))) == flat(statement)


@pytest.mark.parametrize(
    ("statement", "point", "sql"),
    [
        (insert(T).values(a=1), "post_values", "INSERT INTO t (a) VALUES (:a) /* post_values */"),
        (
            update(T).values(a=1).where(T.c.a == 2),
            "post_criteria",
            "UPDATE t SET a=:a WHERE t.a = :a_1 /* post_criteria */",
        ),
        (
            delete(T).where(T.c.a == 2),
            "post_criteria",
            "DELETE FROM t WHERE t.a = :a_1 /* post_criteria */",
        ),
    ],
)
def test_statements_that_write_have_a_point(statement: Any, point: str, sql: str) -> None:
    assert flat(statement.ext(Mark(point))) == sql
    assert statement.ext(Mark(point)).structure() is not statement.structure()


def test_a_point_that_a_statement_has_not_is_named_with_those_it_has() -> None:
    with pytest.raises(ValueError, match=r"'post_values'.*known positions: 'post_criteria'"):
        update(T).ext(Mark("post_values"))
    with pytest.raises(NotImplementedError, match="Nowhere cannot be applied to select"):
        select(T).ext(Nowhere())
    with pytest.raises(NotImplementedError, match="takes a SyntaxExtension"):
        select(T).ext(5)  # type: ignore[arg-type] # that is what is tested


def test_attributes_that_a_class_tells_of_are_in_the_key() -> None:
    make: Callable[..., Any] = Wrapped
    assert make(T.c.a, "x").structure() is make(T.c.a, "x").structure()
    assert make(T.c.a, "x").structure() is not make(T.c.a, "y").structure()
    assert make(T.c.a, "x").structure() is not make(T.c.b, "x").structure()
    assert T.c.a in list(iterate(make(T.c.a, "x")))
    with create_engine("sqlite://").connect() as connection:
        for words, value in (("abs", 5), ("sign", -1), ("abs", 5)):
            assert connection.scalar(select(make(func.abs(-5) * -1, words))) == (
                value if words == "sign" else 5
            )


def test_an_attribute_that_nothing_can_tell_makes_each_its_own() -> None:
    one, two = Unhashable(a=[1]), Unhashable(a=[1])
    assert one.structure() is not two.structure()
    assert one._generate_cache_key() is None


def test_a_checker_takes_the_arguments_of_a_users_function() -> None:
    assert str(Greatest(T.c.a, 5)) == "greatest(t.a, :greatest_1)"


def test_a_function_is_executed_as_a_select_of_it() -> None:
    with create_engine("sqlite://").connect() as connection:
        assert connection.execute(func.abs(-5)).scalar_one() == 5
        assert connection.scalar(func.upper("a")) == "A"
        assert list(connection.execute(func.abs(-5)).keys()) == ["abs_1"]


def test_a_sequence_is_refused_by_name_where_there_are_none() -> None:
    with (
        create_engine("sqlite://").connect() as connection,
        pytest.raises(exc.CompileError, match="does not support sequence increments"),
    ):
        connection.scalar(Sequence("s"))
    assert str(select(Sequence("s", schema="q").next_value())) == (
        "SELECT <next sequence value: q.s> AS next_value_1"
    )


def test_a_statement_of_a_function_is_executed_and_changed() -> None:
    statement = lambda_stmt(lambda: select(func.abs(-5)))
    statement += lambda made: made.where(func.abs(1) == 2)
    with create_engine("sqlite://").connect() as connection:
        assert connection.execute(statement).all() == []
        assert connection.execute(statement.spoil()).all() == []
    with pytest.raises(exc.ArgumentError, match="returned 5"):
        lambda_stmt(lambda: 5)


def test_the_key_of_a_statement_tells_it_from_others() -> None:
    one = select(T.c.a).where(T.c.b == "x")
    same = select(T.c.a).where(T.c.b == "y")
    assert one._generate_cache_key() == same._generate_cache_key()
    assert hash(one._generate_cache_key()) == hash(same._generate_cache_key())
    assert one._generate_cache_key() != select(T.c.b)._generate_cache_key()


def test_the_lineage_of_columns_is_known() -> None:
    other = T.alias().c.a
    assert other.shares_lineage(T.c.a)
    assert not other.shares_lineage(T.c.b)
    assert other.base_columns == {T.c.a}
    assert (T.c.a + 1).primary_key is False


def test_a_statement_has_no_truth() -> None:
    with pytest.raises(TypeError, match="Boolean value of this clause is not defined"):
        bool(select(T))


def test_a_table_is_made_of_a_select() -> None:
    made = select(T.c.a).where(T.c.a > 1).into("copy", temporary=True)
    assert flat(made) == "CREATE TEMPORARY TABLE copy AS SELECT t.a FROM t WHERE t.a > 1"
    assert made.table.c.keys() == ["a"]
    with create_engine("sqlite://").begin() as connection:
        T.create(connection)
        connection.execute(insert(T), [{"a": 1}, {"a": 2}])
        connection.execute(made)
        assert connection.execute(select(made.table)).all() == [(2,)]


def test_a_source_stands_for_its_rows_in_a_function() -> None:
    assert flat(select(func.row_to_json(T.alias("q").table_valued()))) == (
        "SELECT row_to_json(q) AS row_to_json_1 FROM t AS q"
    )
