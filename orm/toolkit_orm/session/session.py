"""The session: a door to loading, changing and writing objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.events.registry import class_dispatch
from toolkit_core.expression.insert import insert
from toolkit_core.expression.update import update
from toolkit_core.immutabledict import EMPTY
from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import STATE, InstanceState
from toolkit_orm.load.lazy_policy import checked_policy
from toolkit_orm.mapping.configuration import class_mapper
from toolkit_orm.session import flushing, lookup, membership, querying, transitions, writing
from toolkit_orm.session.binding import Binds, bind_of, checked_bind
from toolkit_orm.session.execute_state import ORMExecuteState
from toolkit_orm.session.identity_view import IdentityView
from toolkit_orm.session.ledger import Ledger, expire_all, take_back
from toolkit_orm.session.legacy_query import Query
from toolkit_orm.session.living import LIVING
from toolkit_orm.session.merging import Merging
from toolkit_orm.session.session_events import SessionEvents
from toolkit_orm.session.transaction import SessionTransaction, checked_join_mode

if TYPE_CHECKING:
    from toolkit_core.engine import Connection, Engine
    from toolkit_core.events import Dispatch
    from toolkit_core.newer_typing import Self


class Session:
    """Objects, and one conversation with the database about them.

    It begins a transaction when it is first used, and another one after each ``commit()`` or
    ``rollback()``.  Changes are written by ``flush()``, which queries and commits call.
    """

    event_families = (SessionEvents,)
    # Who listens: what the class hears, until somebody listens to this very session.
    dispatch: Dispatch

    def __init__(
        self,
        bind: Any = None,
        *,
        autoflush: bool = True,
        future: bool = True,
        expire_on_commit: bool = True,
        autobegin: bool = True,
        binds: Mapping[Any, Any] | None = None,
        info: Mapping[Any, Any] | None = None,
        join_transaction_mode: str = "conditional_savepoint",
        close_resets_only: bool = True,
        execution_options: Mapping[str, Any] = EMPTY,
        query_cls: Any = None,
        autocommit: bool = False,
        lazy_policy: str | None = None,
    ) -> None:
        if autocommit:
            raise ArgumentError("autocommit=True is no longer there: sessions begin by themselves")
        if not future:
            raise ArgumentError("future=False is no longer there: sessions are as in 2.0")
        self.bind = checked_bind(bind)
        self.autoflush = autoflush
        self.autobegin = autobegin
        self.expire_on_commit = expire_on_commit
        self.join_transaction_mode = checked_join_mode(join_transaction_mode)
        self.execution_options = execution_options
        self._query_class: Any = Query if query_cls is None else query_cls
        # What becomes of lazy loading for one after another of many: None, as SQLAlchemy does.
        self.lazy_policy = checked_policy(lazy_policy)
        self.info: dict[Any, Any] = dict(info or {})
        self._binds = Binds(binds)
        self._closes_for_good = not close_resets_only
        self._is_closed = False
        self._home = Home(self)
        self._new: dict[InstanceState, Any] = {}
        self._deleted: dict[InstanceState, Any] = {}
        self._transaction: SessionTransaction | None = None
        self._is_flushing = False
        self.dispatch = class_dispatch(type(self))
        LIVING.add(self)

    def event_dispatches(self) -> list[Dispatch]:
        """Return who listens to this session, for another listener to be added."""
        if self.dispatch is class_dispatch(type(self)):
            self.dispatch = self.dispatch.child()
        return [self.dispatch]

    # -- objects --------------------------------------------------------------------------

    def add(self, instance: Any) -> None:
        """Put an object into the session; the next flush inserts it, if it is new."""
        membership.add(self, instance)

    def add_all(self, instances: Iterable[Any]) -> None:
        """Put objects into the session."""
        for instance in instances:
            membership.add(self, instance)

    def delete(self, instance: Any) -> None:
        """Have the next flush delete the row of an object."""
        membership.delete(self, instance)

    def delete_all(self, instances: Iterable[Any]) -> None:
        """Have the next flush delete the rows of objects."""
        for instance in instances:
            membership.delete(self, instance)

    def expunge(self, instance: Any) -> None:
        """Take an object out of the session; nothing is written of it."""
        membership.expunge(self, instance)

    def expunge_all(self) -> None:
        """Take all objects out of the session."""
        membership.expunge_all(self)

    def expire(self, instance: Any, attribute_names: Iterable[str] | None = None) -> None:
        """Have an object's attributes, or some, loaded anew when they are next read."""
        membership.expire_one(self, instance, attribute_names)

    def expire_all(self) -> None:
        """Have all attributes of all objects loaded anew when they are next read."""
        expire_all(self)

    def refresh(self, instance: Any, attribute_names: Iterable[str] | None = None) -> None:
        """Load an object's attributes, or some, anew at once."""
        membership.refresh_one(self, instance, attribute_names)

    def get(
        self,
        entity: Any,
        ident: Any,
        *,
        options: Any = None,
        populate_existing: bool = False,
        execution_options: Mapping[str, Any] = EMPTY,
    ) -> Any:
        """Return the object of a key, from the session or else from the database, or None."""
        return lookup.get(
            self,
            entity,
            ident,
            populate_existing=populate_existing,
            options=execution_options,
            loader_options=options or (),
        )

    def get_one(self, entity: Any, ident: Any, **options: Any) -> Any:
        """Return the object of a key, which must be there."""
        return lookup.get_one(self, entity, ident, **options)

    def merge(self, instance: Any, *, load: bool = True, options: Any = None) -> Any:
        """Put what an object has into the session's object of the same key, and return that.

        It is loaded if it is not there, and new if it is not in the database.  ``load=False``
        takes the values as they are in the database, without asking it.
        """
        return Merging(self, load=load, options=options).all([instance])[0]

    def merge_all(
        self, instances: Iterable[Any], *, load: bool = True, options: Any = None
    ) -> list[Any]:
        """Do what ``merge()`` does with several objects."""
        return Merging(self, load=load, options=options).all(instances)

    @staticmethod
    def object_session(instance: Any) -> Session | None:
        """Return the session that an object is in, or None."""
        return transitions.object_session(instance)

    @staticmethod
    def identity_key(class_: Any = None, ident: Any = None, **given: Any) -> tuple[Any, ...]:
        """Return what an identity map knows an object by: class, primary key, token."""
        return transitions.identity_key(class_, ident, **given)

    @property
    def new(self) -> list[Any]:
        """The objects that the next flush inserts."""
        return list(self._new.values())

    @property
    def dirty(self) -> list[Any]:
        """The objects in the database of which something was set since the last flush."""
        return [
            one
            for state, one in self._home.modified.items()
            if state.pk is not None and state not in self._deleted
        ]

    @property
    def deleted(self) -> list[Any]:
        """The objects that the next flush deletes."""
        return list(self._deleted.values())

    @property
    def identity_map(self) -> IdentityView:
        """The objects that are in the database, by their identity keys."""
        return IdentityView(self._home)

    def is_modified(self, instance: Any, include_collections: bool = True) -> bool:
        """Tell whether an object has changes to be written."""
        return membership.is_modified(instance)

    def __contains__(self, instance: Any) -> bool:
        state = getattr(instance, "__dict__", {}).get(STATE)
        return state is not None and state.home is self._home and not state.is_deleted

    def __iter__(self) -> Iterator[Any]:
        return iter([*self._new.values(), *self.identity_map.values()])

    # -- statements -----------------------------------------------------------------------

    def execute(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = EMPTY,
        bind_arguments: Mapping[str, Any] = EMPTY,
        **named: Any,
    ) -> Any:
        """Execute a statement; entities in its rows are objects of the session.

        A string is taken as ``text()``, and parameters may be given by keyword, as programs
        written for older versions do.
        """
        if self.dispatch.active and self.dispatch.do_orm_execute:
            given = {**(params or {}), **named} if named else params
            return ORMExecuteState(
                self, statement, given, execution_options, bind_arguments
            ).result()
        return self._executed(statement, params, execution_options, bind_arguments, named)

    def _executed(
        self,
        statement: Any,
        params: Any,
        options: Mapping[str, Any],
        bind_arguments: Mapping[str, Any],
        named: Mapping[str, Any],
    ) -> Any:
        if writing.writes_class(statement):
            given = {**(params or {}), **named} if named else params
            return writing.write(self, statement, given, options)
        return querying.execute(self, statement, params, options, bind_arguments, named)

    def query(self, *entities: Any) -> Any:
        """Ask for objects or columns in the former way; ``select()`` is today's."""
        return self._query_class(entities, self)

    def bulk_insert_mappings(
        self,
        mapper: Any,
        mappings: Iterable[Mapping[str, Any]],
        return_defaults: bool = False,
        render_nulls: bool = False,
    ) -> None:
        """Insert rows, each given as a dictionary; no object is made."""
        rows = list(mappings)
        if rows:
            self.execute(insert(class_mapper(mapper).class_), rows)

    def bulk_update_mappings(self, mapper: Any, mappings: Iterable[Mapping[str, Any]]) -> None:
        """Update rows by their primary keys, each given as a dictionary."""
        rows = list(mappings)
        if rows:
            self.execute(update(class_mapper(mapper).class_), rows)

    def scalars(self, statement: Any, params: Any = None, **options: Any) -> Any:
        """Execute a statement and return the first of each row."""
        return self.execute(statement, params, **options).scalars()

    def scalar(self, statement: Any, params: Any = None, **options: Any) -> Any:
        """Execute a statement and return the first of the first row."""
        return self.execute(statement, params, **options).scalar()

    def connection(
        self,
        bind_arguments: Mapping[str, Any] = EMPTY,
        execution_options: Mapping[str, Any] = EMPTY,
    ) -> Connection:
        """Return the connection that the present transaction works with."""
        bind = bind_arguments.get("bind") or self.get_bind(**bind_arguments)
        return self._begun().connection(bind, execution_options)

    def get_bind(self, mapper: Any = None, *, clause: Any = None, **kw: Any) -> Engine | Connection:
        """Return the engine or connection that statements about a class go to."""
        return bind_of(self, mapper, clause)

    def bind_mapper(self, mapper: Any, bind: Any) -> None:
        """Have statements about a class go to an engine or connection."""
        self._binds.add(mapper, bind)

    def bind_table(self, table: Any, bind: Any) -> None:
        """Have statements about a table go to an engine or connection."""
        self._binds.add(table, bind)

    # -- writing --------------------------------------------------------------------------

    def flush(self, objects: Any = None) -> None:
        """Write what has changed."""
        flushing.flush(self)

    @property
    def no_autoflush(self) -> Any:
        """A block in which queries do not flush."""
        return self._without_autoflush()

    @contextmanager
    def _without_autoflush(self) -> Iterator[Self]:
        before, self.autoflush = self.autoflush, False
        try:
            yield self
        finally:
            self.autoflush = before

    # -- transactions ---------------------------------------------------------------------

    def begin(self, nested: bool = False) -> SessionTransaction:
        """Begin a transaction."""
        if nested:
            return self.begin_nested()
        if self._transaction is not None:
            raise InvalidRequestError("A transaction is already begun on this Session.")
        return self._begun(asked=True)

    def begin_nested(self) -> SessionTransaction:
        """Set a savepoint; what is changed before is flushed."""
        outer = self._begun(asked=True)
        outer.check()
        self.flush()
        self._transaction = SessionTransaction(self, outer)
        return self._transaction

    def commit(self) -> None:
        """Flush, commit, and have objects loaded anew when they are next read."""
        transaction = self._begun()
        while transaction.parent is not None:
            transaction = transaction.parent
        transaction.commit()

    def rollback(self) -> None:
        """Roll back; objects are as the database has them."""
        if self._transaction is not None:
            transaction = self._transaction
            while transaction.parent is not None:
                transaction = transaction.parent
            transaction.rollback()
        elif self._home.modified:
            # Setting an attribute begins no transaction, but a rollback takes it back.
            take_back(self, Ledger(), nested=False)

    def in_transaction(self) -> bool:
        """Tell whether a transaction is in progress."""
        return self._transaction is not None

    def in_nested_transaction(self) -> bool:
        """Tell whether a savepoint is in progress."""
        return self._transaction is not None and self._transaction.nested

    def get_transaction(self) -> SessionTransaction | None:
        """Return the outermost transaction in progress."""
        found = self._transaction
        while found is not None and found.parent is not None:
            found = found.parent
        return found

    def get_nested_transaction(self) -> SessionTransaction | None:
        """Return the innermost savepoint in progress."""
        return self._transaction if self.in_nested_transaction() else None

    @property
    def is_active(self) -> bool:
        """Whether statements can be executed: False after a failed flush, until a rollback."""
        return self._transaction is None or self._transaction.is_active

    def close(self) -> None:
        """Roll back what was not committed, and let all objects go."""
        membership.close(self, invalidate=False)
        self._is_closed = self._closes_for_good

    def reset(self) -> None:
        """Do what ``close()`` does; the session can always be used again."""
        membership.close(self, invalidate=False)

    def invalidate(self) -> None:
        """Close the session and throw its connections away."""
        membership.close(self, invalidate=True)
        self._is_closed = self._closes_for_good

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _begun(self, *, asked: bool = False) -> SessionTransaction:
        """Return the present transaction, begun now if there is none."""
        transaction = self._transaction
        if transaction is None:
            if self._is_closed:
                raise InvalidRequestError(
                    "This Session has been permanently closed and is unable "
                    "to handle any more transaction requests."
                )
            if not self.autobegin and not asked:
                raise InvalidRequestError(
                    "Autobegin is disabled on this Session; please call session.begin() to start "
                    "a new transaction"
                )
            transaction = self._transaction = SessionTransaction(self, None)
        return transaction

    def _connection_of(self, mapper: Any) -> Connection:
        return self._begun().connection(self.get_bind(mapper))
