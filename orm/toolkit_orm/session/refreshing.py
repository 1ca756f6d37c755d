"""Having objects loaded anew: when they are next read, or at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.select import select
from toolkit_core.nearest import nearest
from toolkit_orm.errors import ObjectDeletedError, shown_instance
from toolkit_orm.instrument.state import InstanceState, state_of
from toolkit_orm.load.missing import refresh
from toolkit_orm.load.reason import because
from toolkit_orm.query.locking import locked
from toolkit_orm.session.expiring import expire
from toolkit_orm.session.flushing import autoflush
from toolkit_orm.session.ledger import note_expired
from toolkit_orm.session.membership import let_go, mapped_state
from toolkit_orm.unit_of_work.relations import cascaded

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

# Relationships that are loaded when their object is.
_TOGETHER = frozenset(("joined", "selectin", "subquery", "immediate"))


def expire_one(session: Session, instance: Any, names: Iterable[str] | None) -> None:
    """Have attributes of an object loaded anew when they are next read."""
    state = _persistent(session, instance)
    _expire(session, state, instance, _checked(state, names))


def _expire(session: Session, state: InstanceState, instance: Any, names: list[str] | None) -> None:
    if names is not None:
        _expire_alone(session, state, instance, names)
        return
    # Before what leads to them is gone.
    related = list(cascaded(instance, "refresh-expire"))
    _expire_alone(session, state, instance, None)
    for one in related:
        below = state_of(one)
        if below.home is not session._home:
            continue
        if below.pk is not None:
            _expire_alone(session, below, one, None)
        else:
            # It was added to a collection that is now as in the database.
            let_go(session, below)


def _expire_alone(
    session: Session, state: InstanceState, instance: Any, names: list[str] | None
) -> None:
    expire(state, instance, names)
    note_expired(session, (state,))
    if not state.committed and not state.waiting:
        state.committed = None
        session._home.modified.pop(state, None)


def refresh_one(session: Session, instance: Any, names: Iterable[str] | None, lock: Any) -> None:
    """Load attributes of an object anew, maybe with its row locked."""
    state = _persistent(session, instance)
    chosen = _checked(state, names) or None
    _expire(session, state, instance, chosen)
    if session.autoflush:
        autoflush(session)
    try:
        if chosen is None:
            _load(session, state, lock)
        else:
            _load_some(session, state, chosen, lock)
    except ObjectDeletedError as error:
        raise InvalidRequestError(
            f"Could not refresh instance '{shown_instance(instance)}'",
            hint="its row is gone: expunge the object, or roll back",
        ) from error


def _load(session: Session, state: InstanceState, lock: Any) -> None:
    mapper = state.mapper
    statement = mapper.memo.get("refresh_all")
    if statement is None:
        entity: Any = mapper.class_
        keys = enumerate(mapper.primary_key)
        statement = mapper.memo["refresh_all"] = select(entity).where(
            *[key == bindparam(f"key_{place}", type_=key.type) for place, key in keys]
        )
    key = state.pk if len(mapper.primary_key) > 1 else (state.pk,)
    given = {f"key_{place}": value for place, value in enumerate(key)}
    options = because(session, loads_columns=True)
    found = session.execute(locked(statement, lock), given, execution_options=options)
    if found.unique().scalars().one_or_none() is None:
        raise ObjectDeletedError("the row is gone")


def _load_some(session: Session, state: InstanceState, names: list[str], lock: Any) -> None:
    props = state.mapper.props
    columns = [name for name in names if name in state.mapper.expiring]
    if any(getattr(props[name], "lazy", None) in _TOGETHER for name in names):
        # It comes with the row, and so does what has expired.
        _load(session, state, lock)
    elif columns:
        refresh(session, state, frozenset(columns), lock)
    for name in names:
        if name not in columns:
            getattr(state(), name)


def _persistent(session: Session, instance: Any) -> InstanceState:
    state = mapped_state(instance)
    if state.home is not session._home or not state.persistent:
        raise InvalidRequestError(
            f"Instance '{shown_instance(instance)}' is not persistent within this Session"
        )
    return state


def _checked(state: InstanceState, names: Iterable[str] | None) -> list[str] | None:
    """Return the names of attributes, if they are."""
    if names is None:
        return None
    if isinstance(names, (str, Mapping)):
        raise ArgumentError(
            f"attribute_names is a list of names, not {names!r}", hint=f"[{names!r}]"
        )
    chosen = list(names)
    known = state.mapper.props
    for name in chosen:
        if name not in known:
            near = getattr(name, "key", None) or nearest(str(name), known)
            raise InvalidRequestError(
                f"{state.mapper.class_.__name__} has no attribute {name!r} to be loaded anew",
                hint=None if near is None else f"{near!r}",
            )
    return chosen
