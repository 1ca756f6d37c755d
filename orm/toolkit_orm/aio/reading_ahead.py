"""Results of sessions whose rows are objects already, when the task has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from toolkit_core.aio.bridge import greenlet_spawn
from toolkit_core.aio.streamed import refuse_streamed
from toolkit_core.engine.fetch import Rows
from toolkit_orm.load.context import EntitySource

T = TypeVar("T")


def read_ahead(fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Call what returns a result, and have its rows become objects now.

    What is related to them may be asked for by further queries; who reads the result later has
    nothing to await those with.  Rows that are streamed stay where they are.
    """
    result = fn(*args, **kwargs)
    feed: Any = getattr(result, "_feed", None)
    source = getattr(feed, "_source", None)
    if isinstance(source, EntitySource) and not source.is_streamed:
        try:
            rows = source.fetchall()
        except BaseException as error:  # noqa: BLE001 - the engine decides and raises
            feed._failed(error)
        feed._source = Rows(rows, source.close)
    return result


async def ensure_sync_result(result: Any, calling_method: Any) -> Any:
    """Return a result of a session that may be read at once; a streamed one is refused.

    Libraries that execute by the session behind an AsyncSession call it.
    """
    await refuse_streamed(result, f"AsyncSession.{calling_method.__name__}()")
    return await greenlet_spawn(read_ahead, lambda: result)
