"""The functions with which options for loading begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_orm.query.load_option import Load

_NO_KEYS = "a loader option takes an attribute, such as User.addresses, or '*'"


def _along(keys: tuple[Any, ...], how: Callable[[Load, Any], Load]) -> Load:
    """Return an option along several attributes; only the last is loaded in the way said."""
    if not keys:
        raise ArgumentError(_NO_KEYS)
    made = Load()
    for key in keys[:-1]:
        made = made.defaultload(key)
    return how(made, keys[-1])


def selectinload(
    *keys: Any, recursion_depth: int | None = None, chunksize: int | None = None
) -> Load:
    """Load related objects by one more query, with the keys of all in an IN."""
    return _along(
        keys,
        lambda made, key: made.selectinload(
            key, recursion_depth=recursion_depth, chunksize=chunksize
        ),
    )


def joinedload(*keys: Any, **kw: Any) -> Load:
    """Load related objects in the same query, by a join; ``innerjoin=True``: an inner one."""
    return _along(keys, lambda made, key: made.joinedload(key, **kw))


def subqueryload(*keys: Any) -> Load:
    """Load related objects by one more query, which has the first as a subquery."""
    return _along(keys, Load.subqueryload)


def immediateload(*keys: Any, recursion_depth: int | None = None) -> Load:
    """Load related objects at once, by one query for each object."""
    return _along(keys, lambda made, key: made.immediateload(key, recursion_depth))


def lazyload(*keys: Any) -> Load:
    """Load related objects when they are asked for."""
    return _along(keys, Load.lazyload)


def raiseload(*keys: Any, **kw: Any) -> Load:
    """Refuse to load related objects; ``sql_only=True``: only where it needs a query."""
    return _along(keys, lambda made, key: made.raiseload(key, **kw))


def noload(*keys: Any) -> Load:
    """Load nothing: collections are empty, related objects None."""
    return _along(keys, Load.noload)


def defaultload(*keys: Any) -> Load:
    """Leave the loading of a relationship as it is; say something of what it leads to."""
    return _along(keys, Load.defaultload)


def contains_eager(*keys: Any, **kw: Any) -> Load:
    """Take related objects from columns that the statement selects for them already."""
    if not keys:
        raise ArgumentError(_NO_KEYS)
    if len(keys) > 1 and kw:
        raise ArgumentError(
            "contains_eager(alias=...) is for one relationship",
            hint="contains_eager(User.orders.of_type(alias)).contains_eager(alias.items)",
        )
    made = Load()
    for key in keys[:-1]:
        made = made.contains_eager(key)
    return made.contains_eager(keys[-1], **kw)


def load_only(*attrs: Any, raiseload: bool = False) -> Load:
    """Load only some columns; the others when they are asked for."""
    return Load().load_only(*attrs, raiseload=raiseload)


def defer(key: Any, *addl_attrs: Any, raiseload: bool = False) -> Load:
    """Load a column when it is asked for."""
    made = Load()
    for one in (key, *addl_attrs):
        made = made.defer(one, raiseload=raiseload)
    return made


def undefer(key: Any, *addl_attrs: Any) -> Load:
    """Load a column with the others."""
    made = Load()
    for one in (key, *addl_attrs):
        made = made.undefer(one)
    return made


def undefer_group(name: str) -> Load:
    """Load the columns of a group with the others."""
    return Load().undefer_group(name)


def with_expression(key: Any, expression: Any) -> Load:
    """Load an attribute from an expression of this statement."""
    return Load().with_expression(key, expression)


def selectin_polymorphic(base_cls: Any, classes: Any) -> Load:
    """Load the columns of subclasses by one more query for each."""
    return Load(base_cls).selectin_polymorphic(classes)
