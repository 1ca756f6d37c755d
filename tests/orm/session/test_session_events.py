"""What listeners to sessions are told, when, and that nobody pays for silence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.orm.session.family import Child, Parent
from toolkit import Engine, event, inspect, select, text
from toolkit.exc import IntegrityError, InvalidRequestError
from toolkit.orm import Session, SessionEvents, SessionTransaction, sessionmaker
from toolkit.orm.session import SessionTransactionOrigin

pytestmark = pytest.mark.backend("sqlite", "postgresql-18", "mysql-9")
NAMES = sorted(
    SessionEvents.events() - {"do_orm_execute", "after_bulk_update", "after_bulk_delete"}
)


class Heard:
    """What was told, in order."""

    def __init__(self, target: Any, names: list[str] = NAMES) -> None:
        self.told: list[str] = []
        for name in names:
            event.listen(target, name, self.listener(name))

    def listener(self, name: str) -> Any:
        def hear(*told: Any) -> None:
            shown = [inspect(one).dict.get("name") for one in told if hasattr(one, "__mapper__")]
            self.told.append(" ".join([name, *map(str, shown)]))

        return hear

    def all(self) -> list[str]:
        found, self.told = self.told, []
        return found


@pytest.fixture
def heard(session: Session) -> Heard:
    return Heard(session)


def test_a_life_of_an_object_is_told(session: Session, heard: Heard) -> None:
    parent = Parent(name="p")
    session.add(parent)
    assert heard.all() == [
        "after_transaction_create",
        "before_attach p",
        "after_attach p",
        "transient_to_pending p",
    ]
    session.commit()
    assert heard.all() == [
        "before_commit",
        "before_flush",
        "after_transaction_create",
        "after_begin",
        "after_flush",
        "pending_to_persistent p",
        "after_flush_postexec",
        "after_transaction_end",
        "after_commit",
        "after_transaction_end",
    ]
    session.delete(parent)
    session.flush()
    assert "persistent_to_deleted p" in heard.all()
    session.rollback()
    assert heard.all() == [
        "after_rollback",
        "deleted_to_persistent p",
        "after_transaction_end",
        "after_soft_rollback",
    ]
    session.delete(parent)
    session.commit()
    assert heard.all()[-3:] == ["after_commit", "deleted_to_detached p", "after_transaction_end"]


def test_what_leaves_or_comes_back_is_told(session: Session, heard: Heard) -> None:
    parent = Parent(name="p")
    session.add(parent)
    session.expunge(parent)
    assert heard.all()[-1] == "pending_to_transient p"
    session.add(parent)
    session.flush()
    session.expunge_all()
    assert heard.all()[-1] == "persistent_to_detached p"
    session.add(parent)
    assert heard.all() == ["before_attach p", "after_attach p", "detached_to_persistent p"]
    session.rollback()
    assert "persistent_to_transient p" in heard.all()


def test_what_is_made_of_rows_is_told_once_each(session: Session, heard: Heard) -> None:
    session.add(Parent(name="p", children=[Child(name="a"), Child(name="b")]))
    session.commit()
    session.expunge_all()
    heard.all()
    parent = session.scalars(select(Parent)).one()
    assert [one.name for one in parent.children] == ["a", "b"]
    session.scalars(select(Child)).all()
    told = [one for one in heard.all() if one.startswith("loaded")]
    assert told == [f"loaded_as_persistent {name}" for name in "pab"]


def test_savepoints_are_told_as_transactions_are(session: Session, heard: Heard) -> None:
    session.connection()
    heard.all()
    savepoint = session.begin_nested()
    parent = Parent(name="p")
    session.add(parent)
    session.flush()
    savepoint.rollback()
    assert heard.all() == [
        "after_transaction_create",
        "before_attach p",
        "after_attach p",
        "transient_to_pending p",
        "before_flush",
        "after_transaction_create",
        "after_begin",
        "after_flush",
        "pending_to_persistent p",
        "after_flush_postexec",
        "after_transaction_end",
        "after_rollback",
        "persistent_to_transient p",
        "after_transaction_end",
        "after_soft_rollback",
    ]


def test_transactions_say_where_they_come_from(session: Session) -> None:
    told: list[tuple[Any, ...]] = []

    @event.listens_for(session, "after_transaction_create")
    def note(session: Session, transaction: SessionTransaction) -> None:
        told.append((transaction.origin, transaction.nested, transaction.parent is None))

    session.add(Parent(name="p"))
    with session.begin_nested():
        pass
    session.commit()
    session.begin()
    origin = SessionTransactionOrigin
    assert told == [
        (origin.AUTOBEGIN, False, True),
        (origin.SUBTRANSACTION, False, False),
        (origin.BEGIN_NESTED, True, False),
        (origin.BEGIN, False, True),
    ]


def test_a_failed_flush_is_told_at_once(session: Session, heard: Heard) -> None:
    session.add(Parent(name="p"))
    session.commit()
    session.add(Parent(name="p"))
    heard.all()
    with pytest.raises(IntegrityError):
        session.flush()
    assert heard.all()[-4:] == [
        "after_rollback",
        "pending_to_transient p",
        "after_transaction_end",
        "after_soft_rollback",
    ]


def test_what_before_flush_and_before_commit_add_is_written(session: Session) -> None:
    @event.listens_for(session, "before_flush", once=True)
    def of_flush(session: Session, context: Any, instances: Any) -> None:
        session.add(Parent(name="of flush"))

    @event.listens_for(session, "before_commit", once=True)
    def of_commit(session: Session) -> None:
        session.add(Parent(name="of commit"))

    session.add(Parent(name="p"))
    session.commit()
    found = session.scalars(select(Parent.name).order_by(Parent.name)).all()
    assert found == ["of commit", "of flush", "p"]


def test_what_after_flush_changes_is_written_by_the_same_commit(session: Session) -> None:
    parent = Parent(name="p")

    @event.listens_for(session, "after_flush_postexec", once=True)
    def later(session: Session, context: Any) -> None:
        parent.name = "later"

    session.add(parent)
    session.commit()
    assert session.scalar(text("select name from of_parent")) == "later"


def test_a_listener_that_never_ends_is_told_so(session: Session) -> None:
    numbers = iter(range(1_000))

    @event.listens_for(session, "after_flush_postexec")
    def forever(session: Session, context: Any) -> None:
        session.add(Parent(name=f"p{next(numbers)}"))

    session.add(Parent(name="first"))
    with pytest.raises(Exception, match="Over 100 subsequent flushes"):
        session.commit()


def test_nothing_can_be_executed_while_a_commit_or_rollback_is_told(session: Session) -> None:
    for name, end, state in (
        ("after_commit", session.commit, "committed"),
        ("after_rollback", session.rollback, "inactive"),
    ):
        found: list[str] = []

        def hear(session: Session, found: list[str] = found) -> None:
            with pytest.raises(InvalidRequestError) as error:
                session.execute(text("select 1"))
            found.append(str(error.value))

        event.listen(session, name, hear, once=True)
        session.connection()
        end()
        assert f"'{state}' state" in found[0]
        assert session.scalar(text("select 1")) == 1


def test_a_commit_is_done_whatever_a_listener_raises(session: Session) -> None:
    @event.listens_for(session, "after_commit", once=True)
    def fail(session: Session) -> None:
        raise ValueError("ours")

    session.add(Parent(name="p"))
    with pytest.raises(ValueError, match="ours"):
        session.commit()
    assert not session.in_transaction()
    assert session.scalar(text("select name from of_parent")) == "p"


def test_a_session_a_maker_and_the_class_are_listened_to(engine: Engine) -> None:
    make: sessionmaker[Session] = sessionmaker(engine)
    told: list[str] = []

    def listener(name: str) -> Any:
        return lambda *args: told.append(name)

    of_class = listener("class")
    event.listen(Session, "after_begin", of_class)
    event.listen(make, "after_begin", listener("maker"))
    with make() as session, Session(engine) as other:
        event.listen(session, "after_begin", listener("session"))
        session.connection()
        assert told == ["class", "maker", "session"]
        told.clear()
        other.connection()
        assert told == ["class"]
    event.remove(Session, "after_begin", of_class)


@pytest.mark.backend("sqlite")
def test_a_session_nobody_listens_to_makes_nothing_for_listeners(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: Any) -> Any:
        raise AssertionError("made for a listener")

    for name in (
        "toolkit_orm.session.flushing.ToldFlush",
        "toolkit_orm.session.flushing.tell",
        "toolkit_orm.session.execute_state.ORMExecuteState",
        "toolkit_orm.session.querying.telling",
        "toolkit_orm.load.reason.LoadReason",
    ):
        monkeypatch.setattr(name, never)
    session.add(Parent(name="p", children=[Child(name="a")]))
    session.commit()
    parent = session.scalars(select(Parent)).one()
    assert [one.name for one in parent.children] == ["a"]
    session.delete(parent)
    session.commit()
