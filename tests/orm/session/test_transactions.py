"""Transactions of sessions: blocks, failures, and what a session can do after them."""

from __future__ import annotations

import pytest

from tests.orm.session.family import Parent
from toolkit import Engine, create_engine, event, inspect, select, text
from toolkit.exc import (
    IllegalStateChangeError,
    IntegrityError,
    InvalidRequestError,
    PendingRollbackError,
)
from toolkit.orm import Session, SessionTransactionOrigin, sessionmaker
from toolkit.orm.session import SessionTransactionState

pytestmark = pytest.mark.backend("sqlite", "postgresql-18", "mysql-9")


def names(engine: Engine) -> list[str | None]:
    with Session(engine) as session:
        return list(session.scalars(select(Parent.name).order_by(Parent.name)))


def test_a_block_commits_and_an_error_in_it_rolls_back(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        session.add(Parent(name="kept"))

    def failing() -> None:
        with Session(engine) as session, session.begin():
            session.add(Parent(name="lost"))
            raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        failing()
    assert names(engine) == ["kept"]


def test_nothing_goes_on_in_a_block_whose_transaction_has_ended(session: Session) -> None:
    with session.begin():
        session.commit()
        with pytest.raises(InvalidRequestError, match="inside context manager"):
            session.execute(text("select 1"))
    assert session.scalar(text("select 1")) == 1


def test_a_session_left_without_a_commit_has_written_nothing(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(Parent(name="lost"))
        session.flush()
    assert names(engine) == []


def test_a_failed_flush_says_why_until_the_rollback(engine: Engine) -> None:
    with Session(engine) as session:
        kept = Parent(name="same")
        session.add(kept)
        session.commit()
        new = Parent(name="same")
        session.add(new)
        kept.name = "changed"
        session.add(Parent(name="changed"))
        with pytest.raises(IntegrityError) as first:
            session.flush()
        # Objects are as they were at once, the session once it is told to roll back.
        assert inspect(new).transient
        active = [session.is_active]
        for again in (
            lambda: session.execute(text("select 1")),
            lambda: session.get(Parent, 99),
            session.begin_nested,
            session.commit,
        ):
            with pytest.raises(PendingRollbackError, match="Original exception was") as found:
                again()
            assert str(first.value.orig) in str(found.value)
        session.rollback()
        active.append(session.is_active)
        assert active == [False, True]
        assert kept.name == "same"
        session.add(Parent(name="after"))
        session.commit()
    assert names(engine) == ["after", "same"]


def test_what_was_changed_after_the_failure_is_discarded_with_a_warning(session: Session) -> None:
    session.add(Parent(name="same"))
    session.commit()
    session.add(Parent(name="same"))
    with pytest.raises(IntegrityError):
        session.flush()
    session.add(Parent(name="later"))
    with pytest.warns(match="non-active transaction"):
        session.rollback()
    assert len(session.new) == 0


@pytest.mark.backend("sqlite", "mysql-9")
def test_a_failed_statement_is_no_failed_flush(engine: Engine) -> None:
    # PostgreSQL would refuse everything until the rollback.
    with Session(engine) as session:
        with pytest.raises(Exception, match="nope"):
            session.execute(text("select nope"))
        assert session.scalar(text("select 1")) == 1


def test_a_refusal_names_the_state_that_a_call_would_lead_to(session: Session) -> None:
    @event.listens_for(session, "before_commit", once=True)
    def meanwhile(session: Session) -> None:
        with pytest.raises(IllegalStateChangeError) as found:
            session.rollback()
        assert repr(SessionTransactionState.CLOSED) in str(found.value)

    session.add(Parent(name="p"))
    session.commit()


def test_a_session_begins_when_it_is_used(session: Session) -> None:
    assert not session.in_transaction()
    parent = Parent(name="p")
    session.add(parent)
    whole = session.get_transaction()
    assert whole is not None
    assert whole.origin is SessionTransactionOrigin.AUTOBEGIN
    session.commit()
    assert not session.in_transaction()
    _ = parent.name
    session.rollback()
    parent.name = "q"
    assert session.in_transaction()
    session.rollback()
    assert parent.name == "p"


def test_a_session_that_must_be_begun_says_so(engine: Engine) -> None:
    with Session(engine, autobegin=False) as session:
        with pytest.raises(InvalidRequestError, match="Autobegin is disabled"):
            session.execute(text("select 1"))
        with session.begin():
            parent = Parent(name="p")
            session.add(parent)
        with pytest.raises(InvalidRequestError, match="Autobegin is disabled"):
            parent.name = "q"
        with session.begin():
            assert parent.name == "p"


def test_a_session_may_be_closed_for_good(engine: Engine) -> None:
    session = Session(engine, close_resets_only=False)
    session.reset()
    assert session.scalar(text("select 1")) == 1
    session.close()
    for use in (session.begin, session.connection, lambda: session.add(Parent())):
        with pytest.raises(InvalidRequestError, match="permanently closed"):
            use()


def test_closing_lets_objects_go_and_invalidating_the_connection_too(engine: Engine) -> None:
    session = Session(engine)
    parent = Parent(name="p")
    session.add(parent)
    session.flush()
    raw = session.connection().connection.dbapi_connection
    session.invalidate()
    assert inspect(parent).detached
    assert session.connection().connection.dbapi_connection is not raw
    session.close()


def test_a_maker_begins_commits_and_closes(engine: Engine) -> None:
    make: sessionmaker[Session] = sessionmaker(engine, info={"of": "maker"})
    with make.begin() as session:
        session.add(Parent(name="p"))
        assert session.info == {"of": "maker"}
    assert not session.in_transaction()
    assert make(info={"and": "own"}).info == {"of": "maker", "and": "own"}
    assert names(engine) == ["p"]


@pytest.mark.backend("postgresql-18", "mysql-9")
def test_isolation_is_of_one_transaction_or_of_the_session(engine: Engine) -> None:
    with Session(engine) as session:
        default = session.connection().get_isolation_level()
        session.rollback()
        connection = session.connection(execution_options={"isolation_level": "SERIALIZABLE"})
        assert connection.get_isolation_level() == "SERIALIZABLE"
        session.commit()
        assert session.connection().get_isolation_level() == default
    with Session(engine, execution_options={"isolation_level": "SERIALIZABLE"}) as session:
        assert session.connection().get_isolation_level() == "SERIALIZABLE"


class Interrupted(BaseException):
    """As Ctrl-C, or the cancellation of a task."""


def test_an_interruption_while_a_session_closes_arrives_when_its_connections_are_back() -> None:
    first, second = create_engine("sqlite://"), create_engine("sqlite://")
    session = Session()
    for engine in (first, second):
        session.connection(bind_arguments={"bind": engine}).exec_driver_sql("select 1")
        event.listen(engine, "rollback", interrupt)
    with pytest.raises(Interrupted):
        session.close()
    assert not session.in_transaction()
    for engine in (first, second):
        event.remove(engine, "rollback", interrupt)
        assert engine.pool.checkedout() == 0
        engine.dispose()
    session.close()


def interrupt(connection: object) -> None:
    raise Interrupted
