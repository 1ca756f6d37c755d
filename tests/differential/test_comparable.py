"""Values become JSON that keeps what matters: kinds, order, states."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import json
import types
import uuid
from typing import NamedTuple

import pytest

from tests.differential.inside.comparable import Serialiser

WRITE = Serialiser("json").write


class Colour(enum.Enum):
    RED = 1


class Row(NamedTuple):
    a: int
    b: str

    @property
    def _mapping(self) -> dict[str, object]:
        return self._asdict()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (True, True),
        ("x", "x"),
        ((1, 2), {"tuple": [1, 2]}),
        ([1, (2,)], [1, {"tuple": [2]}]),
        ({"a": 1}, {"dict": [["a", 1]]}),
        (types.MappingProxyType({"a": 1}), {"mapping": [["a", 1]]}),
        ({2, 1}, {"set": [1, 2]}),
        (range(2), {"sequence": [0, 1]}),
        (Row(1, "x"), {"row": [1, "x"], "fields": ["a", "b"]}),
        (decimal.Decimal("1.50"), {"Decimal": "1.50"}),
        (dt.date(2026, 1, 2), {"date": "2026-01-02"}),
        (dt.datetime(2026, 1, 2, 3), {"datetime": "2026-01-02T03:00:00"}),  # noqa: DTZ001 -- naive is a value too
        (b"\x01", {"bytes": "01"}),
        (uuid.UUID(int=1), {"UUID": "00000000-0000-0000-0000-000000000001"}),
        (Colour.RED, {"enum": "Colour.RED"}),
        (int, {"class": "int"}),
    ],
)
def test_a_value_is_tagged_by_its_kind(value: object, written: object) -> None:
    assert WRITE(value) == written
    json.dumps(WRITE(value))


def test_a_list_within_itself_ends() -> None:
    loop: list[object] = [1]
    loop.append(loop)
    assert WRITE(loop) == [1, {"again": "list"}]


def test_an_error_tells_its_type_and_the_shape_of_its_arguments() -> None:
    written = WRITE(KeyError("a", 1))
    assert written == {"exception": "KeyError", "caught as": ["KeyError"], "args": ["str", "int"]}


def test_other_objects_lose_the_library_name_and_their_address() -> None:
    serialiser = Serialiser("toolkit")
    text = "<toolkit_core.engine.row.Row object at 0x7f00>"
    assert serialiser.neutral(text) == "<<library>.Row object at 0x…>"
