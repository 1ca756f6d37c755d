"""Who listens to queries may change them; a session's own class of queries; results kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.orm.shop import Mail, Person, counted
from toolkit import event, inspect, select
from toolkit.orm import Query, QueryEvents, Session, merge_frozen_result
from toolkit.orm.query import BulkDelete, BulkUD, BulkUpdate


class ShopQuery(Query[Any]):
    """Queries of one test, so that nobody else is listened to."""

    def late(self) -> ShopQuery:
        return self.filter(Person.id > 1)


@pytest.fixture
def own(session: Session) -> Iterator[Session]:
    with Session(session.get_bind(), query_cls=ShopQuery) as own:
        yield own


@pytest.fixture
def listening() -> Iterator[Any]:
    heard: list[tuple[str, Any]] = []

    def listen(name: str, function: Any) -> None:
        event.listen(ShopQuery, name, function, retval=True)
        heard.append((name, function))

    yield listen
    for name, function in heard:
        event.remove(ShopQuery, name, function)


def test_a_session_has_queries_of_a_class_of_ones_own(own: Session) -> None:
    assert [one.id for one in own.query(Person).late().order_by(Person.id)] == [2, 3]


def test_before_compile_changes_what_is_asked(own: Session, listening: Any) -> None:
    def only_late(query: Any) -> Any:
        wanted = [one["entity"] for one in query.column_descriptions]
        return query.enable_assertions(False).filter(Person.id > 1) if Person in wanted else query

    listening("before_compile", only_late)
    assert own.query(Person).count() == 2
    assert own.query(Person).order_by(Person.id).limit(1).one().id == 2
    assert "WHERE shop_person.id >" in str(own.query(Person))
    assert own.query(Mail).count() == 5


def test_before_compile_update_and_delete_see_what_is_done(own: Session, listening: Any) -> None:
    def rename(query: Any, context: Any) -> Any:
        context.values["name"] = "listened"
        return query.filter(Person.id == 2)

    listening("before_compile_update", rename)
    listening("before_compile_delete", lambda query, _: query.filter(Mail.id == 20))
    assert own.query(Person).update({"name": "said"}) == 1
    assert own.get_one(Person, 2).name == "listened"
    assert own.query(Mail).delete() == 1
    own.rollback()


def test_what_is_done_is_told_with_its_query_and_class(own: Session, listening: Any) -> None:
    told: list[BulkUD] = []
    listening("before_compile_update", lambda _, context: told.append(context))
    listening("before_compile_delete", lambda _, context: told.append(context))
    own.query(Person).filter(Person.id == 9).update({"name": "x"})
    own.query(Mail).filter(Mail.id == 9).delete()
    changed, gone = told
    assert isinstance(changed, BulkUpdate)
    assert isinstance(gone, BulkDelete)
    assert (changed.values, changed.mapper, changed.session) == (
        {"name": "x"},
        inspect(Person),
        own,
    )
    assert (gone.mapper, gone.query.session) == (inspect(Mail), own)


@pytest.mark.parametrize(
    "name", ["before_compile", "before_compile_update", "before_compile_delete"]
)
def test_the_events_of_queries_have_names(name: str) -> None:
    assert callable(getattr(QueryEvents, name))


def test_a_kept_result_is_merged_without_a_query(session: Session) -> None:
    kept = session.execute(select(Person, Person.name).order_by(Person.id)).freeze()
    with Session(session.get_bind()) as other, counted(session.get_bind()) as sent:
        rows = merge_frozen_result(other, select(Person, Person.name), kept, load=False)().all()
        assert [(one.id, name, one in other) for one, name in rows] == [
            (1, "p1", True),
            (2, "p2", True),
            (3, "p3", True),
        ]
    assert sent == []


def test_a_kept_result_is_loaded_if_that_is_wanted(session: Session) -> None:
    kept = session.execute(select(Person).where(Person.id == 2)).freeze()
    with Session(session.get_bind()) as other:
        (found,) = merge_frozen_result(other, select(Person), kept)().scalars().all()
        assert found is other.get(Person, 2)


def test_a_listener_answers_from_what_it_kept(session: Session) -> None:
    """The documented way to cache: freeze what came, and merge it into the session that asks."""
    kept: dict[str, Any] = {}

    def from_cache(state: Any) -> Any:
        key = state.execution_options.get("kept_as")
        if key is None:
            return None
        if key not in kept:
            kept[key] = state.invoke_statement().freeze()
        return merge_frozen_result(state.session, state.statement, kept[key], load=False)()

    asked = select(Person, Mail.text).join(Person.mails).order_by(Mail.id)
    counts = []
    for _ in range(2):
        with Session(session.get_bind()) as own, counted(session.get_bind()) as sent:
            event.listen(own, "do_orm_execute", from_cache)
            rows = own.execute(asked, execution_options={"kept_as": "mails"}).all()
            assert [(one.name, text, one in own) for one, text in rows][:1] == [("p2", "m20", True)]
            counts.append(len(sent))
    assert counts == [1, 0]
