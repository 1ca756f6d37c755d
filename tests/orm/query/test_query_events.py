"""Who listens to queries may change them; a session's own class of queries; results kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.orm.shop import Mail, Person, counted
from toolkit import event, select
from toolkit.orm import Query, Session, merge_frozen_result


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
    assert own.get(Person, 2).name == "listened"
    assert own.query(Mail).delete() == 1
    own.rollback()


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
