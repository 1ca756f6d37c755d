"""A type's key tells it from every other; a type that no key can tell is never found again."""

from __future__ import annotations

import enum
import pickle
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from tests.core.types.examples import EXAMPLES, E
from toolkit_core.errors import SAWarning
from toolkit_core.expression.elements import BindParameter, Label
from toolkit_core.expression.keys import LoneKey
from toolkit_core.types import (
    ARRAY,
    INTEGER,
    JSON,
    Boolean,
    DateTime,
    Enum,
    Float,
    Integer,
    Interval,
    LargeBinary,
    Numeric,
    PickleType,
    String,
    Text,
    TupleType,
    TypeDecorator,
    TypeEngine,
    UserDefinedType,
    UtcDateTime,
    Uuid,
)
from toolkit_core.types.structure import NoKey
from toolkit_sqlite.types import DATETIME


class F(enum.Enum):
    a = 1
    bb = 2


def compare(x: Any, y: Any) -> bool:
    return x is y


class Sized(TypeDecorator[str]):
    impl = String
    cache_ok = True

    def __init__(self, size: int, table: dict[str, Any] | None = None, **kw: Any) -> None:
        super().__init__(**kw)
        self.size = size
        self.table = table
        self._private = object()


class Point(UserDefinedType[Any]):
    cache_ok = True

    def __init__(self, places: int = 8) -> None:
        self.places = places

    def get_col_spec(self, **kw: Any) -> str:
        return "POINT"


# Types of which each is another: made twice, each has the key of its twin, and of no other.
DIFFERENT: list[Callable[[], TypeEngine[Any]]] = [
    Integer,
    INTEGER,
    String,
    lambda: String(5),
    lambda: String(6),
    lambda: String(5, "fr"),
    lambda: String(collation="fr"),
    lambda: Text(5),
    lambda: Numeric(5, 2),
    lambda: Numeric(5, 2, asdecimal=False),
    lambda: Numeric(5, 2, 4),
    lambda: Numeric(1, 0),
    lambda: Float(1),
    lambda: Float(asdecimal=True),
    lambda: DateTime(timezone=True),
    DATETIME,
    lambda: DATETIME(storage_format="%(year)04d"),
    lambda: DATETIME(regexp="x"),
    lambda: Interval(native=False),
    lambda: Interval(second_precision=3),
    lambda: Boolean(name="x"),
    lambda: Enum("a", "bb"),
    lambda: Enum("a", "bb", name="e"),
    lambda: Enum(E),
    lambda: Enum(F, name="e"),
    lambda: Enum(E, values_callable=lambda cls: ["x", "yy"]),
    lambda: Enum(E, validate_strings=True),
    lambda: Enum(E, length=20),
    lambda: ARRAY(Integer),
    lambda: ARRAY(String(5)),
    lambda: ARRAY(Integer, dimensions=2),
    lambda: ARRAY(Integer, as_tuple=True),
    lambda: TupleType(Integer, String),
    lambda: TupleType(String, Integer),
    JSON,
    lambda: JSON(none_as_null=True),
    lambda: Uuid(as_uuid=False),
    lambda: Uuid(native_uuid=False),
    PickleType,
    lambda: PickleType(protocol=2),
    lambda: PickleType(pickler=pickle),
    lambda: PickleType(comparator=compare),
    lambda: PickleType(impl=LargeBinary(5)),
    UtcDateTime,
    lambda: Sized(5),
    lambda: Sized(6),
    lambda: Sized(5, length=9),
    lambda: Sized(5, {"a": 1}),
    lambda: Sized(5, {"a": [1, {2}, None]}),
    Point,
    lambda: Point(9),
    lambda: String(5).with_variant(Integer(), "sqlite"),
    lambda: String(5).with_variant(Text(), "sqlite"),
    lambda: String(5).with_variant(Text(), "mysql"),
    lambda: String(5).evaluates_none(),
]


def key(type_: TypeEngine[Any]) -> object:
    found = type_.static_key()
    hash(found)
    return found


def test_each_type_has_a_key_of_its_own() -> None:
    keys = [key(make()) for make in DIFFERENT]
    assert not any(isinstance(one, NoKey) for one in keys)
    assert len(set(keys)) == len(DIFFERENT)


