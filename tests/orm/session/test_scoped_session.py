"""The session of the present scope, and all sessions that there are."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.orm.session.family import Parent
from toolkit import Engine, create_engine, event, text
from toolkit.exc import InvalidRequestError
from toolkit.orm import (
    DeclarativeBase,
    Mapped,
    Query,
    Session,
    close_all_sessions,
    mapped_column,
    scoped_session,
    sessionmaker,
)


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    Parent.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def present(engine: Engine) -> Iterator[scoped_session[Session]]:
    scoped = scoped_session(sessionmaker(engine))
    yield scoped
    scoped.remove()


def test_all_public_methods_of_a_session_are_passed_on(present: scoped_session[Session]) -> None:
    own = {"event_dispatches", "event_families", "connection_callable", "dispatch", "prepare"}
    for name in dir(Session):
        if not name.startswith("_") and name not in own:
            assert hasattr(type(present), name), name
    for name in ("add", "execute", "get", "merge", "flush"):
        assert inspect.signature(getattr(scoped_session, name)) == inspect.signature(
            getattr(Session, name)
        )


def test_it_works_on_the_present_session(present: scoped_session[Session]) -> None:
    parent = Parent(name="p")
    present.add(parent)
    assert parent in present
    assert list(present.new) == [parent]
    present.commit()
    assert present.scalar(text("select name from of_parent")) == "p"
    assert present() is present()
    present.autoflush = False
    assert present().autoflush is False


def test_removing_closes_and_forgets(present: scoped_session[Session]) -> None:
    first = present()
    first.begin()
    present.remove()
    assert not first.in_transaction()
    assert not present.registry.has()
    assert present() is not first


def test_each_thread_has_its_own(present: scoped_session[Session]) -> None:
    found: list[Session] = []
    thread = threading.Thread(target=lambda: found.append(present()))
    thread.start()
    thread.join()
    assert found[0] is not present()


def test_a_function_may_say_what_is_present(engine: Engine) -> None:
    scopes = ["a"]
    scoped = scoped_session(sessionmaker(engine), scopefunc=lambda: scopes[0])
    first = scoped()
    scopes[0] = "b"
    second = scoped()
    assert second is not first
    scoped.registry.set(first)
    assert scoped() is first


def test_arguments_are_for_a_session_that_is_not_there_yet(
    present: scoped_session[Session],
) -> None:
    assert present(expire_on_commit=False).expire_on_commit is False
    with pytest.raises(InvalidRequestError, match="already present"):
        present(expire_on_commit=True)
    with pytest.warns(match="already present"):
        present.configure(expire_on_commit=True)
    present.remove()
    assert present().expire_on_commit is True


def test_classes_may_have_queries_of_the_present_session(
    present: scoped_session[Session],
) -> None:
    class Named(Query[Any]):
        def named(self, name: str) -> object:
            return self.filter_by(name=name)

    class Base(DeclarativeBase):
        query = present.query_property()
        named = present.query_property(Named)

    class Asked(Base):
        __tablename__ = "of_asked"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    Base.metadata.create_all(present.get_bind())
    present.add(Asked(name="p"))
    assert Asked.query.one().name == "p"
    assert Asked.named.named("p").count() == 1


def test_listeners_hear_the_sessions_of_its_maker_and_no_others(
    present: scoped_session[Session], engine: Engine
) -> None:
    heard: list[object] = []

    @event.listens_for(present, "after_begin")
    def note(session: object, transaction: object, connection: object) -> None:
        heard.append(session)

    present.connection()
    with Session(engine) as other:
        other.connection()
    assert heard == [present()]


def test_all_sessions_may_be_closed_at_once(engine: Engine) -> None:
    sessions = [Session(engine), sessionmaker(engine)()]
    for session in sessions:
        session.begin()
    close_all_sessions()
    assert [session.in_transaction() for session in sessions] == [False, False]
