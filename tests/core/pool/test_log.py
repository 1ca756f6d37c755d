"""The log: names, levels and the words people look for."""

import logging
import re

import pytest

from tests.core.pool.tools import connect
from toolkit_core.pool import NullPool, QueuePool


def messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    found = [
        f"{record.levelname} {re.sub('<sqlite3.*?>', '<c>', record.getMessage())}"
        for record in caplog.records
    ]
    caplog.clear()
    return found


def test_debug_tells_each_step(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "toolkit.pool")
    pool = QueuePool(connect)
    pool.connect().close()
    assert messages(caplog) == [
        "DEBUG Created new connection <c>",
        "DEBUG Connection <c> checked out from pool",
        "DEBUG Connection <c> being returned to pool",
        "DEBUG Connection <c> rollback-on-return",
    ]
    pool.connect().give_back(transaction_was_reset=True)
    assert messages(caplog)[-1] == "DEBUG Connection <c> reset, transaction already reset"
    pool.connect().invalidate(ValueError("x"))
    assert messages(caplog)[1:] == [
        "INFO Invalidate connection <c> (reason: ValueError:x)",
        "DEBUG Hard-closing connection <c>",
    ]
    proxied = pool.connect()
    proxied.invalidate(soft=True)
    proxied.close()
    assert "INFO Soft Invalidate connection <c>" in messages(caplog)
    pool.connect().close()
    assert "INFO Connection <c> invalidated due to local soft invalidation; recycling" in messages(
        caplog
    )
    pool.dispose()
    assert messages(caplog) == [
        "DEBUG Closing connection <c>",
        f"INFO Pool disposed. {pool.status()}",
    ]
    pool.recreate()
    assert messages(caplog) == ["INFO Pool recreating"]


def test_the_loggers_name_is_the_class_and_the_logging_name(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "toolkit.pool")
    NullPool(connect, logging_name="main").connect().close()
    assert {record.name for record in caplog.records} == {"toolkit.pool.impl.NullPool.main"}


@pytest.mark.parametrize(("echo", "levels"), [(True, set()), ("debug", {"DEBUG"})])
def test_echo_is_louder_than_the_logger(
    echo: bool, levels: set[str], caplog: pytest.LogCaptureFixture
) -> None:
    pool = QueuePool(connect, echo=echo)
    pool.connect().close()
    assert {record.levelname for record in caplog.records} == levels
    pool.dispose()
    assert "INFO" in {record.levelname for record in caplog.records}


def test_without_configuration_echo_prints(capsys: pytest.CaptureFixture[str]) -> None:
    ours, root = logging.getLogger("toolkit"), logging.getLogger()
    kept, root.handlers = root.handlers, []
    try:
        pool = QueuePool(connect, echo="debug")
        pool.connect().close()
        QueuePool(connect, echo=True)
        assert len(ours.handlers) == 1
    finally:
        ours.handlers.clear()
        root.handlers = kept
    first = capsys.readouterr().out.splitlines()[0]
    assert re.fullmatch(
        r"[\d-]+ [\d:,]+ DEBUG toolkit.pool.impl.QueuePool Created new connection <.*>", first
    )


def test_a_silent_pool_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    pool = QueuePool(connect)
    pool.connect().close()
    pool.connect().invalidate()
    assert not caplog.records
