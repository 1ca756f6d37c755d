"""The key of a statement, for programs that keep results by it."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.node import Node, plan_key


class CacheKey:
    """What a statement is found by, and its parameters in order.

    >>> from toolkit_core.expression.elements import column
    >>> one, two = column("x") == 5, column("x") == 7
    >>> one._generate_cache_key() == two._generate_cache_key()
    True
    >>> [bind.value for bind in two._generate_cache_key().bindparams]
    [7]
    """

    __slots__ = ("bindparams", "key")

    def __init__(self, key: tuple[Any, ...], bindparams: list[Any]) -> None:
        self.key = key
        self.bindparams = bindparams

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CacheKey) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"CacheKey(key={self.key!r})"


def cache_key(statement: Node) -> CacheKey | None:
    """Return the key of a statement; None if something in it cannot be told from others."""
    key, pattern, leaves = plan_key(statement)
    if not key.interned:
        return None
    binds = [leaf for leaf in leaves if leaf.visit_name == "bindparam"]
    return CacheKey((key, pattern), binds)
