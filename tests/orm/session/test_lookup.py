"""Finding objects by keys, expiring and refreshing them, and when a session flushes for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.orm.session.family import Child, Parent
from toolkit import Engine, event, inspect, select, text
from toolkit.exc import ArgumentError, InvalidRequestError, NoResultFound
from toolkit.orm import Session, aliased, selectinload
from toolkit.orm.exc import ObjectDeletedError

pytestmark = pytest.mark.backend("sqlite", "postgresql-18", "mysql-9")


@pytest.fixture
def parent(session: Session) -> Parent:
    made = Parent(id=101, name="p", children=[Child(name="a")])
    session.add_all([made, Parent(id=102, name="q")])
    session.commit()
    return made


@pytest.fixture
def sent(engine: Engine) -> list[str]:
    found: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        found.append(statement)

    return found


def test_what_is_there_is_found_without_a_query(
    session: Session, parent: Parent, sent: list[str]
) -> None:
    assert parent.name == "p"
    sent.clear()
    for ident in (101, (101,), {"id": 101}):
        assert session.get(Parent, ident) is parent
    assert sent == []
    assert session.get(Parent, 99) is None


def test_get_takes_options_and_loads_anew(
    session: Session, parent: Parent, sent: list[str]
) -> None:
    session.expunge_all()
    found = session.get_one(Parent, 101, options=[selectinload(Parent.children)])
    assert "children" in inspect(found).dict
    session.execute(text("update of_parent set name = 'outside' where id = 101"))
    assert session.get_one(Parent, 101).name == "p"
    assert session.get_one(Parent, 101, populate_existing=True).name == "outside"


@pytest.mark.backend("postgresql-18", "mysql-9")
def test_rows_are_locked_if_that_is_said(session: Session, parent: Parent, sent: list[str]) -> None:
    session.get(Parent, 101, with_for_update=True)
    session.get(Parent, 101, with_for_update={"nowait": True})
    session.refresh(parent, with_for_update={"read": True})
    session.refresh(parent, ["name"], with_for_update=True)
    shown = [one for one in sent if "FOR " in one]
    assert ["NOWAIT" in one for one in shown] == [False, True, False, False]
    assert len(shown) == 4
    with pytest.raises(ArgumentError, match="blank dictionary"):
        session.refresh(parent, with_for_update={})


@pytest.mark.parametrize(
    ("ident", "message"),
    [((1, 2), "number of values"), ({"idd": 1}, "'id'"), ({"id": 1, "name": 2}, "number")],
)
def test_a_key_that_is_none_is_refused(session: Session, ident: Any, message: str) -> None:
    with pytest.raises(InvalidRequestError, match=message):
        session.get(Parent, ident)


def test_what_has_no_key_is_refused(session: Session) -> None:
    for wrong in (aliased(Parent), Parent(), Parent.__table__, "Parent"):
        with pytest.raises(ArgumentError, match="mapped class"):
            session.get(wrong, 1)
    with pytest.raises(NoResultFound) as found:
        session.get_one(Parent, 99)
    assert "Parent" in str(found.value)
    assert "99" in str(found.value)


def test_expired_attributes_come_back_and_changes_of_them_are_lost(
    session: Session, parent: Parent
) -> None:
    parent.name = "changed"
    session.expire(parent, ["name"])
    assert parent not in session.dirty
    assert parent.name == "p"
    child = parent.children[0]
    session.expire(parent)
    assert inspect(child).expired_attributes == {"id", "name", "parent_id"}


def test_a_pending_child_goes_with_the_collection_it_was_added_to(
    session: Session, parent: Parent
) -> None:
    new = Child(name="new")
    parent.children.append(new)
    session.expire(parent)
    assert inspect(new).transient
    assert [one.name for one in parent.children] == ["a"]


def test_refresh_loads_at_once_what_it_is_told(
    session: Session, parent: Parent, sent: list[str]
) -> None:
    assert parent.children[0].name == "a"
    session.execute(text("update of_parent set name = 'outside' where id = 101"))
    session.execute(text("update of_child set name = 'outside'"))
    session.refresh(parent, ["name", "children"])
    assert inspect(parent).dict["name"] == "outside"
    assert "children" in inspect(parent).dict
    parent.name = "lost"
    session.refresh(parent)
    assert (parent.name, parent in session.dirty) == ("outside", False)


def test_what_is_not_in_the_session_or_has_no_row_cannot_be_refreshed(
    session: Session, parent: Parent
) -> None:
    for outside in (Parent(name="new"), session.get_one(Parent, 102)):
        if outside in session:
            session.delete(outside)
            session.flush()
        for method in (session.refresh, session.expire):
            with pytest.raises(InvalidRequestError, match="is not persistent within this Session"):
                method(outside)
    session.execute(text("delete from of_child"))
    session.execute(text("delete from of_parent"))
    with pytest.raises(InvalidRequestError, match="Could not refresh instance"):
        session.refresh(parent)
    with pytest.raises(ObjectDeletedError):
        _ = parent.name


def test_names_of_attributes_are_checked(session: Session, parent: Parent) -> None:
    with pytest.raises(InvalidRequestError, match=r"Parent.*'nane'"):
        session.refresh(parent, ["nane"])
    with pytest.raises(ArgumentError, match="list of names"):
        session.expire(parent, "name")


READS: dict[str, Callable[[Session, Parent], object]] = {
    "execute": lambda session, parent: session.execute(text("select 1")),
    "scalars": lambda session, parent: session.scalars(select(Child)).all(),
    "query": lambda session, parent: session.query(Child).all(),
    "get": lambda session, parent: session.get(Parent, 99),
    "merge": lambda session, parent: session.merge(Parent(id=101)),
    "refresh": lambda session, parent: session.refresh(parent),
    "expired attribute": lambda session, parent: parent.name,
    "lazy load": lambda session, parent: parent.children,
}


@pytest.mark.parametrize("read", READS.values(), ids=list(READS))
def test_a_read_flushes_first_unless_that_is_off(
    read: Callable[[Session, Parent], object], session: Session, parent: Parent
) -> None:
    other = session.get_one(Parent, 102)
    for number, flushes in enumerate((True, False)):
        session.expire(parent)
        other.name = f"changed {number}"
        if flushes:
            read(session, parent)
        else:
            with session.no_autoflush:
                read(session, parent)
        assert (other not in session.dirty) is flushes


def test_an_error_of_an_autoflush_says_what_it_was(session: Session, parent: Parent) -> None:
    session.add(Parent(name="p"))
    with pytest.raises(Exception, match="Query-invoked autoflush"):
        session.scalars(select(Parent)).all()


def test_a_statement_may_say_that_it_does_not_flush(session: Session, parent: Parent) -> None:
    session.add(Parent(name="new"))
    found = select(Parent.name).where(Parent.name == "new")
    assert session.scalars(found.execution_options(autoflush=False)).all() == []
    assert session.scalars(found, execution_options={"autoflush": False}).all() == []
    assert session.scalars(found).all() == ["new"]
