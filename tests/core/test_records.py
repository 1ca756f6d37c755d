"""Records: what a frozen dataclass promises, at a tenth of the cost."""

from __future__ import annotations

import copy
import inspect
import pickle
import sys
from typing import Any, ClassVar

import pytest

from toolkit_core.record_templates import INITS
from toolkit_core.records import Described, Record, RecordType, compiled_template, computed


class Point(Record):
    """A point."""

    kind: ClassVar[str] = "point"

    x: int
    y: int = 0


class Named(Point):
    name: str = "origin"


class Plain(Record, eq=False):
    x: int = 1


class Loose(Record):
    __setattr__ = object.__setattr__

    x: int


class Circle(Record):
    radius: float
    area: float = computed()

    def __post_init__(self) -> None:
        object.__setattr__(self, "area", 3 * self.radius**2)


def test_fields_are_given_by_position_by_name_or_by_default() -> None:
    assert Point(1, 2) == Point(1, y=2) == Point(x=1, y=2)
    assert Point(1).y == 0


def test_a_subclass_adds_its_fields_after_its_parents() -> None:
    assert Named.__match_args__ == ("x", "y", "name")
    assert repr(Named(1)) == "Named(x=1, y=0, name='origin')"


def test_the_signature_is_one_of_a_function_written_by_hand() -> None:
    assert str(inspect.signature(Point)) == "(x, y=0)"


@pytest.mark.parametrize(
    ("args", "kwargs", "message"),
    [
        ((), {}, r"__init__\(\) missing 1 required positional argument: 'x'"),
        ((1, 2, 3), {}, r"__init__\(\) takes from 2 to 3 positional arguments but 4 were given"),
        ((1,), {"z": 1}, r"__init__\(\) got an unexpected keyword argument 'z'"),
    ],
)
def test_wrong_arguments_are_told_by_the_fields_names(
    args: tuple[Any, ...], kwargs: dict[str, Any], message: str
) -> None:
    with pytest.raises(TypeError, match=message) as caught:
        Point(*args, **kwargs)
    if sys.version_info >= (3, 11):
        assert str(caught.value).startswith("Point.__init__()")


def test_a_field_cannot_be_changed() -> None:
    point: Any = Point(1)
    with pytest.raises(AttributeError, match=r"Point is frozen: 'x' .*; but\(\) returns"):
        point.x = 2
    assert point.x == 1


def test_there_is_room_for_nothing_but_the_fields() -> None:
    point: Any = Point(1)
    with pytest.raises(AttributeError):
        point.z = 2
    assert not hasattr(point, "__dict__")


def test_but_makes_a_changed_copy() -> None:
    point = Point(1)
    assert point.but(y=5) == Point(1, 5)
    assert point == Point(1)
    with pytest.raises(TypeError, match="z"):
        point.but(z=5)


def test_equal_records_are_of_one_class_and_hash_alike() -> None:
    assert hash(Point(1)) == hash(Point(1, 0))
    assert Point(1) != Named(1)
    assert Point(1) != (1, 0)


def test_a_class_may_be_compared_by_identity() -> None:
    plain = Plain()
    assert plain == plain  # noqa: PLR0124 - that is what is asked
    assert plain != Plain()
    assert {plain: 1}[plain] == 1


def test_a_class_may_do_without_the_guard() -> None:
    loose: Any = Loose(1)
    loose.x = 2
    assert loose == Loose(2)


def test_a_computed_field_takes_no_part() -> None:
    circle = Circle(2)
    assert circle.area == 12
    assert repr(circle) == "Circle(radius=2)"
    assert circle.but(radius=1).area == 3
    assert "area" not in inspect.signature(Circle).parameters


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_records_are_copied_and_pickled(protocol: int) -> None:
    named = Named(1, 2, "here")
    assert copy.copy(named) == named
    assert copy.deepcopy(named) == named
    assert pickle.loads(pickle.dumps(named, protocol)) == named


def test_two_classes_with_as_many_fields_do_not_get_into_each_others_way() -> None:
    class Pair(Record):
        left: str
        right: str = "r"

    assert (Pair("l").left, Pair("l").right) == ("l", "r")
    assert (Point(1).x, Point(1).y) == (1, 0)


def test_a_field_without_default_after_one_with_is_refused() -> None:
    with pytest.raises(TypeError, match="the field 'b' needs a default"):
        RecordType("Bad", (Record,), {"__annotations__": {"a": "int", "b": "int"}, "a": 1})


def test_a_default_may_carry_more_about_its_field() -> None:
    row = Described(7)

    class Table(Record):
        size: int = row  # type: ignore[assignment]

    assert Table().size == 7
    assert Table.__fields__["size"] is row


def test_annotations_need_not_be_text() -> None:
    made = RecordType("Made", (Record,), {"__annotations__": {"a": int, "b": ClassVar[int]}})
    assert made.__match_args__ == ("a",)


@pytest.mark.parametrize("count", range(1, len(INITS) + 1))
def test_what_is_kept_compiled_is_what_would_be_compiled(count: int) -> None:
    kept = INITS[count - 1].__code__
    compiled = compiled_template(count, then_more=False)
    assert kept.co_code == compiled.co_code
    assert (kept.co_varnames, kept.co_names) == (compiled.co_varnames, compiled.co_names)
