"""What holds for every class of expressions: keys, copies, rewriting, and a rule for each."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit_core.compiler.ansi import ansi
from toolkit_core.compiler.standard import STANDARD
from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.expression import keys, operators
from toolkit_core.expression.elements import (
    ColumnElement,
    Slice,
    and_,
    between,
    bindparam,
    case,
    cast,
    collate,
    column,
    extract,
    false,
    label,
    literal,
    literal_column,
    not_,
    null,
    or_,
    true,
    try_cast,
    tuple_,
    type_coerce,
)
from toolkit_core.expression.functions import Function, func
from toolkit_core.expression.node import Node, pattern
from toolkit_core.expression.text import text
from toolkit_core.expression.windows import FrameClause
from toolkit_core.types import ARRAY, JSON, Boolean, Integer, String
from toolkit_sqlite.compiler import sqlite


class Counter(NamedTuple):
    """As much of a sequence as is written."""

    name: str


X = column("x", Integer)
NAME = column("name", String)

# At least one of every class; more where a class has several forms.
EXAMPLES: tuple[Node, ...] = (
    X,
    NAME,
    literal_column("1"),
    literal(5),
    literal("a"),
    literal(5, literal_execute=True),
    bindparam("p", 5),
    bindparam("p", 5, isoutparam=True),
    bindparam("q", expanding=True),
    null(),
    true(),
    false(),
    X == 5,
    X != 5,
    X + 1,
    X.in_([1, 2]),
    NAME.like("a"),
    NAME.like("a", escape="/"),
    NAME.regexp_match("a", flags="i"),
    X.op("->")(5),
    X.op("->", precedence=5)(5),
    -X,
    X.desc(),
    not_(X + 1),
    and_(X == 1, X == 2),
    or_(X == 1, X == 2),
    and_(column("b", Boolean), X == 1),
    not_(column("b", Boolean)),
    X.label("a"),
    X.label(None),
    cast(X, String),
    cast(X, String(5)),
    try_cast(X, String),
    type_coerce(X, String),
    extract("year", X),
    extract("month", X),
    collate(NAME, "C"),
    case((X == 1, 2), else_=3),
    case({1: 2}, value=X),
    tuple_(X, 1),
    between(X, 1, 2),
    between(X, 1, 2, symmetric=True),
    X.in_([X, 1]),
    (X + 1).self_group(),
    column("a", ARRAY(Integer)).any_() == X,
    column("a", ARRAY(Integer))[1],
    column("a", ARRAY(Integer))[1:2],
    column("j", JSON)["a"],
    column("j", JSON)["a"].as_integer(),
    func.f(X, 1),
    func.g(X, 1),
    func.pkg.f(X, 1),
    func.f(X).as_comparison(1, 1),
    func.count(X),
    func.now(),
    func.next_value(Counter("c")),
    func.f(X).filter(X == 1),
    func.f(X).within_group(X),
    func.f(X).aggregate_order_by(X),
    func.f(X).over(order_by=X),
    func.f(X).over(partition_by=X),
    func.f(X).over(order_by=X, rows=(-1, 1)),
    func.f(X).over(order_by=X, rows=(1, 2)),
    func.f(X).over(order_by=X, range_=(-1, 1)),
    func.f(X).over(order_by=X, rows=(-1, 1), exclude="TIES"),
    text("a = :b"),
    text("a = :b").bindparams(b=5),
)

# What only some dialects can write.
REFUSED: tuple[type[Node], ...] = (Slice,)


def below(found: Node) -> Iterator[Node]:
    yield found
    for child in found.child_nodes():
        yield from below(child)


EVERYTHING = [one for example in EXAMPLES for one in below(example)]


def written(found: Node) -> str:
    return str(found.compile(dialect=STANDARD))


def classes_of(base: type[Node]) -> Iterator[type[Node]]:
    for cls in base.__subclasses__():
        if cls.__module__.startswith("toolkit_core.expression."):
            yield cls
        yield from classes_of(cls)


# Bases, which nobody makes instances of, and what the schema and statements bring.
_BASES = {"Windowed", "FunctionElement", "GenericFunction", "OrderedSetAgg", "AnsiFunction"}
_FILES = frozenset(
    (
        "binary",
        "cases",
        "casts",
        "columns",
        "conditions",
        "functions",
        "indexing",
        "labels",
        "lists",
        "params",
        "predicates",
        "singles",
        "windows",
    )
)
_OURS = {cls for cls in classes_of(ColumnElement) if cls.__module__.rpartition(".")[2] in _FILES}


def test_every_class_has_an_example() -> None:
    shown = {type(found) for found in EVERYTHING}
    missing = {cls.__name__ for cls in _OURS - shown} - _BASES
    assert missing == set()
    assert FrameClause in shown


def test_every_class_has_a_rule_or_is_refused_by_name() -> None:
    for cls in {type(found) for found in EVERYTHING}:
        for rules in (ansi, sqlite):
            if cls in REFUSED:
                with pytest.raises(UnsupportedCompilationError, match=cls.__name__):
                    rules.find(cls)
            else:
                assert callable(rules.find(cls))


def test_every_operator_has_a_builder_or_says_that_it_is_not_supported() -> None:
    none = [
        name
        for name, operator in operators.OPERATORS.items()
        if operator.build is operators._unbuilt
    ]
    # What no type of ours has, dialects' types may; and "as_" and "from_" are only written.
    assert sorted(none) == [
        "as_",
        "contains",
        "exists",
        "filter_op",
        "from_",
        "function_as_comparison_op",
        "json_getitem_op",
        "json_path_getitem_op",
        "lshift",
        "matmul",
        "rshift",
    ]


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_no_two_examples_share_a_key(number: int) -> None:
    mine = EXAMPLES[number].structure()
    assert [other for other in EXAMPLES if other.structure() is mine] == [EXAMPLES[number]]


def other_value(found: object) -> object:
    if isinstance(found, bool) or found is None:
        return not found
    if isinstance(found, str):
        return found + "_"
    if isinstance(found, int):
        return found + 1
    if isinstance(found, tuple):
        return (*found, ("more", 1))
    if isinstance(found, operators.Operator):
        return operators.le if found is not operators.le else operators.ge
    return object()


def test_a_change_of_any_field_but_the_value_of_a_parameter_changes_the_key() -> None:
    for found in EVERYTHING:
        for name, field in type(found).fields.items():
            now = getattr(found, name)
            if field.kind == "value":
                changed = found.but(**{name: other_value(now)})
            elif field.kind == "child":
                changed = found.but(**{name: literal_column("something else")})
            elif field.kind == "children":
                changed = found.but(**{name: (*now, literal_column("something more"))})
            else:
                continue
            assert changed.structure() is not found.structure(), (found, name)


@pytest.mark.parametrize(
    "make",
    [
        lambda type_: column("x", type_),
        lambda type_: literal_column("x", type_),
        lambda type_: func.f(1, type_=type_),
        lambda type_: func.coalesce(1, type_=type_),
        lambda type_: X.op("->", return_type=type_)(1),
        lambda type_: type_coerce(X, type_),
        lambda type_: label("n", X, type_),
        lambda type_: (
            column("j", JSON)["a"].as_string()
            if type_ is String
            else column("j", JSON)["a"].as_integer()
        ),
    ],
)
def test_a_type_that_was_given_is_in_the_key(make: Callable[[Any], Any]) -> None:
    """Results are read as the type says, so another type is another plan."""
    assert make(String).structure() is not make(Integer).structure()
    assert make(String).structure() is make(String).structure()


def test_an_identity_rewrite_is_the_same_tree() -> None:
    def same(found: Node) -> Node:
        return found.rewritten(same)

    for found in EVERYTHING:
        assert found.rewritten(same) is found


# Keys of long ago may be forgotten, so what is compared is made together.


def test_copies_are_the_same() -> None:
    for found in EVERYTHING:
        one, two = found.but(), found.but()
        assert one.structure() is two.structure()
        assert one.compare(two)


def test_what_was_pickled_is_the_same() -> None:
    for found in EVERYTHING:
        one, two = (pickle.loads(pickle.dumps(found)) for _ in range(2))
        assert one.structure() is two.structure()
        assert one.compare(two)
        if not any(type(part) in REFUSED for part in below(found)):
            assert written(one) == written(found)


# -- generated expressions ---------------------------------------------------------------

LEAVES: st.SearchStrategy[Any] = st.one_of(
    st.integers(-5, 5).map(literal),
    st.sampled_from(["a", "b"]).map(lambda name: column(name, Integer)),
    st.text("xyz", max_size=2).map(literal),
)


def grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.tuples(inner, inner).map(lambda pair: pair[0] == pair[1]),
        st.tuples(inner, inner).map(lambda pair: and_(pair[0] == 1, pair[1] == 2)),
        st.tuples(inner, inner).map(lambda pair: func.f(*pair)),
        st.tuples(inner, inner).map(lambda pair: case((pair[0] == 1, pair[1]))),
        inner.map(lambda one: cast(one, String)),
        inner.map(lambda one: one.label("n")),
        inner.map(lambda one: one.in_([1, 2])),
        inner.map(lambda one: not_(one == 1)),
        inner.map(lambda one: func.f(one).over(order_by=one)),
    )


EXPRESSIONS = st.recursive(LEAVES, grown, max_leaves=8)


@given(EXPRESSIONS)
def test_equal_structures_share_a_key_and_are_written_alike(found: Any) -> None:
    values = iter(range(1000))

    def with_other_values(part: Node) -> Node:
        if part.visit_name == "bindparam":
            return part.but(value=next(values))
        return part.rewritten(with_other_values)

    other = with_other_values(found)
    other_key, key = other.structure(), found.structure()
    if pattern(found._leaves) is None:
        assert other_key is key
        assert written(other) == written(found)


@given(EXPRESSIONS, st.text("0123456789", min_size=12, max_size=12))
def test_a_key_never_holds_a_value(found: Any, secret: str) -> None:
    statement = (found == "secret" + secret).structure()
    assert "secret" + secret not in repr(
        [parts for parts, key in keys._interned.items() if key is statement]
    )


@given(EXPRESSIONS)
def test_parameters_are_the_leaves_in_order(found: Any) -> None:
    found.structure()
    bound = list(found.compile().binds.values())
    # One that occurs twice is one parameter.
    assert bound == list({id(leaf): leaf for leaf in found._leaves}.values())


@given(EXPRESSIONS)
def test_a_generated_one_is_rewritten_to_itself(found: Any) -> None:
    def same(part: Node) -> Node:
        return part.rewritten(same)

    assert same(found) is found
    assert found.compare(found.but())


def test_functions_of_different_names_differ() -> None:
    assert Function("f", 1).structure() is not Function("g", 1).structure()
