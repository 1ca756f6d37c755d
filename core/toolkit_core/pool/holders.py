"""Who holds the connections: noted in a few nanoseconds at checkout, told when asked."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from types import CodeType, FrameType

from toolkit_core.errors.frames import frame_above
from toolkit_core.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from toolkit_core.pool.entry import ConnectionPoolEntry

_LONGEST_STATEMENT = 120
_DEEPEST = 40

# Files whose code is neither toolkit's nor the standard library's glue between: a checkout
# directly from one of them needs no walk up the stack.
FOREIGN_FILES: set[str] = set()


class Holder(Record):
    """One connection that is out: since when, with whom, doing what.

    >>> str(Holder(3.2, "worker-1", "app.py", 12, "handler", "SELECT 1", True))
    '3.2 s, thread worker-1, checked out at app.py:12 in handler(), in a transaction: SELECT 1'
    """

    seconds: float
    thread: str
    filename: str
    line: int
    function: str
    last_statement: str | None
    in_transaction: bool | None
    # The task of asyncio, where it is one that holds the connection.
    task: str | None = None

    def __str__(self) -> str:
        who = f"task {self.task}" if self.task else f"thread {self.thread}"
        words = [f"{self.seconds:.1f} s", who]
        if self.filename:
            words.append(f"checked out at {self.filename}:{self.line} in {self.function}()")
        if self.in_transaction:
            words.append("in a transaction")
        text = ", ".join(words)
        return f"{text}: {shortened(self.last_statement)}" if self.last_statement else text


def holders_of(entries: Iterable[ConnectionPoolEntry], now: float) -> list[Holder]:
    """Describe those of the entries that are in use, the longest first."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    found = [_holder(entry, now, names) for entry in entries if entry.in_use]
    return sorted(found, key=lambda holder: -holder.seconds)


def shortened(sql: str) -> str:
    """Put a statement on one line of bounded length."""
    line = " ".join(sql.split())
    return line if len(line) <= _LONGEST_STATEMENT else line[: _LONGEST_STATEMENT - 1] + "…"


def line_of(code: CodeType, instruction: int) -> int:
    """Return the line of an instruction: reading a frame's ``f_lineno`` is this, but at once."""
    for start, end, line in code.co_lines():
        if start <= instruction < end and line is not None:
            return line
    return code.co_firstlineno


def first_foreign_frame(frame: FrameType) -> FrameType:
    """Walk up to the first frame that is not ours: that is who called."""
    outermost = frame
    for _ in range(_DEEPEST):
        filename = outermost.f_code.co_filename
        if filename in FOREIGN_FILES:
            return outermost
        if not _is_ours(outermost):
            if len(FOREIGN_FILES) > 10_000:  # code that is made and executed on the fly
                FOREIGN_FILES.clear()
            FOREIGN_FILES.add(filename)
            return outermost
        beyond = frame_above(outermost)
        if beyond is None:
            break
        outermost = beyond
    return frame


def _is_ours(frame: FrameType) -> bool:
    module = frame.f_globals.get("__name__") or ""
    root = module.partition(".")[0]
    return root in ("toolkit", "contextlib") or root.startswith("toolkit_")


def _holder(entry: ConnectionPoolEntry, now: float, names: dict[int | None, str]) -> Holder:
    code, who = entry.code, entry.thread
    known = code is not None
    name = who if isinstance(who, str) else names.get(who, f"{who} (ended)")
    return Holder(
        seconds=now - entry.checked_out_at if known else 0.0,
        thread=name if known else "unknown (track_holders is off)",
        filename=code.co_filename if code is not None else "",
        line=line_of(code, entry.instruction) if code is not None else 0,
        function=code.co_name if code is not None else "",
        last_statement=entry.last_statement,
        in_transaction=_in_transaction(entry.dbapi_connection),
        task=entry.task,
    )


def _in_transaction(conn: Any) -> bool | None:
    """Ask the driver's connection, where it can tell without asking the server (sqlite3)."""
    try:
        answer = getattr(conn, "in_transaction", None)
    except Exception:  # noqa: BLE001 - a connection in another thread's use may say anything
        return None
    return answer if isinstance(answer, bool) else None
