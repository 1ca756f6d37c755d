"""The asynchronous faces of engines, connections and results: how each method is passed on."""

from __future__ import annotations

from typing import Final

from tools.generators.async_face import Face

_AIO = "core/toolkit_core/aio"

_CONNECTION_IMPORTS = """from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

from toolkit_core.aio.crossing import Crossing
from toolkit_core.engine.connection import Connection
from toolkit_core.newer_typing import Self
from toolkit_core.variadic import Ts, Unpack

if TYPE_CHECKING:
    from toolkit_core.dialect import Dialect
    from toolkit_core.engine.cursor_result import CursorResult
    from toolkit_core.engine.result_filters import ScalarResult
    from toolkit_core.expression.select import Select

T = TypeVar("T")"""

_CONNECTION = Face(
    header="class ConnectionFace(Crossing[Connection]):\n"
    '    """What is passed on to a `Connection`."""\n\n    __slots__ = ()',
    source="core/toolkit_core/engine/connection.py:Connection",
    ways={
        "buffered": "execute scalars exec_driver_sql",
        "via_execute": "scalar",
        "awaited": "bulk_load recover_twophase get_isolation_level",
        "awaited_none": "commit rollback invalidate commit_prepared rollback_prepared",
        "awaited_self": "execution_options",
        "plain": "in_transaction in_nested_transaction get_execution_options detach",
        "property": "dialect closed invalidated info default_isolation_level",
    },
    names={"Connection": "Self"},
)

_ENGINE_IMPORTS = """from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.aio.crossing import Crossing
from toolkit_core.engine.engine import Engine

if TYPE_CHECKING:
    from toolkit_core.dialect import Dialect
    from toolkit_core.pool import Pool, PoolProxiedConnection
    from toolkit_core.url import URL"""

_ENGINE = Face(
    header="class EngineFace(Crossing[Engine]):\n"
    '    """What is passed on to an `Engine`."""\n\n    __slots__ = ()',
    source="core/toolkit_core/engine/engine.py:Engine",
    ways={
        "awaited": "raw_connection",
        "awaited_none": "dispose",
        "plain": "clear_compiled_cache update_execution_options get_execution_options",
        "property": "url dialect pool name driver hide_parameters engine",
    },
)

_RESULT_IMPORTS = """from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, cast, overload

from toolkit_core.aio.streamed import Streamed
from toolkit_core.engine.row import Row
from toolkit_core.engine.row_mapping import RMKeyView, RowMapping
from toolkit_core.newer_typing import Self
from toolkit_core.variadic import Ts, Unpack

if TYPE_CHECKING:
    from toolkit_core.engine.result import FrozenResult, Result
    from toolkit_core.engine.result_filters import MappingResult, ScalarResult

T = TypeVar("T")"""

_FETCHING = Face(
    header="class AsyncFetching(Streamed[T]):\n"
    '    """All ways of fetching."""\n\n    __slots__ = ()',
    source="core/toolkit_core/engine/fetching.py:Fetching",
    ways={
        "awaited": "all fetchall fetchmany first one one_or_none",
        "awaited_none": "close",
        "same": "unique",
        "property": "closed",
    },
)

_RESULT = Face(
    header="class AsyncResult(AsyncFetching[Row[Unpack[Ts]]], Generic[Unpack[Ts]]):\n"
    '    """Rows that are fetched while they are read; `stream()` gives it."""\n\n'
    "    __slots__ = ()\n\n    _sync: Result[Unpack[Ts]]",
    source="core/toolkit_core/engine/result.py:Result",
    ways={
        "awaited": "fetchone scalar scalar_one scalar_one_or_none freeze arrow",
        "plain": "keys",
        "same": "columns",
        "scalars": "scalars into",
        "mappings": "mappings",
        "itself": "tuples",
        "itself_property": "t",
    },
    names={
        "Result": "AsyncResult",
        "ScalarResult": "AsyncScalarResult",
        "MappingResult": "AsyncMappingResult",
        "TupleResult": "AsyncTupleResult",
    },
)

_SCALARS = Face(
    header="class AsyncScalarResult(AsyncFetching[T]):\n"
    '    """The values of one column, fetched while they are read."""\n\n'
    "    __slots__ = ()\n\n    _sync: ScalarResult[T]",
    source="core/toolkit_core/engine/result_filters.py:ScalarResult",
    ways={},
)

_MAPPINGS = Face(
    header="class AsyncMappingResult(AsyncFetching[RowMapping]):\n"
    '    """Rows as mappings, fetched while they are read."""\n\n'
    "    __slots__ = ()\n\n    _sync: MappingResult",
    source="core/toolkit_core/engine/result_filters.py:MappingResult",
    ways={"awaited": "fetchone", "plain": "keys", "same": "columns"},
)

_TUPLES = '''class AsyncTupleResult(AsyncScalarResult[T]):
    """The type of a result whose rows are seen as plain tuples; rows are tuples anyway."""

    __slots__ = ()

    if TYPE_CHECKING:

        async def fetchone(self) -> T | None:
            """Return the next row, or None at the end."""

        async def scalar(self) -> Any:
            """Return the first column of the first row."""

        async def scalar_one(self) -> Any:
            """Return the only row's first column."""

        async def scalar_one_or_none(self) -> Any:
            """Return the only row's first column, or None."""

        def scalars(self, index: Any = 0) -> AsyncScalarResult[Any]:
            """Return a view that gives the values of one column."""
            raise NotImplementedError'''

# Module → what it says of itself, and its parts: text, or a face to be written.
CORE_FACES: Final[dict[str, tuple[str, tuple[str | Face, ...]]]] = {
    f"{_AIO}/connection_face.py": (
        "What an asynchronous connection passes on.",
        (_CONNECTION_IMPORTS, _CONNECTION),
    ),
    f"{_AIO}/engine_face.py": (
        "What an asynchronous engine passes on.",
        (_ENGINE_IMPORTS, _ENGINE),
    ),
    f"{_AIO}/result.py": (
        "Results whose rows are awaited.",
        (_RESULT_IMPORTS, _FETCHING, _RESULT, _SCALARS, _MAPPINGS, _TUPLES),
    ),
}
