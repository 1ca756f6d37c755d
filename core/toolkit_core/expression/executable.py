"""What a connection can execute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.node import Node, children, declared, derived, value
from toolkit_core.immutabledict import EMPTY, immutabledict
from toolkit_core.newer_typing import Self

# Options that only mean something where nothing was executed yet.
_OF_CONNECTIONS = frozenset(("isolation_level", "compiled_cache"))


@declared
class Executable(Node):
    """A whole statement."""

    is_executable: ClassVar[bool] = True
    is_select: ClassVar[bool] = False
    is_text: ClassVar[bool] = False
    is_update: ClassVar[bool] = False
    is_delete: ClassVar[bool] = False
    is_insert: ClassVar[bool] = False
    is_dml: ClassVar[bool] = False

    with_options: tuple[Any, ...] = value(default=(), kw_only=True)
    # Options that have expressions in them are nodes: their values are the statement's.
    loader_options: tuple[Any, ...] = children(default=(), kw_only=True)
    # They are of the execution, and part of no structure.
    _execution_options: Mapping[str, Any] = derived(default=EMPTY, kw_only=True)  # type: ignore[misc] # each has its own

    def options(self, *options: Any) -> Self:
        """Add options for loading, as the ORM has them."""
        nodes = tuple([one for one in options if isinstance(one, Node)])
        for one in nodes:
            if getattr(one, "is_attribute", False):
                raise ArgumentError(
                    f"ExecutionOption Core or ORM object expected, got {one!r}.",
                    hint=f"selectinload({one}), load_only({one}) and their like",
                )
        if len(nodes) == len(options):
            return self.but(loader_options=self.loader_options + nodes)
        others = tuple([one for one in options if not isinstance(one, Node)])
        for one in others:
            if one is None or isinstance(one, (type, str, int, float, list, tuple, dict)):
                raise ArgumentError(
                    f"ExecutionOption Core or ORM object expected, got {one!r}.",
                    hint="options() takes what joinedload() and its like return",
                )
        made = self.but(with_options=self.with_options + others)
        return made.but(loader_options=made.loader_options + nodes) if nodes else made

    def execution_options(self, **kw: Any) -> Self:
        """Add options for the execution.

        >>> from toolkit_core.expression.select import select
        >>> from toolkit_core.expression.table_clause import table
        >>> select(table("t")).execution_options(stream_results=True).get_execution_options()
        immutabledict({'stream_results': True})
        """
        for name in _OF_CONNECTIONS & kw.keys():
            raise ArgumentError(
                f"{name!r} execution option may only be specified on Connection.execution_options()"
                " or Engine.execution_options(), not per-statement",
                hint="connection.execution_options(…).execute(statement)",
            )
        return self.but(_execution_options=immutabledict({**self._execution_options, **kw}))

    def get_execution_options(self) -> Mapping[str, Any]:
        """Return the options for the execution."""
        return self._execution_options
