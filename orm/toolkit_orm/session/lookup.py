"""Finding objects by their keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, InvalidRequestError, NoResultFound
from toolkit_core.expression.select import select
from toolkit_core.immutabledict import EMPTY
from toolkit_core.lazy_module import lazy_module
from toolkit_orm.errors import ObjectDeletedError
from toolkit_orm.instrument.home import place_of
from toolkit_orm.mapping.configuration import class_mapper
from toolkit_orm.query.locking import lock_options

if TYPE_CHECKING:
    from toolkit_orm.instrument.state import InstanceState
    from toolkit_orm.load import renewal, repeating
    from toolkit_orm.mapping.mapper import Mapper
else:
    renewal = lazy_module("toolkit_orm.load.renewal")
    repeating = lazy_module("toolkit_orm.load.repeating")


# What keys mostly are: a key of one column as it is.
_PLAIN = frozenset((int, str))


def get(
    session: Any,
    entity: Any,
    ident: Any,
    loader_options: Sequence[Any] | None,
    populate_existing: bool | None,
    lock: Any,
    options: Mapping[str, Any],
    bind_arguments: Mapping[str, Any] | None,
    token: Any = None,
) -> Any:
    """Return the object of a key: from the session, or else from the database."""
    mapper = getattr(entity, "__mapper__", None)
    if mapper is None or mapper.class_ is not entity:
        mapper = mapper_given(entity)
    pk = ident
    if ident.__class__ not in _PLAIN or len(mapper.primary_key) > 1:
        pk = key_given(mapper, ident)
    said = populate_existing or (options is not EMPTY and options.get("populate_existing"))
    if lock is None and not said:
        place = mapper.base if token is None else place_of(mapper.base, token)
        known = session._home.by_base.get(place)
        state = None if known is None else known.get(pk)
        instance = None if state is None else state()
        if state is not None and instance is not None:
            if state.stale is None and isinstance(instance, mapper.class_):
                return instance
            return _at_hand(session, mapper, state, instance)
    statement = _by_key(mapper, pk)
    if loader_options:
        statement = statement.options(*loader_options)
    how_locked = lock_options(lock)
    if how_locked is not None:
        statement = statement.with_for_update(**how_locked)
    if populate_existing or how_locked is not None:
        # What is locked is read as it is now.
        options = {**options, "populate_existing": True}
    if token is not None:
        options = {**options, "identity_token": token}
    found = session.execute(statement, execution_options=options, bind_arguments=bind_arguments)
    return repeating.made_unique(found).scalars().one_or_none()


def _by_key(mapper: Mapper, pk: Any) -> Any:
    """Return the SELECT of the object of a key."""
    key = pk if len(mapper.primary_key) > 1 else (pk,)
    return select(mapper.class_).where(
        *[column == value for column, value in zip(mapper.primary_key, key, strict=True)]
    )


def _at_hand(session: Any, mapper: Mapper, state: InstanceState, instance: Any) -> Any:
    """Return an object that the session has, unless it is of another class or its row is gone."""
    if not isinstance(instance, mapper.class_):
        return None
    expired = state.stale
    if expired is not None and expired == mapper.expiring:
        try:
            renewal.renew(session, state)
        except ObjectDeletedError:
            return None
    return instance


def required(entity: Any, ident: Any, found: Any) -> Any:
    """Return what was found of a key, which must be something."""
    if found is None:
        raise NoResultFound(
            "No row was found when one was required",
            hint=f"{mapper_given(entity).class_.__name__} has no row of the key {ident!r}; "
            "get() returns None there",
        )
    return found


def mapper_given(entity: Any) -> Mapper:
    """Return the mapper of what was given as a class to be looked for."""
    if isinstance(entity, type):
        return class_mapper(entity)
    if getattr(entity, "is_mapper", False):
        mapper: Mapper = entity
        return mapper
    raise ArgumentError(
        f"Expected mapped class or mapper, got: {entity!r}",
        hint="select() finds objects by an alias, or by conditions",
    )


def key_given(mapper: Any, ident: Any) -> Any:
    """Return a primary key as the identity map has it: a value, or a tuple of several."""
    names = mapper.key_names
    if isinstance(ident, Mapping):
        ident = _by_name(mapper, ident)
    elif not isinstance(ident, (tuple, list)):
        if len(names) == 1:
            return ident
        ident = (ident,)
    if len(ident) != len(names):
        _refuse_number(mapper)
    return tuple(ident) if len(names) > 1 else ident[0]


def _by_name(mapper: Any, ident: Mapping[str, Any]) -> tuple[Any, ...]:
    synonyms = {name: prop.name for name, prop in mapper.synonyms.items()}
    given = {synonyms.get(name, name): value for name, value in ident.items()}
    names = mapper.key_names
    if any(name not in given for name in names):
        raise InvalidRequestError(
            "Incorrect names of values in identifier to formulate primary key for session.get(); "
            f"primary key attribute names are {', '.join(map(repr, names))} (synonym names are "
            "also accepted)"
        )
    if len(given) != len(names):
        _refuse_number(mapper)
    return tuple([given[name] for name in names])


def _refuse_number(mapper: Any) -> None:
    raise InvalidRequestError(
        "Incorrect number of values in identifier to formulate primary key for session.get(); "
        f"primary key columns are {', '.join(repr(str(one)) for one in mapper.primary_key)}"
    )
