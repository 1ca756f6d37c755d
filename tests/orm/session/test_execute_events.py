"""``do_orm_execute``: what listeners know of a statement, and what they can make of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.orm.session.family import Child, Parent
from toolkit import bindparam, delete, event, insert, select, text, update
from toolkit.exc import InvalidRequestError
from toolkit.orm import (
    ORMExecuteState,
    Session,
    UserDefinedOption,
    selectinload,
    with_loader_criteria,
)

pytestmark = pytest.mark.backend("sqlite", "postgresql-18", "mysql-9")


@pytest.fixture
def filled(session: Session) -> Session:
    session.add_all(
        [Parent(id=101, name="a", children=[Child(name="x")]), Parent(id=102, name="b")]
    )
    session.commit()
    session.expunge_all()
    return session


@pytest.fixture
def asked(filled: Session) -> list[ORMExecuteState]:
    found: list[ORMExecuteState] = []

    @event.listens_for(filled, "do_orm_execute")
    def note(state: ORMExecuteState) -> None:
        found.append(state)

    return found


KINDS: dict[str, tuple[Any, set[str]]] = {
    "select": (select(Parent), {"select", "orm_statement"}),
    "of a table": (select(Parent.__table__), {"select"}),
    "text": (text("select 1"), set()),
    "from text": (
        select(Parent).from_statement(text("select * from of_parent")),
        {"from_statement", "orm_statement"},
    ),
    "insert": (insert(Parent).values(name="new"), {"insert", "orm_statement"}),
    "update": (
        update(Parent).where(Parent.id == 101).values(name="new").where(Parent.id == 9),
        {"update", "orm_statement"},
    ),
    "delete": (delete(Child), {"delete", "orm_statement"}),
}
ASKED = ("select", "insert", "update", "delete", "from_statement", "orm_statement")


@pytest.mark.parametrize(("statement", "kinds"), KINDS.values(), ids=list(KINDS))
def test_listeners_know_what_a_statement_is(
    statement: Any, kinds: set[str], filled: Session, asked: list[ORMExecuteState]
) -> None:
    filled.execute(statement)
    (state,) = asked
    assert {kind for kind in ASKED if getattr(state, f"is_{kind}")} == kinds
    about = Child if kinds >= {"delete"} else Parent
    mapper = about.__mapper__ if "orm_statement" in kinds else None
    assert state.bind_mapper is mapper
    assert state.all_mappers == ([] if mapper is None else [mapper])
    if not state.is_select:
        with pytest.raises(InvalidRequestError, match="not against a SELECT"):
            _ = state.load_options
    if not (state.is_update or state.is_delete):
        with pytest.raises(InvalidRequestError, match="not against an UPDATE or DELETE"):
            _ = state.update_delete_options


def test_listeners_know_why_something_is_loaded(
    filled: Session, asked: list[ORMExecuteState]
) -> None:
    parent = filled.scalars(select(Parent).where(Parent.id == 101)).one()
    assert [one.name for one in parent.children] == ["x"]
    filled.expire(parent)
    _ = parent.name
    filled.refresh(parent)
    filled.expunge_all()
    filled.scalars(select(Parent).options(selectinload(Parent.children))).all()
    told = [
        (one.is_column_load, one.is_relationship_load, one.lazy_loaded_from is not None)
        for one in asked
    ]
    assert told == [
        (False, False, False),
        (False, True, True),
        (True, False, False),
        (True, False, False),
        (False, False, False),
        (False, True, False),
    ]
    mapper, prop = asked[1].loader_strategy_path[-2:]
    assert (mapper, prop.key) == (Parent.__mapper__, "children")


def test_listeners_may_change_the_statement(filled: Session) -> None:
    @event.listens_for(filled, "do_orm_execute")
    def only_b(state: ORMExecuteState) -> None:
        if state.is_select and not (state.is_column_load or state.is_relationship_load):
            criteria = with_loader_criteria(Parent, Parent.name == "b")
            state.statement = state.statement.options(criteria)

    assert [one.name for one in filled.scalars(select(Parent))] == ["b"]
    assert [one.name for one in filled.query(Parent)] == ["b"]
    assert filled.get(Parent, 101) is None


def test_listeners_may_answer_in_place_of_the_database(filled: Session) -> None:
    kept: dict[str, Callable[[], Any]] = {}

    class Kept(UserDefinedOption):
        pass

    @event.listens_for(filled, "do_orm_execute")
    def answer(state: ORMExecuteState) -> Any:
        for option in state.user_defined_options:
            if option.payload not in kept:
                kept[option.payload] = state.invoke_statement().freeze()
            return kept[option.payload]()
        return None

    names = select(Parent.name).order_by(Parent.id)
    for _ in range(2):
        assert filled.scalars(names.options(Kept("names"))).all() == ["a", "b"]
        filled.execute(text("delete from of_child"))
        filled.execute(text("delete from of_parent"))
    assert filled.scalars(names.options(Kept("others"))).all() == []


def test_listeners_may_change_parameters_and_options(filled: Session) -> None:
    heard: list[Any] = []

    @event.listens_for(filled, "do_orm_execute")
    def change(state: ORMExecuteState) -> Any:
        state.update_execution_options(said="by the first")
        return state.invoke_statement(params={"q": 102}, execution_options={"more": 1})

    @event.listens_for(filled, "do_orm_execute")
    def note(state: ORMExecuteState) -> None:
        heard.append((state.parameters, dict(state.execution_options)))

    found = filled.scalars(select(Parent.name).where(Parent.id == bindparam("q")), {"q": 101})
    assert found.all() == ["b"]
    assert heard == [({"q": 102}, {"said": "by the first", "more": 1})]


def test_options_of_users_own_go_on_to_what_is_loaded_later(
    filled: Session, asked: list[ORMExecuteState]
) -> None:
    class Here(UserDefinedOption):
        pass

    class Everywhere(UserDefinedOption):
        propagate_to_loaders = True

    for payload in ("first", "second"):
        filled.expunge_all()
        asked.clear()
        statement = select(Parent).options(Here(payload), Everywhere(payload))
        for parent in filled.scalars(statement).all():
            _ = parent.children
        told = [[one.payload for one in state.user_defined_options] for state in asked]
        assert told == [[payload, payload], [payload], [payload]]


def test_executing_many_is_told(filled: Session, asked: list[ORMExecuteState]) -> None:
    filled.execute(insert(Parent), [{"name": "x"}, {"name": "y"}])
    filled.execute(text("select 1"))
    assert [one.is_executemany for one in asked] == [True, False]
