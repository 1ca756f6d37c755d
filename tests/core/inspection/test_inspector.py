"""The Inspector: what it keeps, what it copies, and what it says of what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit_core.dialect.reflected import ObjectKind, ObjectScope
from toolkit_core.engine import Connection, create_engine
from toolkit_core.errors import ArgumentError, NoSuchTableError, UnreflectableTableError
from toolkit_core.inspectable import inspect
from toolkit_core.inspection.inspector import Inspector
from toolkit_core.pool import QueuePool


def test_a_table_that_is_not_there_is_named_with_what_is_near(connection: Connection) -> None:
    inspector = inspect(connection)
    for ask in ("columns", "pk_constraint", "foreign_keys", "indexes", "table_options"):
        with pytest.raises(NoSuchTableError, match="parrent") as caught:
            getattr(inspector, f"get_{ask}")("parrent")
        assert "did you mean 'parent'?" in str(caught.value)


def test_what_was_read_is_kept_until_it_is_cleared(connection: Connection) -> None:
    inspector = inspect(connection)
    assert len(inspector.get_columns("parent")) == 2
    connection.exec_driver_sql("ALTER TABLE parent ADD COLUMN more INTEGER")
    assert len(inspector.get_columns("parent")) == 2
    inspector.clear_cache()
    assert len(inspector.get_columns("parent")) == 3


def test_a_table_made_since_is_found_by_its_name(connection: Connection) -> None:
    inspector = inspect(connection)
    assert not inspector.has_table("fresh")
    connection.exec_driver_sql("CREATE TABLE fresh (id INTEGER)")
    assert inspector.has_table("fresh")
    assert [one["name"] for one in inspector.get_columns("fresh")] == ["id"]


def test_what_is_handed_out_may_be_changed(connection: Connection) -> None:
    inspector = inspect(connection)
    inspector.get_columns("parent")[0]["name"] = "changed"
    inspector.get_columns("parent").clear()
    inspector.get_pk_constraint("parent")["name"] = "changed"
    inspector.get_multi_columns()[None, "parent"].clear()
    assert [one["name"] for one in inspector.get_columns("parent")] == ["id", "name"]
    assert inspector.get_pk_constraint("parent")["name"] is None


@pytest.mark.parametrize(
    ("kind", "scope", "names"),
    [
        (ObjectKind.TABLE, ObjectScope.DEFAULT, {"parent", "child"}),
        (ObjectKind.VIEW, ObjectScope.DEFAULT, {"seen"}),
        (ObjectKind.ANY_VIEW, ObjectScope.ANY, {"seen"}),
        (ObjectKind.ANY, ObjectScope.TEMPORARY, {"passing"}),
        (ObjectKind.ANY, ObjectScope.ANY, {"parent", "child", "seen", "passing"}),
    ],
)
def test_many_are_asked_for_by_kind_and_scope(
    connection: Connection, kind: ObjectKind, scope: ObjectScope, names: set[str]
) -> None:
    found = inspect(connection).get_multi_columns(kind=kind, scope=scope)
    assert set(found) == {(None, name) for name in names}


def test_many_are_asked_for_by_name_and_those_that_are_not_there_left_out(
    connection: Connection,
) -> None:
    found = inspect(connection).get_multi_pk_constraint(filter_names=["parent", "nothing"])
    assert found == {(None, "parent"): {"constrained_columns": ["id"], "name": None}}


def test_tables_of_which_there_is_nothing_to_say_are_there_all_the_same(
    connection: Connection,
) -> None:
    inspector = inspect(connection)
    assert inspector.get_multi_foreign_keys()[None, "parent"] == []
    assert inspector.get_multi_indexes(kind=ObjectKind.VIEW) == {(None, "seen"): []}


def test_many_names_are_looked_for_at_once(connection: Connection) -> None:
    found = inspect(connection).has_multi_table(["parent", "seen", "nothing"])
    assert found == {(None, "parent"): True, (None, "seen"): True, (None, "nothing"): False}


def test_a_table_hides_a_temporary_one_of_its_name(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TEMP TABLE parent (other INTEGER)")
    inspector = inspect(connection)
    assert [one["name"] for one in inspector.get_columns("parent")] == ["id", "name"]
    temporary = inspector.get_multi_columns(scope=ObjectScope.TEMPORARY)
    assert [one["name"] for one in temporary[None, "parent"]] == ["other"]


def test_a_view_that_cannot_be_read_harms_no_other(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE VIEW broken AS SELECT * FROM absent")
    inspector = inspect(connection)
    views = inspector.get_multi_columns(kind=ObjectKind.ANY)
    assert (None, "seen") in views
    assert (None, "broken") not in views
    with pytest.raises(UnreflectableTableError, match="no such table"):
        inspector.get_columns("broken")


def test_tables_are_sorted_by_what_they_depend_on(connection: Connection) -> None:
    assert inspect(connection).get_sorted_table_and_fkc_names() == [
        ("parent", []),
        ("child", [("child", "fk_parent")]),
        (None, []),
    ]
    assert inspect(connection).sort_tables_on_foreign_key_dependency() == [
        ((None, "parent"), []),
        ((None, "child"), [((None, "child"), "fk_parent")]),
        (None, []),
    ]


def test_foreign_keys_of_a_cycle_are_put_off() -> None:
    with create_engine("sqlite://").connect() as connection:
        for name, other in ("ab", "ba"):
            connection.exec_driver_sql(
                f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, "
                f"o INTEGER CONSTRAINT fk_{name} REFERENCES {other} (id))"
            )
        connection.exec_driver_sql("CREATE TABLE c (o INTEGER CONSTRAINT fk_c REFERENCES a (id))")
        assert inspect(connection).get_sorted_table_and_fkc_names() == [
            ("a", []),
            ("b", []),
            ("c", [("c", "fk_c")]),
            (None, [("a", "fk_a"), ("b", "fk_b")]),
        ]


def test_what_a_database_does_not_have_is_said(connection: Connection) -> None:
    inspector = inspect(connection)
    for ask in (
        inspector.get_materialized_view_names,
        inspector.get_sequence_names,
        lambda: inspector.has_sequence("s"),
        lambda: inspector.get_table_comment("parent"),
    ):
        with pytest.raises(NotImplementedError, match=r"no|not"):
            ask()


def test_an_inspector_is_made_of_an_engine_or_a_connection(connection: Connection) -> None:
    assert Inspector(connection).get_view_names() == ["seen"]
    assert Inspector.from_engine(connection.engine).default_schema_name == "main"
    with pytest.raises(ArgumentError, match="made of an engine or a connection"):
        Inspector(5)


def test_an_inspector_of_an_engine_gives_its_connections_back(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'some.db'}", poolclass=QueuePool)
    inspector = inspect(engine)
    inspector.get_table_names()
    inspector.has_table("nothing")
    assert engine.pool.checkedout() == 0
    engine.dispose()
