"""Clauses of your own inside a statement: ``statement.ext(MyClause())``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from toolkit_core.expression.node import Node
from toolkit_core.newer_typing import Self


class SyntaxExtension(Node):
    """The base of clauses that a statement takes in at one of its points.

    >>> from toolkit_core.compiler.extension import compiles
    >>> from toolkit_core.expression.elements import column
    >>> from toolkit_core.expression.select import select
    >>> class Qualify(SyntaxExtension):
    ...     inherit_cache = True
    ...     def apply_to_select(self, select_stmt):
    ...         select_stmt.apply_syntax_extension_point(
    ...             lambda existing: [*existing, self], "post_criteria"
    ...         )
    >>> @compiles(Qualify)
    ... def write_qualify(element, compiler, **kw):
    ...     return "QUALIFY true"
    >>> str(select(column("a")).ext(Qualify()))
    'SELECT a QUALIFY true'
    """

    def append_replacing_same_type(self, existing: Sequence[Node]) -> Sequence[Node]:
        """Return what was there, with this in place of what is of its class."""
        return [*(one for one in existing if not isinstance(one, type(self))), self]

    def apply_to_select(self, select_stmt: Any) -> None:
        """Put itself into a SELECT."""
        self._refuse("select")

    def apply_to_insert(self, insert_stmt: Any) -> None:
        """Put itself into an INSERT."""
        self._refuse("insert")

    def apply_to_update(self, update_stmt: Any) -> None:
        """Put itself into an UPDATE."""
        self._refuse("update")

    def apply_to_delete(self, delete_stmt: Any) -> None:
        """Put itself into a DELETE."""
        self._refuse("delete")

    def _refuse(self, kind: str) -> None:
        raise NotImplementedError(f"Extension {type(self).__name__} cannot be applied to {kind}")


class HasSyntaxExtensions(Node):
    """A statement with points where others put clauses; each is a field of that name."""

    extension_points: ClassVar[tuple[str, ...]] = ()

    def ext(self, extension: SyntaxExtension) -> Self:
        """Return the statement with a clause that puts itself where it belongs."""
        if not isinstance(extension, SyntaxExtension):
            raise NotImplementedError(f"ext() takes a SyntaxExtension, not {extension!r}")
        copy = self.but()
        getattr(extension, f"apply_to_{self.visit_name}")(copy)
        return copy

    def apply_syntax_extension_point(
        self, apply_fn: Callable[[Sequence[Node]], Iterable[Node]], position: str
    ) -> None:
        """Put clauses at a point; what applies an extension calls it, with a copy of its own."""
        if position not in self.extension_points:
            raise ValueError(
                f"Unknown position {position!r} for {type(self)} construct; known positions: "
                + ", ".join(map(repr, self.extension_points))
            )
        self.__dict__[position] = tuple(apply_fn(getattr(self, position)))
