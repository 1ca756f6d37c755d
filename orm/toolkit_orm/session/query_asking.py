"""Executing a query of the former way: objects come each once, and alone."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.label_style import LABEL_STYLE_LEGACY_ORM
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


def answer(query: Any, *, as_rows: bool = False, is_unique: bool = True) -> Any:
    """Execute it, and return its result; rows with objects in them each once."""
    query = query._heard()
    statement = query._whole()
    if query._label_style is not None and statement.structure().lowering is not None:
        # Labels are for the SQL, and for what is made of the query: its rows know attributes.
        statement = statement.set_label_style(LABEL_STYLE_LEGACY_ORM)
    raw = query._statement.raw_columns
    if not raw:
        raise InvalidRequestError("Query contains no columns with which to SELECT from.")
    options = query._all_options() if query._options or query._loading else {}
    result = query._bound().execute(statement, query._params or None, execution_options=options)
    if is_unique and "yield_per" not in query._options:
        for one in raw:
            if isinstance(one, _ENTITIES):
                result = result.unique()
                break
    elif getattr(result._shapes, "repeats", False):
        result = result.unique()
    return result.scalars() if not as_rows and _is_single(query, raw) else result


def first_of(query: Any) -> Any:
    """Return the first that is found, or None."""
    if query._given is not None:
        return answer(query, is_unique=False).first()
    return answer(query.limit(1), is_unique=False).first()
