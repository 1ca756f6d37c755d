"""Finding objects by their keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import InvalidRequestError, NoResultFound
from toolkit_core.expression.select import select
from toolkit_core.immutabledict import EMPTY
from toolkit_orm.errors import ObjectDeletedError
from toolkit_orm.load.renewal import renew
from toolkit_orm.load.repeating import made_unique
from toolkit_orm.mapping.configuration import class_mapper

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


# What keys mostly are: a key of one column as it is.
_PLAIN = frozenset((int, str))


def get(
    session: Session,
    entity: Any,
    ident: Any,
    *,
    populate_existing: bool = False,
    options: Mapping[str, Any] = EMPTY,
    loader_options: Sequence[Any] = (),
) -> Any:
    """Return the object of a key: from the session, or else from the database."""
    try:
        mapper = entity.__mapper__
    except AttributeError:
        mapper = class_mapper(entity)
    pk = ident
    if ident.__class__ not in _PLAIN or len(mapper.primary_key) > 1:
        pk = key_given(mapper, ident)
    known = session._home.by_base.get(mapper.base)
    state = None if known is None else known.get(pk)
    if state is not None and not populate_existing:
        instance = state()
        if instance is not None:
            if state.expired is not None and state.expired == mapper.expiring:
                try:
                    renew(session, state)
                except ObjectDeletedError:
                    return None
            return instance if isinstance(instance, mapper.class_) else None
    key = pk if len(mapper.primary_key) > 1 else (pk,)
    statement = select(entity).where(
        *[column == value for column, value in zip(mapper.primary_key, key, strict=True)]
    )
    if loader_options:
        statement = statement.options(*loader_options)
    if populate_existing:
        options = {**options, "populate_existing": True}
    found = session.execute(statement, execution_options=options)
    return made_unique(found).scalars().one_or_none()


def get_one(session: Session, entity: Any, ident: Any, **options: Any) -> Any:
    """Return the object of a key, which must be there."""
    found = session.get(entity, ident, **options)
    if found is None:
        raise NoResultFound("No row was found when one was required")
    return found


def key_given(mapper: Any, ident: Any) -> Any:
    """Return a primary key as the identity map has it: a value, or a tuple of several."""
    names = [mapper.key_of[column] for column in mapper.primary_key]
    if isinstance(ident, Mapping):
        missing = [name for name in names if name not in ident]
        if missing:
            raise InvalidRequestError(
                f"Incorrect names of values in identifier to formulate primary key for "
                f"session.get(); primary key attribute names are "
                f"{', '.join(map(repr, names))}"
            )
        ident = tuple([ident[name] for name in names])
    elif not isinstance(ident, (tuple, list)):
        ident = (ident,)
    if len(ident) != len(names):
        raise InvalidRequestError(
            "Incorrect number of values in identifier to formulate primary key for session.get(); "
            f"primary key columns are {', '.join(repr(str(one)) for one in mapper.primary_key)}"
        )
    return tuple(ident) if len(names) > 1 else ident[0]
