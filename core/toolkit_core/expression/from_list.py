"""What a SELECT reads from: what it says, what its joins join, what its expressions name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.join_condition import can_join
from toolkit_core.expression.joins import Join, made_join, members
from toolkit_core.expression.node import Node
from toolkit_core.expression.source_column import SourceColumn

# Sources in order, each once: nodes are told apart by identity.
Sources = dict[Any, None]


def sources_in(nodes: Iterable[Node]) -> Sources:
    """Return the sources whose columns expressions name, in order."""
    found: Sources = {}
    _add_all(nodes, found)
    return found


def _add_all(nodes: Iterable[Node], found: Sources) -> None:
    for node in nodes:
        (_ADD.get(node.__class__) or _add_of(node))(node, found)


Add = Callable[[Any, Sources], None]
# How to find the sources in a node of each class.
_ADD: dict[type[Node], Add] = {}


def _add_of(node: Node) -> Add:
    cls = type(node)
    if isinstance(node, FromClause):
        made: Add = _add_itself
    elif getattr(cls, "reads_alone", False):
        made = _add_nothing
    elif hasattr(cls, "read_from"):
        made = _add_read
    elif isinstance(node, SourceColumn):
        made = _add_source
    elif hasattr(cls, "table") or "table" in node.__dict__:
        made = _add_table
    else:
        fields = [
            (name, field.kind)
            for name, field in cls.fields.items()
            if field.kind in ("child", "children")
        ]
        made = _adder(fields) if fields else _add_nothing
    _ADD[cls] = made
    return made


def _add_itself(node: Any, found: Sources) -> None:
    found[node] = None


def _add_nothing(node: Any, found: Sources) -> None:
    pass


def _add_read(node: Any, found: Sources) -> None:
    found[node.read_from] = None


def _add_table(node: Any, found: Sources) -> None:
    if node.table is not None:
        found[node.table] = None


def _add_source(node: Any, found: Sources) -> None:
    found[node.source] = None


def _adder(fields: list[tuple[str, str]]) -> Add:
    scope: dict[str, Any] = {"known": _ADD.get, "learn": _add_of}
    exec(adder_source(fields), scope)  # noqa: S102 - our own text, made of identifiers
    made: Add = scope["add"]
    return made


def adder_source(fields: list[tuple[str, str]]) -> str:
    """Return the source of what finds the sources in the children of a node.

    >>> print(adder_source([("left", "child"), ("clauses", "children")]))
    def add(node, found):
        below = node.left
        if below is not None:
            (known(below.__class__) or learn(below))(below, found)
        for below in node.clauses:
            (known(below.__class__) or learn(below))(below, found)
    """
    lines = ["def add(node, found):"]
    for name, kind in fields:
        if kind == "children":
            lines.append(f"    for below in node.{name}:")
        else:
            lines += [f"    below = node.{name}", "    if below is not None:"]
        lines.append("        (known(below.__class__) or learn(below))(below, found)")
    return "\n".join(lines)


def from_list(select: Any) -> list[Any]:
    """Return what a SELECT reads from, if nothing around it provides any of it.

    First what it says with ``select_from()`` and ``join()``, then what its columns, then what
    its conditions name.  What a join joins is not listed beside it.
    """
    found: Sources = dict.fromkeys(joined_sources(select))
    _add_all(select.raw_columns, found)
    _add_all(select.criteria, found)
    hidden: set[int] = set()
    for source in found:
        if isinstance(source, Join):
            hidden.update(id(one) for one in members(source)[1:])
    return [source for source in found if id(source) not in hidden] if hidden else list(found)


def joined_sources(select: Any) -> list[Any]:
    """Return the sources that a SELECT says, with its joins made."""
    said: list[Any] = list(select.said_froms)
    for step in select.joins:
        _add_join(select, said, step)
    return said


def _add_join(select: Any, said: list[Any], step: Any) -> None:
    """Put a join in the place of its left side, or at the end."""
    left = step.left
    if left is None:
        left = _left_of(select, said, step)
    place = _place_of(left, said)
    if place is not None:
        left = said[place]
    made = made_join(left, step.right, step.onclause, isouter=step.isouter, full=step.full)
    if place is None:
        said.append(made)
    else:
        said[place] = made


def _place_of(left: Any, said: list[Any]) -> int | None:
    """Return which of the sources is, or has as a member, the left side of a join."""
    for place, source in enumerate(said):
        if any(one is left for one in members(source)):
            return place
    return None


def _left_of(select: Any, said: list[Any], step: Any) -> Any:
    """Find out what a join without a left side joins to."""
    candidates = said or list(sources_in(select.raw_columns))
    candidates = [one for one in candidates if one is not step.right]
    if len(candidates) > 1:
        if step.onclause is None:
            fitting = [one for one in candidates if can_join(one, step.right)]
        else:
            named = sources_in((step.onclause,))
            fitting = [one for one in candidates if any(part in named for part in members(one))]
        if len(fitting) > 1:
            what = " and ".join(repr(one.description) for one in fitting)
            raise InvalidRequestError(
                "Can't determine which FROM clause to join from, there are multiple FROMS which "
                "can join to this entity. Please use the .select_from() method to establish an "
                "explicit left side, as well as providing an explicit ON clause if not present "
                "already to help resolve the ambiguity.",
                hint=f"it could join {what}",
            )
        candidates = fitting
    elif candidates and step.onclause is None and not can_join(candidates[0], step.right):
        candidates = []
    if not candidates:
        raise InvalidRequestError(
            f"Don't know how to join to {_shown(step.right)}. Please use the .select_from() method "
            "to establish an explicit left side, as well as providing an explicit ON clause if not "
            "present already to help resolve the ambiguity.",
            hint=_why_not(select, step),
        )
    return candidates[0]


def _shown(source: Any) -> str:
    name = getattr(source, "description", None)
    return repr(source) if name is None else repr(name)


def _why_not(select: Any, step: Any) -> str:
    known = [one for one in sources_in(select.raw_columns) if one is not step.right]
    if not known:
        return "nothing is read from yet that it could be joined to"
    names = " or ".join(repr(one.description) for one in known)
    return f"no foreign key leads between it and {names}"
