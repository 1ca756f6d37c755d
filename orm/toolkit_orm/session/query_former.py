"""What queries could before 2.0, and what does the same today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NoReturn

_ARGUMENTS: Final = {
    "aliased": "join an alias: other = aliased(Class); query.join(Class.children.of_type(other))",
    "from_joinpoint": "name the class: query.join(Class.orders).join(Order.items)",
}
_METHODS: Final = {
    "from_self": "rows = aliased(Class, query.subquery()); session.query(rows)",
    "select_entity_from": "other = aliased(Class, selectable); session.query(other)",
    "with_polymorphic": "session.query(with_polymorphic(Class, [...]))",
    "with_lockmode": "with_for_update()",
}


class Former:
    """Tells of methods that are no longer there what to say today."""

    def __getattr__(self, name: str) -> NoReturn:
        hint = _METHODS.get(name)
        message = f"'{type(self).__name__}' object has no attribute {name!r}"
        raise AttributeError(message if hint is None else f"{message}; since 2.0: {hint}")


def refuse_former(method: str, given: Mapping[str, Any]) -> NoReturn:
    """Refuse arguments that are no longer there."""
    name = next(iter(given))
    hint = _ARGUMENTS.get(name)
    message = f"Query.{method}() got an unexpected keyword argument {name!r}"
    raise TypeError(message if hint is None else f"{message}; since 2.0: {hint}")
