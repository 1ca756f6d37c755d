"""What every node offers beside its fields: to be shown as SQL, compared, given values.

Writing SQL is the compiler's business, which stands above this room; its door is known here by
its address only, like a dialect's rules are, and fetched when the first node is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError
from toolkit_core.newer_typing import Self
from toolkit_core.plugins import load_object
from toolkit_core.visit_name import VisitName

if TYPE_CHECKING:
    from toolkit_core.expression.node import Node

_KEY = "toolkit_core.expression.cache_key:cache_key"
_DOOR = "toolkit_core.compiler.compilation:compile_node"


class Clause:
    """The documented methods of all nodes."""

    __visit_name__: Any = VisitName()

    # For users' classes: whether two of the same class and parts make the same SQL.
    inherit_cache: bool | None = None

    def compile(
        self,
        bind: Any = None,
        dialect: Any = None,
        *,
        compile_kwargs: Mapping[str, Any] | None = None,
        **kw: Any,
    ) -> Any:
        """Return the SQL for an engine or a dialect; without either, for a standard one.

        >>> from toolkit_core.expression.elements import column
        >>> condition = column("x") == 5
        >>> str(condition.compile()), condition.compile().params
        ('x = :x_1', {'x_1': 5})
        >>> str(condition.compile(compile_kwargs={"literal_binds": True}))
        'x = 5'
        """
        if bind is not None and dialect is None:
            dialect = getattr(bind, "dialect", bind)
        return load_object(_DOOR)(self, dialect, {**kw, **(compile_kwargs or {})})

    def __str__(self) -> str:
        return str(self.compile())

    def compare(self: Any, other: Any, **kw: Any) -> bool:
        """Tell whether the other has the same structure and the same values.

        >>> from toolkit_core.expression.elements import column
        >>> (column("x") == 5).compare(column("x") == 5)
        True
        """
        if kw:
            raise ArgumentError(f"compare() takes no {', '.join(kw)}")
        return hasattr(other, "structure") and bool(self.same_as(other))

    def get_children(self: Any, **kw: Any) -> Iterator[Node]:
        """Return the nodes directly below."""
        if kw:
            raise ArgumentError(f"get_children() takes no {', '.join(kw)}")
        found: Iterator[Node] = self.walked()
        return found

    def self_group(self, against: Any = None) -> Any:
        """Return the node itself: its parentheses are the business of whoever writes it."""
        return self

    def params(self, _given: Mapping[str, Any] | None = None, /, **values: Any) -> Self:
        """Return a copy with other values for parameters, by their names.

        >>> from toolkit_core.expression.elements import bindparam, column
        >>> (column("x") == bindparam("p")).params(p=5).compile().params
        {'p': 5}
        """
        changed: Self = self._with_values({**(_given or {}), **values}, unique=False)
        return changed

    def unique_params(self, _given: Mapping[str, Any] | None = None, /, **values: Any) -> Self:
        """Do the same, and make the parameters distinct from others of their names."""
        changed: Self = self._with_values({**(_given or {}), **values}, unique=True)
        return changed

    def _with_values(self: Any, values: Mapping[str, Any], *, unique: bool) -> Any:
        made: dict[int, Any] = {}

        def change(node: Any) -> Any:
            if id(node) in made:
                return made[id(node)]
            if node.visit_name != "bindparam":
                changed = node.rewritten(change)
                if node.stands_for_more:
                    # What is known by its identity stays one thing.
                    made[id(node)] = changed
                return changed
            if node.key not in values:
                return node
            changed = node.but(value=values[node.key], callable=None, required=False)
            made[id(node)] = changed.but(key=None, hint=node.key) if unique else changed
            return made[id(node)]

        return change(self)

    def _generate_cache_key(self: Any) -> Any:
        """Return what compiled forms of it are found by; None if nothing can tell."""
        return load_object(_KEY)(self)

    @property
    def entity_namespace(self) -> Any:
        """What ``filter_by()`` finds names in; only what has columns has one."""
        raise AttributeError(f"{type(self).__name__} has no columns that filter_by() could name")
