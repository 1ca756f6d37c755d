"""R12: rows as objects of the user's own classes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest
from typing_extensions import NotRequired, TypedDict

from toolkit_core.engine.result import IteratorResult
from toolkit_core.engine.row_shape import RowShape
from toolkit_core.errors import ArgumentError


@dataclass
class Person:
    name: str
    id: int
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Fixed:
    id: int
    name: str


class Pair(NamedTuple):
    id: int
    name: str


class Partial(NamedTuple):
    name: str
    age: int = 36
    id: int = 0


class Keyed(TypedDict):
    name: str
    id: int


class Loose(TypedDict):
    id: int
    nick: NotRequired[str]


@pytest.mark.parametrize(
    ("cls", "expected"),
    [
        (Person, Person("ada", 1)),
        (Fixed, Fixed(id=1, name="ada")),
        (Pair, Pair(1, "ada")),
        (Partial, Partial("ada", 36, 1)),
        (Keyed, {"name": "ada", "id": 1}),
    ],
)
def test_rows_become_objects(query: Any, cls: Any, expected: Any) -> None:
    result = query().into(cls)
    assert result.first() == expected
    assert type(query().into(cls).first()) is type(expected)
    assert len(query().into(cls).all()) == 5
    assert len(list(query().into(cls))) == 5
    assert query("select 'ada' as name, 1 as id").into(cls).one() == expected


def test_each_object_has_its_own_defaults(query: Any) -> None:
    first, second, *_ = query().into(Person).all()
    first.tags.append("x")
    assert second.tags == []


def test_values_are_processed(query: Any) -> None:
    shape = RowShape(["id", "name"], processors=[None, str.upper])
    assert query(shapes=shape).into(Pair).first() == Pair(1, "ADA")
    assert query(shapes=shape).columns("name", "id").into(Pair).first() == Pair(1, "ADA")
    assert query(shapes=shape).into(Keyed).all()[1] == {"id": 2, "name": "BOB"}
    assert query(shapes=shape).unique(lambda row: row.name).into(Person).all() == [
        Person("ADA", 1),
        Person("BOB", 2),
        Person("CYD", 4),
    ]


def test_it_fetches_in_all_ways(query: Any) -> None:
    assert query().into(Pair).fetchmany(2) == [(1, "ada"), (2, "bob")]
    assert [len(part) for part in query().into(Pair).partitions(3)] == [3, 2]
    result = query()
    assert result.into(Pair).first() == (1, "ada")
    assert result.closed


def test_columns_without_a_field_are_refused_or_ignored(query: Any) -> None:
    sql = "select id, name, 5 as shoe from people"
    with pytest.raises(ArgumentError) as raised:
        query(sql).into(Pair)
    assert str(raised.value) == (
        "Rows do not fit into Pair: it has no field for the column 'shoe'\n"
        'Try: extra="ignore" leaves out columns without a field'
    )
    assert query(sql).into(Pair, extra="ignore").first() == Pair(1, "ada")
    assert query().into(Loose, extra="ignore").first() == {"id": 1}


def test_required_fields_without_a_column_are_refused_before_any_row(watched: Any) -> None:
    from toolkit_core.engine.cursor_result import CursorResult
    from toolkit_core.engine.row_shape import Shapes

    cursor = watched(["id", "nmae"], [(1, "ada")])
    with pytest.raises(ArgumentError) as raised:
        CursorResult(None, cursor, Shapes()).into(Pair)
    assert str(raised.value) == (
        "Rows do not fit into Pair: the result has no column for the required 'name'; "
        "it has no field for the column 'nmae'\n"
        "Try: name the column 'nmae' as the field is: AS name in SQL, .label('name')"
    )
    assert cursor.fetches == []


def test_a_missing_column_without_a_likely_name(query: Any) -> None:
    with pytest.raises(ArgumentError, match="select the column, or give the field a default"):
        query("select id from people").into(Pair)


def test_two_columns_for_one_field_are_refused(query: Any) -> None:
    with pytest.raises(ArgumentError, match="more than one column 'id'"):
        query("select 1 as id, 2 as id, 3 as name").into(Pair)


def test_other_classes_are_refused(query: Any) -> None:
    class Plain:
        pass

    for cls in (Plain, int, "Person", dict):
        with pytest.raises(ArgumentError, match="cannot tell the fields"):
            query().into(cls)
    with pytest.raises(ArgumentError, match="'refuse' or 'ignore'"):
        query().into(Pair, extra="x")


def test_the_code_is_generated_once_per_shape(query: Any) -> None:
    shape = RowShape(["id", "name"])
    first, second = (query(shapes=shape).into(Pair)._reader for _ in range(2))
    assert first is second
    for n in range(50):
        query(shapes=shape).into(NamedTuple(f"N{n}", [("id", int), ("name", str)])).first()
    assert len(shape._into) <= 16


def test_scalars_that_come_as_such() -> None:
    class Number(NamedTuple):
        n: int

    source = IteratorResult(["n"], iter([1, 2]), _source_supports_scalars=True)
    assert source.into(Number).all() == [Number(1), Number(2)]


def test_attrs_classes(query: Any) -> None:
    attrs = pytest.importorskip("attrs", reason="attrs is optional")
    cls = attrs.make_class("Attrs", {"id": attrs.field(), "_name": attrs.field(default="-")})
    assert query().into(cls).first() == cls(1, "ada")


def test_msgspec_classes(query: Any) -> None:
    msgspec = pytest.importorskip("msgspec", reason="msgspec is optional")
    cls = msgspec.defstruct("Struct", [("name", str), ("id", int), ("age", int, 36)])
    assert query().into(cls).first() == cls("ada", 1, 36)


def test_pydantic_classes(query: Any) -> None:
    pydantic = pytest.importorskip("pydantic", reason="pydantic is optional")
    cls = pydantic.create_model("Model", id=(float, ...), name=(str, ...), age=(int, 36))
    made = query().into(cls).first()
    assert (made.id, made.name, made.age) == (1.0, "ada", 36)
    assert isinstance(made.id, float)
