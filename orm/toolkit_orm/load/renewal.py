"""Loading an object anew, with what its own statement would load together with it."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.select import select
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.load.choices import AT_ONCE
from toolkit_orm.load.reason import because
from toolkit_orm.load.stored_columns import deferred_in, gone, key_of, load_columns


def brings(mapper: Any, told: Any) -> bool:
    """Tell whether related objects are loaded together with an object."""
    found = mapper.memo.get("brings") if told is None else told.renewal
    if found is None:
        hows = [one.lazy if told is None else told.how(one) for one in mapper.relationships]
        found = not AT_ONCE.isdisjoint(hows)
        if told is None:
            mapper.memo["brings"] = found
        else:
            told.renewal = found
    return bool(found)


def renew(session: Any, state: InstanceState, *, lock: Any = None, is_all: bool = False) -> None:
    """Load an object anew, as the statement that has loaded it would: with what comes with it.

    ``lock`` is what is said to ``with_for_update()``; None: rows are not locked.  ``is_all``: that
    is what was asked for, and not only what an attribute's reading brings.
    """
    mapper, told = state.mapper, state.load_options
    if lock is None and not brings(mapper, told):
        load_columns(session, state, mapper.expiring - deferred_in(mapper, told), is_all=is_all)
        return
    statement = _renewing(mapper, told)
    if lock is not None:
        statement = statement.with_for_update(**lock)
    options = because(session, loads_columns=True)
    if state.identity_token is not None:
        options = {**options, "identity_token": state.identity_token}
    result = session.execute(statement, key_of(state), execution_options=options)
    if result.unique().scalars().one_or_none() is None:
        raise gone(state)


def _renewing(mapper: Any, told: Any) -> Any:
    """Return the SELECT of one object of a class."""
    kept = mapper.memo if told is None else told.kept
    found = kept.get("renewing")
    if found is None:
        cls = mapper.class_
        keys = [getattr(cls, mapper.key_of[column]) for column in mapper.primary_key]
        found = select(cls).where(
            *[key == bindparam(f"key_{n}", type_=key.type) for n, key in enumerate(keys)]
        )
        if told is not None:
            found = found.options(*told.of_itself(mapper.entity))
        kept["renewing"] = found
    return found
