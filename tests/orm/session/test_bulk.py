"""Bulk writing past the unit of work, with all that can be said to it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.orm.session.family import Cat, Child, Counted, Parent
from toolkit import Engine, event, func, inspect, select, text
from toolkit.exc import IntegrityError, InvalidRequestError, PendingRollbackError
from toolkit.orm import Session
from toolkit.orm.exc import StaleDataError, UnmappedClassError

pytestmark = pytest.mark.backend("sqlite", "postgresql-18", "mysql-9")


def all_of(session: Session, columns: str, table: str) -> list[tuple[Any, ...]]:
    found = session.execute(text(f"select {columns} from {table} order by id"))
    return [tuple(row) for row in found]


def test_objects_are_written_and_stay_as_they_are(session: Session) -> None:
    objects = [Parent(name="a", children=[Child(name="never")]), Parent(name="b")]
    session.bulk_save_objects(objects)
    assert all_of(session, "name", "of_parent") == [("a",), ("b",)]
    assert all_of(session, "name", "of_child") == []
    assert [inspect(one).transient for one in objects] == [True, True]


def test_keys_come_back_to_objects_that_want_them(session: Session) -> None:
    parents = [Parent(name="a"), Parent(name="b")]
    cat = Cat(name="tom", purrs=3)
    session.bulk_save_objects([*parents, cat], return_defaults=True)
    assert [(one.id, one.name) for one in parents] == all_of(session, "id, name", "of_parent")
    assert all_of(session, "id, purrs", "of_cat") == [(cat.id, 3)]
    assert [inspect(one).detached for one in (*parents, cat)] == [True, True, True]


def test_objects_with_rows_are_updated(session: Session) -> None:
    a, b = Parent(name="a"), Parent(name="b")
    session.add_all([a, b])
    session.commit()
    session.expunge_all()
    a, b = session.scalars(select(Parent).order_by(Parent.id))
    session.expunge_all()
    a.name = "A"
    session.bulk_save_objects([a, b, Parent(name="c")])
    assert all_of(session, "name", "of_parent") == [("A",), ("b",), ("c",)]
    session.execute(text("update of_parent set name = 'x' where name = 'b'"))
    session.bulk_save_objects([b], update_changed_only=False)
    assert all_of(session, "name", "of_parent") == [("A",), ("b",), ("c",)]


def test_objects_that_nobody_else_holds_are_written(session: Session) -> None:
    session.bulk_save_objects(Parent(name=f"p{number}") for number in range(3))
    assert all_of(session, "name", "of_parent") == [("p0",), ("p1",), ("p2",)]


def test_objects_of_one_class_go_together_if_the_order_does_not_count(
    session: Session, engine: Engine
) -> None:
    sent: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement.split()[2])

    objects = [Parent(name="a"), Child(name="x"), Parent(name="b"), Child(name="y")]
    session.bulk_save_objects(objects)
    assert sent == ["of_parent", "of_child", "of_parent", "of_child"]
    sent.clear()
    objects = [Parent(name="c"), Child(name="x"), Parent(name="d"), Child(name="y")]
    session.bulk_save_objects(objects, preserve_order=False)
    assert sorted(sent) == ["of_child", "of_parent"]


def test_none_is_left_to_the_server_unless_nulls_are_rendered(session: Session) -> None:
    session.bulk_insert_mappings(Counted, [{"value": 1, "made": None}, {"value": 2, "made": 7}])
    session.bulk_insert_mappings(Counted, [{"value": 3, "made": None}], render_nulls=True)
    assert all_of(session, "value, made, version", "of_counted") == [
        (1, 5, 1),
        (2, 7, 1),
        (3, None, 1),
    ]


def test_keys_come_back_to_dictionaries_that_want_them(session: Session) -> None:
    rows: list[dict[str, Any]] = [{"name": "tom", "purrs": 1}, {"name": "tim", "purrs": 2}]
    session.bulk_insert_mappings(Cat, rows, return_defaults=True)
    assert all_of(session, "id, purrs", "of_cat") == [(rows[0]["id"], 1), (rows[1]["id"], 2)]
    kinds = {kind for (kind,) in all_of(session, "kind", "of_animal")}
    assert kinds == {"cat"}
    silent: list[dict[str, Any]] = [{"name": "q"}]
    session.bulk_insert_mappings(Parent, silent)
    assert silent == [{"name": "q"}]


def test_expressions_are_written_row_by_row(session: Session) -> None:
    session.bulk_insert_mappings(Parent, [{"name": func.upper("a")}, {"name": "b"}])
    assert all_of(session, "name", "of_parent") == [("A",), ("b",)]


def test_rows_are_updated_by_their_keys_in_all_tables(session: Session) -> None:
    rows: list[dict[str, Any]] = [{"name": "tom", "purrs": 1}, {"name": "tim", "purrs": 2}]
    session.bulk_insert_mappings(Cat, rows, return_defaults=True)
    first, second = rows[0]["id"], rows[1]["id"]
    session.bulk_update_mappings(
        Cat, [{"id": first, "name": "TOM", "purrs": 9}, {"id": second, "purrs": 8}]
    )
    assert all_of(session, "name", "of_animal") == [("TOM",), ("tim",)]
    assert all_of(session, "purrs", "of_cat") == [(9,), (8,)]


def test_an_update_checks_the_version_and_counts_it(session: Session) -> None:
    session.bulk_insert_mappings(Counted, [{"id": 1, "value": 1}])
    session.bulk_update_mappings(Counted, [{"id": 1, "value": 2, "version": 1}])
    assert all_of(session, "value, version", "of_counted") == [(2, 2)]
    session.commit()
    with pytest.raises(StaleDataError, match="of_counted"):
        session.bulk_update_mappings(Counted, [{"id": 1, "value": 3, "version": 1}])
    session.rollback()
    with pytest.raises(InvalidRequestError, match=r"Counted\.version"):
        session.bulk_update_mappings(Counted, [{"id": 1, "value": 3}])


def test_an_error_needs_a_rollback_as_a_failed_flush_does(session: Session) -> None:
    session.bulk_insert_mappings(Parent, [{"name": "a"}])
    session.commit()
    with pytest.raises(IntegrityError):
        session.bulk_insert_mappings(Parent, [{"name": "b"}, {"name": "a"}])
    with pytest.raises(PendingRollbackError):
        session.execute(text("select 1"))
    session.rollback()
    assert all_of(session, "name", "of_parent") == [("a",)]


def test_bad_input_is_named_before_anything_is_sent(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match=r"of_parent\.id"):
        session.bulk_update_mappings(Parent, [{"name": "x"}])
    session.rollback()
    with pytest.raises(UnmappedClassError):
        session.bulk_insert_mappings(object, [{"name": "x"}])
    with pytest.warns(match="'nane'.*'name'"):
        session.bulk_insert_mappings(Parent, [{"nane": "x"}])
