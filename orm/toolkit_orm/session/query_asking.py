"""Executing a query of the former way: objects come each once, and alone."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.label_style import LABEL_STYLE_TABLENAME_PLUS_COL
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.query.aliased_entity import AliasedEntity
from toolkit_orm.query.bundle import BundleNode

_ENTITIES = (Entity, AliasedEntity)


def only_entity(statement: Any) -> Any:
    """Return the one class that is selected, if nothing else is; else None."""
    raw = statement.raw_columns
    return raw[0] if len(raw) == 1 and isinstance(raw[0], _ENTITIES) else None


def _is_single(query: Any, raw: tuple[Any, ...]) -> bool:
    """Tell whether what is returned are values rather than rows."""
    if query._as_tuples is True or len(raw) != 1:
        return False
    one = raw[0]
    return isinstance(one, _ENTITIES) or (
        isinstance(one, BundleNode) and bool(one.bundle.single_entity)
    )


def answer(query: Any, *, as_rows: bool = False) -> Any:
    """Execute it, and return its result."""
    query = query._heard()
    statement = query._whole()
    is_mapped = statement.structure().lowering is not None
    if is_mapped and query._label_style is None and query._given is None:
        statement = statement.set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
    raw = query._statement.raw_columns
    if not raw:
        raise InvalidRequestError("Query contains no columns with which to SELECT from.")
    options = query._all_options() if query._options or query._loading else {}
    result = query._bound().execute(statement, query._params or None, execution_options=options)
    if any(isinstance(one, _ENTITIES) for one in raw) and "yield_per" not in query._options:
        result = result.unique()
    return result.scalars() if not as_rows and _is_single(query, raw) else result


def first_of(query: Any) -> Any:
    """Return the first that is found, or None."""
    if query._given is not None:
        return answer(query).first()
    return answer(query.limit(1)).first()
