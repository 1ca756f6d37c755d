"""The session: a door to loading, changing and writing objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.expression.node import plan_key
from toolkit_orm.errors import UnmappedInstanceError
from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import STATE, InstanceState, state_of
from toolkit_orm.session import lookup, querying, transaction
from toolkit_orm.session.identity_view import IdentityView
from toolkit_orm.unit_of_work.changes import changes_of
from toolkit_orm.unit_of_work.execute import carry_out
from toolkit_orm.unit_of_work.plan import steps_of

if TYPE_CHECKING:
    from toolkit_core.newer_typing import Self


class Session:
    """Objects, and one conversation with the database about them."""

    def __init__(
        self,
        bind: Any = None,
        *,
        autoflush: bool = True,
        expire_on_commit: bool = True,
        info: Mapping[Any, Any] | None = None,
    ) -> None:
        self.bind = bind
        self.autoflush = autoflush
        self.expire_on_commit = expire_on_commit
        self.info = dict(info or {})
        self._home = Home(self)
        self._new: dict[InstanceState, Any] = {}
        self._deleted: dict[InstanceState, Any] = {}
        self._connection: Any = None
        self._flushing = False
        self._written = transaction.Ledger()

    # -- objects --------------------------------------------------------------------------

    def add(self, instance: Any) -> None:
        """Put an object into the session; the next flush inserts it, if it is new."""
        state = self._state(instance)
        if state.pk is None:
            self._new[state] = instance
            state.home = self._home
        else:
            lookup.attach(self._home, state, instance)
        self._deleted.pop(state, None)

    def add_all(self, instances: Iterable[Any]) -> None:
        """Put objects into the session."""
        for instance in instances:
            self.add(instance)

    def delete(self, instance: Any) -> None:
        """Have the next flush delete the row of an object."""
        state = self._state(instance)
        self._deleted[state] = instance

    def get(self, entity: Any, ident: Any) -> Any:
        """Return the object of a key: from the session, or else from the database."""
        return lookup.get(self, entity, ident)

    @property
    def new(self) -> list[Any]:
        """The objects that the next flush inserts."""
        return list(self._new.values())

    @property
    def dirty(self) -> list[Any]:
        """The objects that have changed."""
        return [one for state, one in self._home.modified.items() if state not in self._deleted]

    @property
    def deleted(self) -> list[Any]:
        """The objects that the next flush deletes."""
        return list(self._deleted.values())

    @property
    def identity_map(self) -> IdentityView:
        """The objects that are in the database, by their identity keys."""
        return IdentityView(self._home)

    def __contains__(self, instance: Any) -> bool:
        state = instance.__dict__.get(STATE)
        return state is not None and state.home is self._home

    def _state(self, instance: Any) -> InstanceState:
        if not hasattr(type(instance), "__state_class__"):
            raise UnmappedInstanceError(instance)
        return state_of(instance)

    # -- statements -----------------------------------------------------------------------

    def execute(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] | None = None,
    ) -> Any:
        """Execute a statement; entities become objects of the session."""
        return querying.execute(self, statement, params, execution_options or {})

    def scalars(self, statement: Any, params: Any = None, **options: Any) -> Any:
        """Execute a statement and return the first of each row."""
        return self.execute(statement, params, **options).scalars()

    def scalar(self, statement: Any, params: Any = None, **options: Any) -> Any:
        """Execute a statement and return the first of the first row."""
        return self.execute(statement, params, **options).scalar()

    # -- writing --------------------------------------------------------------------------

    def flush(self) -> None:
        """Write what has changed."""
        if self._flushing:
            return
        modified = self._home.modified
        if not (self._new or self._deleted or modified):
            return
        changes = changes_of(self._new, modified, self._deleted)
        self._flushing = True
        try:
            if changes:
                carry_out(steps_of(changes), self._connection_of(None), self._home)
        finally:
            self._flushing = False
        self._written.note(self._new, self._deleted)
        self._new = {}
        for state in self._deleted:
            self._home.forget(state)
            state.is_deleted = True
        self._deleted = {}
        for state in modified:
            state.committed = None
        modified.clear()

    def _autoflush(self) -> None:
        if self.autoflush and (self._new or self._deleted or self._home.modified):
            self.flush()

    # -- transactions ---------------------------------------------------------------------

    def commit(self) -> None:
        """Flush and commit."""
        self.flush()
        transaction.commit(self)

    def rollback(self) -> None:
        """Roll back: objects are as the database has them again."""
        transaction.rollback(self)

    def close(self) -> None:
        """Roll back what was not committed, and forget all objects."""
        transaction.close(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _connection_of(self, mapper: Any) -> Any:
        if self._connection is None:
            self._connection = self.bind.connect()
        return self._connection
