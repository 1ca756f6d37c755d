"""The asynchronous faces of sessions: how each method is passed on."""

from __future__ import annotations

from typing import Final

from tools.generators.async_face import Face, Renamed

_AIO = "orm/toolkit_orm/aio"

_STATEMENT_IMPORTS = """from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

from toolkit_core.aio.crossing import Crossing
from toolkit_core.immutabledict import EMPTY
from toolkit_core.variadic import Ts, Unpack
from toolkit_orm.session.session import Session

if TYPE_CHECKING:
    from toolkit_core.engine.result import Result
    from toolkit_core.engine.result_filters import ScalarResult
    from toolkit_core.expression.select import Select
    from toolkit_orm.session.statement_methods import Options

T = TypeVar("T")"""

_STATEMENTS = Face(
    header='class StatementFace(Crossing[Session]):\n    """What a session executes, and finds."""',
    source="orm/toolkit_orm/session/statement_methods.py:StatementMethods",
    ways={"buffered": "execute scalars", "awaited": "scalar get get_one"},
)

_STREAM_IMPORTS = """from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, overload

from toolkit_core.aio.result import AsyncResult, AsyncScalarResult
from toolkit_core.immutabledict import EMPTY
from toolkit_core.variadic import Ts, Unpack
from toolkit_orm.aio.session_face import SessionFace

if TYPE_CHECKING:
    from toolkit_core.expression.select import Select
    from toolkit_orm.session.statement_methods import Options

T = TypeVar("T")
R = TypeVar("R")"""

_STREAMS = Face(
    header="class StreamFace(SessionFace):\n"
    '    """What a session executes, to be read row by row."""\n\n'
    "    async def _streamed(self, fn: Callable[..., R], *args: Any, **kwargs: Any) -> R:\n"
    "        raise NotImplementedError",
    source="orm/toolkit_orm/session/statement_methods.py:StatementMethods",
    ways={"streamed": "execute", "streamed_scalars": "scalars"},
    names={"Result": "AsyncResult", "ScalarResult": "AsyncScalarResult"},
    renamed={
        "execute": Renamed(
            "stream",
            "Execute a statement whose rows are fetched, and become objects, while they are read.",
            "AsyncResult[Unpack[tuple[Any, ...]]]",
        ),
        "scalars": Renamed(
            "stream_scalars",
            "Execute a statement and give the first of each row, fetched while it is read.",
            "AsyncScalarResult[Any]",
        ),
    },
)

_SESSION_IMPORTS = """from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit_orm.aio.statement_face import StatementFace

if TYPE_CHECKING:
    from toolkit_orm.session.identity_set import IdentitySet
    from toolkit_orm.session.identity_view import IdentityView

T = TypeVar("T")"""

_SESSION = Face(
    header="class SessionFace(StatementFace):\n"
    '    """What is passed on to a `Session`, beside statements."""',
    source="orm/toolkit_orm/session/session.py:Session",
    ways={
        "awaited": "merge merge_all",
        "awaited_none": "delete delete_all refresh flush commit rollback",
        "plain": "is_modified in_transaction in_nested_transaction __contains__ __iter__",
        "plain_none": "add add_all expunge expunge_all expire expire_all",
        "property": "new dirty deleted identity_map is_active no_autoflush",
    },
)

# Module → what it says of itself, and its parts: text, or a face to be written.
SESSION_FACES: Final[dict[str, tuple[str, tuple[str | Face, ...]]]] = {
    f"{_AIO}/statement_face.py": (
        "What an asynchronous session executes by the session behind it.",
        (_STATEMENT_IMPORTS, _STATEMENTS),
    ),
    f"{_AIO}/session_face.py": (
        "What an asynchronous session passes on.",
        (_SESSION_IMPORTS, _SESSION),
    ),
    f"{_AIO}/stream_face.py": (
        "What an asynchronous session executes, to be read row by row.",
        (_STREAM_IMPORTS, _STREAMS),
    ),
}
