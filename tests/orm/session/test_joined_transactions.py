"""``join_transaction_mode``: a session on a connection that is in a transaction already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

import pytest

from tests.orm.session.family import Parent
from toolkit import Connection, Engine, text
from toolkit.exc import ArgumentError
from toolkit.orm import Session
from toolkit.orm.session import JoinTransactionMode

pytestmark = pytest.mark.backend("sqlite", "postgresql-18", "mysql-9")
End = Literal["commit", "rollback", "close"]
MODES = get_args(JoinTransactionMode)
# Mode, whether there is a savepoint, how the session ends → whether theirs goes on, how many rows.
ENDS: dict[tuple[str, bool, str], tuple[bool, int]] = {
    ("conditional_savepoint", False, "commit"): (True, 1),
    ("conditional_savepoint", False, "rollback"): (False, 0),
    ("conditional_savepoint", False, "close"): (True, 1),
    ("conditional_savepoint", True, "commit"): (True, 1),
    ("conditional_savepoint", True, "rollback"): (True, 0),
    ("conditional_savepoint", True, "close"): (True, 0),
    ("rollback_only", False, "commit"): (True, 1),
    ("rollback_only", False, "rollback"): (False, 0),
    ("rollback_only", False, "close"): (True, 1),
    ("control_fully", False, "commit"): (False, 1),
    ("control_fully", False, "rollback"): (False, 0),
    ("control_fully", False, "close"): (False, 0),
    ("create_savepoint", False, "commit"): (True, 1),
    ("create_savepoint", False, "rollback"): (True, 0),
    ("create_savepoint", False, "close"): (True, 0),
}


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def rows(connection: Connection) -> int:
    found: int = connection.execute(text("select count(*) from of_parent")).scalar_one()
    return found


@pytest.mark.parametrize(("mode", "nested", "end"), ENDS)
def test_theirs_ends_as_the_mode_says(
    mode: JoinTransactionMode, nested: bool, end: End, connection: Connection
) -> None:
    theirs = connection.begin()
    if nested:
        connection.begin_nested()
    session = Session(connection, join_transaction_mode=mode)
    session.add(Parent(name="p"))
    session.flush()
    getattr(session, end)()
    assert (theirs.is_active, rows(connection)) == ENDS[mode, nested, end]
    assert not connection.closed


def test_tests_may_commit_and_roll_back_inside_of_one_transaction(connection: Connection) -> None:
    whole = connection.begin()
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        session.add(Parent(name="a"))
        session.commit()
        session.add(Parent(name="b"))
        session.rollback()
        with session.begin_nested():
            session.add(Parent(name="c"))
        session.commit()
    found = connection.execute(text("select name from of_parent order by name")).scalars().all()
    assert found == ["a", "c"]
    whole.rollback()
    assert rows(connection) == 0


@pytest.mark.parametrize("mode", MODES)
def test_a_transaction_that_nobody_has_begun_is_the_session_s(
    mode: JoinTransactionMode, connection: Connection
) -> None:
    with Session(connection, join_transaction_mode=mode) as session:
        session.add(Parent(name="p"))
        session.commit()
        assert not connection.in_transaction()
    assert rows(connection) == 1


def test_a_mode_that_there_is_not_is_refused(connection: Connection) -> None:
    with pytest.raises(ArgumentError, match="never"):
        Session(connection, join_transaction_mode="never")  # type: ignore[arg-type] # wrong
