"""R06, R07: a row is a tuple that knows its names."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from typing import Any

import pytest

from toolkit_core.engine.row import Row
from toolkit_core.engine.row_shape import RowShape
from toolkit_core.errors import (
    AmbiguousColumnError,
    InvalidRequestError,
    NoSuchColumnError,
    SADeprecationWarning,
)


@pytest.fixture
def row() -> Any:
    return RowShape(["id", "name", "age"]).row((1, "ada", 36))


def test_a_row_is_the_tuple_of_its_values(row: Any) -> None:
    assert isinstance(row, tuple)
    assert isinstance(row, Row)
    values: Any = (1, "ada", 36)
    assert row == values
    assert values == row
    assert hash(row) == hash((1, "ada", 36))
    assert row < (2,)
    assert row != (1,)
    assert repr(row) == "(1, 'ada', 36)"
    assert type(row).__name__ == "Row"
    assert row[0:2] == (1, "ada")
    assert type(row[0:2]) is tuple
    assert row[-1] == 36
    ident, name, age = row
    assert (ident, name, age) == row


def test_a_position_beyond_the_row_is_an_index_error(row: Any) -> None:
    with pytest.raises(IndexError):
        row[3]


def test_columns_are_attributes_that_cannot_be_set(row: Any) -> None:
    assert (row.id, row.name, row.age) == row
    with pytest.raises(AttributeError):
        row.name = "bob"
    with pytest.raises(AttributeError):
        del row.name
    with pytest.raises(AttributeError):
        row.other = 1
    assert not hasattr(row, "__dict__")


def test_a_misspelt_attribute_names_the_nearest_column(row: Any) -> None:
    with pytest.raises(AttributeError) as raised:
        row.nmae  # noqa: B018 - reading is the test
    text = "Could not locate column in row for column 'nmae'; did you mean 'name'?"
    assert str(raised.value) == text
    with pytest.raises(AttributeError, match=r"for column 'zzz'$"):
        row.zzz  # noqa: B018 - reading is the test


def test_a_name_in_brackets_is_refused_as_by_any_tuple(row: Any) -> None:
    with pytest.raises(TypeError, match="tuple indices must be integers or slices"):
        row["name"]


@pytest.mark.parametrize(
    "name", ["count", "index", "keys", "items", "values", "_x", "class", "a b"]
)
def test_a_column_may_have_nearly_any_name(name: str) -> None:
    row: Any = RowShape([name]).row((7,))
    assert getattr(row, name) == 7
    assert row._mapping[name] == 7
    assert row._asdict() == {name: 7}


@pytest.mark.parametrize("name", ["_mapping", "_fields", "_asdict", "tuple", "__len__"])
def test_the_documented_names_of_rows_are_not_hidden_by_columns(name: str) -> None:
    plain: Any = RowShape(["x"]).row((7,))
    row: Any = RowShape([name]).row((7,))
    assert type(getattr(row, name)) is type(getattr(plain, name))
    assert row._mapping[name] == 7
    assert row[0] == 7


def test_a_name_with_dunders_finds_its_column_without_a_getter() -> None:
    row: Any = RowShape(["__copy__", "__name__"]).row((7, 8))
    assert row.__name__ == 8
    assert copy.copy(row) is row


def test_methods_of_tuples_remain_where_no_column_hides_them(row: Any) -> None:
    assert row.index("ada") == 1
    assert row.count(36) == 1


def test_names_and_dictionaries(row: Any) -> None:
    assert row._fields == ("id", "name", "age")
    assert row._asdict() == {"id": 1, "name": "ada", "age": 36}
    assert list(row._asdict()) == ["id", "name", "age"]


def test_replace_makes_a_new_row(row: Any) -> None:
    other = row._replace(name="bob")
    assert other == (1, "bob", 36)
    assert other.name == "bob"
    assert row.name == "ada"
    with pytest.raises(NoSuchColumnError):
        row._replace(nmae="bob")


def test_a_row_is_copied_as_itself(row: Any) -> None:
    assert copy.copy(row) is row
    nested = RowShape(["id", "tags"]).row((1, ["a"]))
    deep = copy.deepcopy(nested)
    assert deep == nested
    assert deep.tags == ["a"]
    assert deep.tags is not nested.tags


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickled_row_comes_back_with_its_names(row: Any, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(row, protocol))
    assert again == row
    assert again.name == "ada"
    assert isinstance(again, Row)
    assert type(again) is type(row)
    mapping = pickle.loads(pickle.dumps(row._mapping, protocol))
    assert mapping == row._mapping


def test_a_row_is_unpickled_in_another_process(row: Any) -> None:
    program = (
        "import pickle, sys; row = pickle.load(sys.stdin.buffer); print(row.name, row._fields)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=pickle.dumps(row), capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == "ada ('id', 'name', 'age')"


def test_what_found_columns_by_object_is_not_pickled() -> None:
    marker = object()
    row: Any = RowShape(["id"], keys=[(marker,)]).row((1,))
    assert row._mapping[marker] == 1
    again = pickle.loads(pickle.dumps(row))
    assert again.id == 1
    with pytest.raises(NoSuchColumnError):
        again._mapping[marker]


def test_older_ways_to_see_the_tuple_warn(row: Any) -> None:
    for see in (lambda: row._t, lambda: row.t, row._tuple, row.tuple):
        with pytest.warns(SADeprecationWarning, match="Row now behaves like a tuple"):
            assert see() is row


# -- names that stand twice -------------------------------------------------------------------


def test_in_textual_sql_the_last_column_of_a_name_is_found() -> None:
    row: Any = RowShape(["id", "id", "name"]).row((1, 2, "ada"))
    assert row == (1, 2, "ada")
    assert row.id == row._mapping["id"] == 2
    assert row._fields == ("id", "id", "name")
    assert row._asdict() == {"id": 2, "name": "ada"}


def test_in_expressions_an_ambiguous_name_is_refused_and_positions_work() -> None:
    one, two = object(), object()
    row: Any = RowShape(["id", "id", "name"], keys=[(one,), (two,), ()], strict=True).row(
        (1, 2, "x")
    )
    assert row[0] == 1
    assert row._mapping[one] == 1
    assert row._mapping[two] == 2
    assert row.name == "x"
    assert "id" in row._mapping
    text = "Ambiguous column name 'id' in result set column descriptions"
    for read in (
        lambda: row.id,
        lambda: row._mapping["id"],
        lambda: row._mapping.get("id"),
        row._asdict,
        lambda: dict(row._mapping),
        lambda: repr(row._mapping),
    ):
        with pytest.raises(AmbiguousColumnError, match=text):
            read()
    assert issubclass(AmbiguousColumnError, InvalidRequestError)


def test_an_ambiguous_name_stays_ambiguous_when_it_is_pickled() -> None:
    row: Any = RowShape(["id", "id"], strict=True).row((1, 2))
    again = pickle.loads(pickle.dumps(row))
    with pytest.raises(AmbiguousColumnError):
        again.id  # noqa: B018 - reading is the test


def test_the_same_column_under_two_names_is_not_ambiguous() -> None:
    column = object()
    row: Any = RowShape(["id", "id__1"], keys=[(column,), (column,)], strict=True).row((1, 1))
    assert row._mapping[column] == 1


def test_the_same_column_twice_under_one_name_is_ambiguous() -> None:
    column = object()
    row: Any = RowShape(["id", "id"], keys=[(column,), (column,)], strict=True).row((1, 1))
    with pytest.raises(AmbiguousColumnError):
        row._mapping[column]


# -- the mapping ------------------------------------------------------------------------------


def test_a_mapping_reads_by_name(row: Any) -> None:
    mapping = row._mapping
    assert mapping["name"] == "ada"
    assert mapping.get("nope", 3) == 3
    assert "name" in mapping
    assert "nope" not in mapping
    assert list(mapping) == ["id", "name", "age"]
    assert len(mapping) == 3
    assert dict(mapping) == mapping == {"id": 1, "name": "ada", "age": 36}
    assert dict(**mapping) == dict(mapping)
    assert hash(mapping) == hash(row)
    assert repr(mapping) == "{'id': 1, 'name': 'ada', 'age': 36}"
    assert "%(name)s" % mapping == "ada"  # noqa: UP031 - that it works is the promise


def test_a_mapping_has_views(row: Any) -> None:
    mapping = row._mapping
    assert repr(mapping.keys()) == "RMKeyView(['id', 'name', 'age'])"
    assert mapping.keys() == ["id", "name", "age"]
    assert mapping.keys() == {"id", "name", "age"}
    assert mapping.keys() != ["id"]
    assert mapping.keys() != 5
    assert mapping.keys() | {"z"} == {"id", "name", "age", "z"}
    assert list(mapping.values()) == [1, "ada", 36]
    assert len(mapping.values()) == 3
    assert "ada" in mapping.values()
    assert list(mapping.items()) == [("id", 1), ("name", "ada"), ("age", 36)]
    assert ("id", 1) in mapping.items()
    assert repr(mapping.items()) == "ROMappingItemsView({'id': 1, 'name': 'ada', 'age': 36})"
    assert repr(mapping.values()).startswith("ROMappingKeysValuesView({")


def test_a_missing_key_is_refused_with_the_nearest_name(row: Any) -> None:
    with pytest.raises(NoSuchColumnError) as raised:
        row._mapping["nmae"]
    assert isinstance(raised.value, KeyError)
    assert "Could not locate column in row for column 'nmae'" in str(raised.value)
    assert "'name'" in str(raised.value)
    for key in (0, object()):
        with pytest.raises(NoSuchColumnError):
            row._mapping[key]


def test_a_mapping_finds_columns_by_object() -> None:
    column, label = object(), object()
    shape = RowShape(["id", "n"], keys=[(column,), (label, "people_name")])
    mapping = shape.row((1, "ada"))._mapping
    assert mapping[column] == 1
    assert mapping[label] == mapping["people_name"] == mapping["n"] == "ada"
    assert label in mapping
    assert label in mapping.keys()  # noqa: SIM118 - the view
    assert list(mapping) == ["id", "n"]
    assert object() not in mapping


def test_a_shape_may_be_asked_for_keys_it_does_not_know() -> None:
    shape = RowShape(["id", "n"], locate={b"id": 0, b"n": 1}.get)
    mapping = shape.row((1, "ada"))._mapping
    assert mapping[b"n"] == "ada"
    assert b"n" in mapping
    assert b"x" not in mapping
    only = shape.only((1,)).row(("ada",))._mapping
    assert only[b"n"] == "ada"
    assert b"id" not in only
