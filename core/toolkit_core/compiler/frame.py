"""Where a SELECT stands among those that are being written."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.from_list import from_list
from toolkit_core.expression.joins import members
from toolkit_core.expression.selected import Selected


class Place(IntEnum):
    """Where a statement stands: that decides how it names columns and what it may leave out."""

    TOP = 0
    # As, or inside, an expression: it may read what the statement around it reads from.
    EXPRESSION = 1
    # In FROM: others name its columns, so all have names; it cannot see its neighbours.
    SOURCE = 2
    # In FROM behind LATERAL: it can.
    LATERAL = 3


class Frame:
    """One SELECT that is being written."""

    __slots__ = (
        "ctes",
        "has_with",
        "hints",
        "named",
        "provided",
        "sources",
        "start",
        "transparent",
        "within",
    )

    def __init__(
        self,
        sources: list[Any],
        named: list[Selected],
        start: int,
        hints: tuple[Any, ...] = (),
        *,
        transparent: bool = False,
    ) -> None:
        # What stands in its FROM.
        self.sources = sources
        # The same with what joins join: what statements inside may leave to it.
        self.provided = {id(one) for source in sources for one in members(source)}
        # Its columns with their names.
        self.named = named
        # The hints for its sources.
        self.hints = hints
        # Whether it is only a level for CTEs: what is inside sees what is around.
        self.transparent = transparent
        # Whether what is inside may have a WITH of its own, as a statement of a set may not.
        self.has_with = not transparent
        # Where among the pieces it begins: CTEs are put there.
        self.start = start
        self.ctes: list[tuple[Any, list[str]]] = []
        # The CTE whose body this is.
        self.within: Any = None


def displayed(select: Any, place: Place, frames: list[Frame]) -> list[Any]:
    """Return what stands in the FROM of a SELECT: what is not left to those around it."""
    sources = from_list(select)
    if not frames or not sources:
        return sources
    frames = [frame for frame in frames if not frame.transparent]
    if not frames:
        return sources
    if select.correlates_only or select.correlates_except:
        return _as_told(select, sources, frames[:-1] if place is Place.SOURCE else frames)
    if place is Place.SOURCE or len(sources) == 1:
        return sources
    provided = frames[-1].provided
    left = [one for one in sources if id(one) not in provided]
    if not left:
        raise InvalidRequestError(
            f"Select statement '{select!r}' returned no FROM clauses due to auto-correlation; "
            "specify correlate(<tables>) to control correlation manually.",
            hint="correlate(None) reads from all of them anew",
        )
    return left


def _as_told(select: Any, sources: list[Any], frames: list[Frame]) -> list[Any]:
    """Return what is left of the sources where the SELECT says which others provide."""
    provided: set[int] = set()
    for frame in frames:
        provided |= frame.provided
    left = sources
    if select.correlates_only:
        told = {id(one) for one in select.correlated}
        left = [one for one in left if not (id(one) in told and id(one) in provided)]
    if select.correlates_except:
        kept = {id(one) for one in select.not_correlated}
        left = [one for one in left if id(one) in kept or id(one) not in provided]
    return left
