"""MetaData: its tables in order, cycles, and what may be done with it."""

from __future__ import annotations

import warnings

import pytest

from toolkit_core.errors import CircularDependencyError
from toolkit_core.schema import (
    Column,
    ForeignKey,
    MetaData,
    Sequence,
    Table,
    sort_tables,
    sort_tables_and_constraints,
)
from toolkit_core.types import Integer


def table(metadata: MetaData, name: str, *targets: str, **options: bool) -> Table:
    keys = [
        Column(
            f"{target}_id",
            Integer,
            ForeignKey(f"{target}.id", name=f"fk_{name}_{target}", **options),  # type: ignore[arg-type]
        )
        for target in targets
    ]
    return Table(name, metadata, Column("id", Integer, primary_key=True), *keys)


def names(tables: list[Table]) -> list[str]:
    return [one.name for one in tables]


def test_tables_come_after_what_they_depend_on() -> None:
    metadata = MetaData()
    table(metadata, "a", "c")
    table(metadata, "b")
    table(metadata, "c", "d", "c")
    table(metadata, "d")
    assert names(metadata.sorted_tables) == ["b", "d", "c", "a"]


def test_the_order_does_not_depend_on_that_of_the_definitions() -> None:
    one, two = MetaData(), MetaData()
    for name in "abc":
        table(one, name)
    for name in "cba":
        table(two, name)
    assert names(one.sorted_tables) == names(two.sorted_tables) == ["a", "b", "c"]


def test_an_explicit_dependency_counts() -> None:
    metadata = MetaData()
    a, b = table(metadata, "a"), table(metadata, "b")
    a.add_is_dependent_on(b)
    assert names(metadata.sorted_tables) == ["b", "a"]
    assert names(sort_tables([b, a], extra_dependencies=[(b, a)])) == ["b", "a"]


def test_a_cycle_is_warned_about_and_the_rest_stays_in_order() -> None:
    metadata = MetaData()
    table(metadata, "a", "b")
    table(metadata, "b", "a")
    table(metadata, "c", "a")
    with pytest.warns(Warning, match='unresolvable cycles between tables "a, b"'):
        assert names(metadata.sorted_tables) == ["a", "b", "c"]


def test_use_alter_breaks_a_cycle() -> None:
    metadata = MetaData()
    table(metadata, "a", "b")
    table(metadata, "b", "a", use_alter=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pairs = sort_tables_and_constraints(metadata.tables.values())
    shown = [(one and one.name, [key.name for key in keys]) for one, keys in pairs]
    assert shown == [("b", []), ("a", ["fk_a_b"]), (None, ["fk_b_a"])]


def test_the_constraints_of_a_cycle_come_at_the_end() -> None:
    metadata = MetaData()
    table(metadata, "a", "b")
    table(metadata, "b", "a")
    table(metadata, "c", "a")
    pairs = sort_tables_and_constraints(metadata.tables.values())
    shown = [(one and one.name, [key.name for key in keys]) for one, keys in pairs]
    assert shown == [("a", []), ("b", []), ("c", ["fk_c_a"]), (None, ["fk_a_b", "fk_b_a"])]


def test_a_constraint_that_must_not_wait_makes_a_cycle_an_error() -> None:
    metadata = MetaData()
    table(metadata, "a", "b")
    table(metadata, "b", "a")
    with pytest.raises(CircularDependencyError) as caught:
        sort_tables_and_constraints(metadata.tables.values(), lambda key: False)
    assert names(caught.value.cycles) == ["a", "b"]


def test_a_function_may_leave_constraints_out() -> None:
    metadata = MetaData()
    a, b = table(metadata, "a", "b"), table(metadata, "b")
    assert names(sort_tables([a, b], skip_fn=lambda key: key.name == "fk_a_b")) == ["a", "b"]


def test_a_long_chain_is_sorted() -> None:
    metadata = MetaData()
    for number in range(600):
        table(metadata, f"t{number:03}", *([f"t{number + 1:03}"] if number < 599 else []))
    assert names(metadata.sorted_tables) == [f"t{number:03}" for number in reversed(range(600))]


def test_tables_are_removed_and_all_cleared() -> None:
    metadata = MetaData()
    a = table(metadata, "a")
    table(metadata, "b")
    assert "a" in metadata
    assert a in metadata
    metadata.remove(a)
    metadata.remove(a)
    assert "a" not in metadata
    metadata.clear()
    assert metadata.tables == {}


def test_only_metadata_changes_its_tables() -> None:
    metadata = MetaData()
    a = table(metadata, "a")
    with pytest.raises(TypeError, match="FacadeDict object is immutable"):
        metadata.tables["x"] = a
    with pytest.raises(TypeError, match="FacadeDict object is immutable"):
        metadata.tables.pop("a")


def test_sequences_are_found_by_kind_and_name() -> None:
    metadata = MetaData()
    one = Sequence("one", metadata=metadata)
    other = Sequence("other", metadata=metadata, schema="s")
    in_column = Sequence("third")
    Table("t", metadata, Column("x", Integer, in_column))
    assert list(metadata.get_schema_objects(Sequence)) == [one, in_column]
    assert list(metadata.get_schema_objects(Sequence, schema="s")) == [other]
    assert metadata.get_schema_object_by_name(Sequence, "one") is one
    assert metadata.get_schema_object_by_name(Sequence, "two") is None


def test_a_sequence_takes_the_schema_of_its_metadata() -> None:
    assert Sequence("one", metadata=MetaData(schema="s")).schema == "s"
    in_column = Sequence("two")
    Table("t", MetaData(schema="s"), Column("x", Integer, in_column))
    assert in_column.schema == "s"
