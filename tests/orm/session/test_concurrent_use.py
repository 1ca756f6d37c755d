"""A session is for one thread at a time, and says so."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.orm.session.family import Parent
from toolkit import Engine, event, text
from toolkit.exc import IllegalStateChangeError, InvalidRequestError
from toolkit.orm import Session

pytestmark = pytest.mark.backend("sqlite", "postgresql-18")


def in_thread(work: Any) -> BaseException | None:
    """Do something in another thread, and return what it raises."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - it is what is asked for
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    return raised[0] if raised else None


def test_closing_while_another_thread_connects_is_refused(engine: Engine) -> None:
    session = Session(engine)
    found: list[BaseException | None] = []

    @event.listens_for(session, "after_begin")
    def meanwhile(told: Any, transaction: Any, connection: Any) -> None:
        found.append(in_thread(session.close))

    assert session.scalar(text("select 1")) == 1
    (error,) = found
    assert isinstance(error, IllegalStateChangeError)
    assert "close()" in str(error)
    assert "_connection_for_bind()" in str(error)
    session.close()


@pytest.mark.parametrize("method", ["commit", "rollback", "close"])
def test_ending_while_another_thread_commits_is_refused(method: str, engine: Engine) -> None:
    session = Session(engine)
    found: list[BaseException | None] = []

    @event.listens_for(session, "before_commit", once=True)
    def meanwhile(told: Any) -> None:
        found.append(in_thread(getattr(session, method)))

    session.add(Parent(name="p"))
    session.commit()
    assert isinstance(found[0], IllegalStateChangeError)
    assert session.scalar(text("select count(*) from of_parent")) == 1
    session.close()


def test_flushing_while_another_thread_flushes_is_refused(engine: Engine) -> None:
    session = Session(engine)
    found: list[BaseException | None] = []

    @event.listens_for(session, "before_flush", once=True)
    def meanwhile(told: Any, context: Any, instances: Any) -> None:
        found.append(in_thread(session.flush))

    session.add(Parent(name="p"))
    session.flush()
    assert isinstance(found[0], InvalidRequestError)
    assert "already flushing" in str(found[0])
    session.close()


def test_using_a_session_that_is_connecting_is_refused(engine: Engine) -> None:
    session = Session(engine)
    found: list[BaseException | None] = []

    @event.listens_for(engine, "begin")
    def meanwhile(connection: Any) -> None:
        found.append(in_thread(lambda: session.execute(text("select 1"))))

    session.connection()
    event.remove(engine, "begin", meanwhile)
    assert isinstance(found[0], IllegalStateChangeError)
    assert "provisioning a new connection" in str(found[0])
    session.close()
