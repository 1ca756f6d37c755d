"""``Query.update()`` and ``Query.delete()``: the rows that a query finds, changed at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.delete import delete
from toolkit_core.expression.update import update
from toolkit_orm.session.query_events import after_listeners

# What a query may not have, and how it came to it.
_REFUSED = (
    (("row_limit",), "limit()"),
    (("row_offset",), "offset()"),
    (("ordering",), "order_by()"),
    (("grouping",), "group_by()"),
    (("is_distinct",), "distinct()"),
    (("joins", "said_froms"), "join(), outerjoin(), select_from(), or from_self()"),
)


class BulkUD:
    """One such call, as ``after_bulk_update`` and ``after_bulk_delete`` are told of it."""

    def __init__(self, query: Any) -> None:
        self.query = query.enable_eagerloads(False)
        self.result: Any = None
        entities = query._statement.raw_columns
        self.mapper = getattr(entities[0], "mapper", None) if entities else None
        self._check()

    @property
    def session(self) -> Any:
        """The session of the query."""
        return self.query.session

    def _check(self) -> None:
        statement = self.query._statement
        said = [
            name
            for kinds, name in _REFUSED
            if any(_is_said(getattr(statement, kind)) for kind in kinds)
        ]
        if self.query._given is not None:
            said.append("from_statement()")
        if said:
            raise InvalidRequestError(
                f"Can't call Query.update() or Query.delete() when {said[0]} has been called",
                hint="put it into a subquery: filter(Class.id.in_(query.with_entities(Class.id)))",
            )
        if len(statement.raw_columns) != 1:
            raise InvalidRequestError(
                "Query.update() and Query.delete() are for a query of one class",
                hint="query(Class).filter(Other.id == Class.other_id)",
            )

    def execute(self, statement: Any, way: Any) -> int:
        """Execute the statement, and return how many rows it has changed."""
        query = self.query
        made = statement.where(*query._statement.criteria)
        if query._statement.loader_options:
            made = made.options(*query._statement.loader_options)
        options = {**query._all_options(), "synchronize_session": way}
        self.result = query._bound().execute(made, query._params or None, execution_options=options)
        found: int = self.result.rowcount
        return found


def _is_said(found: Any) -> bool:
    # Expressions are neither true nor false.
    return bool(found) if isinstance(found, (tuple, bool)) else found is not None


class BulkUpdate(BulkUD):
    """A call of ``Query.update()``."""

    def __init__(self, query: Any, values: Any, update_kwargs: Mapping[str, Any]) -> None:
        super().__init__(query)
        if isinstance(values, str) or not isinstance(values, Iterable):
            raise ArgumentError(
                f"update() takes a dictionary of values, got {values!r}",
                hint='update({Class.name: "new"}), or {"name": "new"}',
            )
        self.values = values
        self.update_kwargs = update_kwargs


class BulkDelete(BulkUD):
    """A call of ``Query.delete()``."""


def updated(query: Any, values: Any, way: Any, told: Mapping[str, Any] | None) -> int:
    """Update the rows that a query finds; return how many they are."""
    context = BulkUpdate(query, values, dict(told or {}))
    context.query = after_listeners(context.query, "before_compile_update", context)
    options = dict(context.update_kwargs)
    statement = update(context.query._statement.raw_columns[0])
    given = context.values
    if options.pop("preserve_parameter_order", False):
        pairs = given.items() if isinstance(given, Mapping) else given
        statement = statement.ordered_values(*pairs)
    else:
        statement = statement.values(given if isinstance(given, Mapping) else dict(given))
    if options:
        statement = statement.with_dialect_options(**options)
    count = context.execute(statement, way)
    _tell(context, "after_bulk_update")
    return count


def deleted(query: Any, way: Any, told: Mapping[str, Any] | None) -> int:
    """Delete the rows that a query finds; return how many they are."""
    context = BulkDelete(query)
    context.query = after_listeners(context.query, "before_compile_delete", context)
    statement = delete(context.query._statement.raw_columns[0])
    if told:
        statement = statement.with_dialect_options(**told)
    count = context.execute(statement, way)
    _tell(context, "after_bulk_delete")
    return count


def _tell(context: BulkUD, event: str) -> None:
    dispatch = context.session.dispatch
    if dispatch.active:
        for heard in getattr(dispatch, event, ()):
            heard(context)