@pytest.mark.parametrize("make", DIFFERENT, ids=lambda make: repr(make())[:40])
def test_two_types_made_alike_have_one_key(make: Callable[[], TypeEngine[Any]]) -> None:
    assert key(make()) == key(make())


@pytest.mark.parametrize("make", DIFFERENT, ids=lambda make: repr(make())[:40])
def test_a_type_that_was_pickled_has_the_same_key(make: Callable[[], TypeEngine[Any]]) -> None:
    type_ = make()
    key(type_)
    if repr(type_).startswith("Enum") and "x" in repr(type_):
        # A lambda cannot be pickled, wherever it stands.
        with pytest.raises((pickle.PicklingError, AttributeError)):
            pickle.dumps(type_)
        return
    if isinstance(type_, PickleType) and type_.pickler is not None:
        with pytest.raises(TypeError, match="cannot pickle 'module'"):
            pickle.dumps(type_)
        return
    again = pickle.loads(pickle.dumps(type_))
    assert key(again) == key(type_)
    assert repr(again) == repr(type_)


def test_true_and_one_are_other_arguments() -> None:
    assert Point(1).static_key() != Point(True).static_key()
    assert Point(1).static_key() != Point(1.0).static_key()  # type: ignore[arg-type]


def test_a_type_without_arguments_is_its_class() -> None:
    assert Integer().static_key() is Integer


def test_a_copy_with_other_arguments_forgets_the_key() -> None:
    type_ = Numeric(5, 2)
    type_.static_key()
    assert type_.copy(scale=3).static_key() == Numeric(5, 3).static_key()
    assert type_.with_variant(Integer(), "x").static_key() != type_.static_key()


# -- types that have none ------------------------------------------------------------------


class Unsaid(TypeDecorator[str]):
    impl = String


class UnsaidPoint(UserDefinedType[Any]):
    def get_col_spec(self, **kw: Any) -> str:
        return "POINT"


class Unkept(Unsaid):
    cache_ok = False


@pytest.mark.parametrize("cls", [Unsaid, UnsaidPoint], ids=lambda cls: cls.__name__)
def test_a_type_that_does_not_say_cache_ok_has_no_key_and_warns(
    cls: Callable[[], TypeEngine[Any]],
) -> None:
    with pytest.warns(SAWarning, match="will not produce a cache key because the ``cache_ok``"):
        assert isinstance(cls().static_key(), NoKey)


def test_the_warning_names_its_page() -> None:
    with pytest.warns(SAWarning, match="cprf"):
        Unsaid().static_key()


def test_a_type_that_says_no_has_no_key_and_does_not_warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(Unkept().static_key(), NoKey)


@pytest.mark.parametrize(
    "type_",
    [
        Sized(5, {"a": bytearray()}),
        ARRAY(Unkept()),
        TupleType(Unkept()),
        String().with_variant(Unkept(), "sqlite"),
        PickleType(impl=Unkept()),
    ],
    ids=repr,
)
def test_what_has_such_a_type_inside_has_no_key_either(type_: TypeEngine[Any]) -> None:
    assert isinstance(type_.static_key(), NoKey)


def parameter(type_: TypeEngine[Any]) -> BindParameter[Any]:
    made: BindParameter[Any] = BindParameter()
    made.type = type_
    return made


def test_a_node_with_a_type_that_has_no_key_is_never_found_again() -> None:
    type_ = Unkept()
    one, other = parameter(type_), parameter(type_)
    assert one.structure() is not other.structure()
    assert isinstance(one.structure(), LoneKey)
    above = Label("x", one)
    assert isinstance(above.structure(), LoneKey)
    assert not above.same_as(Label("x", other))
    assert above.same_as(above)


def test_a_node_with_a_type_that_has_a_key_is_found_again() -> None:
    one, other = parameter(Sized(5)), parameter(Sized(5))
    assert one.structure() is other.structure()
    assert one.structure() is not parameter(Sized(6)).structure()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_type_has_a_key(name: str) -> None:
    assert key(EXAMPLES[name]) == key(EXAMPLES[name]._changed())
