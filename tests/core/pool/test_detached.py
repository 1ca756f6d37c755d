"""A detached connection belongs to nobody but its proxy: that one must close it."""

import pytest

from tests.core.pool.tools import WatchedDriver, connect, is_open
from toolkit_core.pool import QueuePool


class Interrupted(BaseException):
    """Stands in for KeyboardInterrupt."""


class InterruptedDriver(WatchedDriver):
    """Is interrupted while it rolls back."""

    def rollback(self, connection: object, /) -> None:
        raise Interrupted


def test_an_interrupt_at_its_reset_does_not_keep_it_open() -> None:
    pool = QueuePool(connect, driver=InterruptedDriver())
    proxied = pool.connect()
    conn = proxied.dbapi_connection
    proxied.detach()
    with pytest.raises(Interrupted):
        proxied.close()
    still_open = is_open(conn)
    conn.close()
    assert not still_open
