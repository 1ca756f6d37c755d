"""The session: a door to loading, changing and writing objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit_core.errors import InvalidRequestError
from toolkit_core.events.registry import class_dispatch
from toolkit_core.immutabledict import EMPTY
from toolkit_core.lazy_module import lazy_module
from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.session import membership
from toolkit_orm.session.binding import Binds, bind_of, checked_bind
from toolkit_orm.session.expiring import expire_all
from toolkit_orm.session.identity_set import IdentitySet
from toolkit_orm.session.identity_view import IdentityView
from toolkit_orm.session.joining import JoinTransactionMode, checked_join_mode
from toolkit_orm.session.ledger import note_expired
from toolkit_orm.session.living import numbered
from toolkit_orm.session.session_events import SessionEvents, tell
from toolkit_orm.session.statement_methods import Options, StatementMethods
from toolkit_orm.session.transaction import SessionTransaction
from toolkit_orm.session.transaction_state import CLOSED, SessionTransactionOrigin, refuse_in_block
from toolkit_orm.session.unsupported import refuse_unsupported

if TYPE_CHECKING:
    from toolkit_core.engine import Connection, Engine
    from toolkit_core.events import Dispatch
    from toolkit_core.newer_typing import Self
    from toolkit_orm.load import lazy_policy as lazy_policies
    from toolkit_orm.session import (
        bulk,
        execute_state,
        flushing,
        legacy_query,
        merging,
        modification,
        querying,
        refreshing,
        transitions,
    )
else:
    # What loads and writes is the larger part of the ORM: it is imported when it is first used.
    bulk = lazy_module("toolkit_orm.session.bulk")
    execute_state = lazy_module("toolkit_orm.session.execute_state")
    lazy_policies = lazy_module("toolkit_orm.load.lazy_policy")
    flushing = lazy_module("toolkit_orm.session.flushing")
    legacy_query = lazy_module("toolkit_orm.session.legacy_query")
    merging = lazy_module("toolkit_orm.session.merging")
    modification = lazy_module("toolkit_orm.session.modification")
    querying = lazy_module("toolkit_orm.session.querying")
    refreshing = lazy_module("toolkit_orm.session.refreshing")
    transitions = lazy_module("toolkit_orm.session.transitions")

T = TypeVar("T")


class Session(StatementMethods):
    """Objects, and one conversation with the database about them.

    It begins a transaction when it is first used, and another one after each ``commit()`` or
    ``rollback()``.  Changes are written by ``flush()``, which queries and commits call.
    """

    event_families = (SessionEvents,)
    # Who listens: what the class hears, until somebody listens to this very session.
    dispatch: Dispatch

    # Known for the old name; ``connection()`` gives connections.
    connection_callable: Any = None

    # Of a session whose database is awaited: what refuses to ask it where nothing can be awaited,
    # and the asynchronous session before it, by a weak reference.
    _guard: Any = None
    _async_face: Any = None

    def __init__(
        self,
        bind: Any = None,
        *,
        autoflush: bool = True,
        future: bool = True,
        expire_on_commit: bool = True,
        autobegin: bool = True,
        twophase: bool = False,
        binds: Mapping[Any, Any] | None = None,
        enable_baked_queries: bool = True,
        info: Mapping[Any, Any] | None = None,
        query_cls: Any = None,
        autocommit: bool = False,
        join_transaction_mode: JoinTransactionMode = "conditional_savepoint",
        close_resets_only: bool | None = True,
        execution_options: Options = EMPTY,
        lazy_policy: str | None = None,
    ) -> None:
        if autocommit or twophase or not future:
            refuse_unsupported(future=future, autocommit=autocommit)
        self.bind = checked_bind(bind)
        self.autoflush = autoflush
        self.autobegin = autobegin
        self.expire_on_commit = expire_on_commit
        self.twophase = False
        # Statements are always compiled once per shape: it is kept for who asks for it.
        self.enable_baked_queries = enable_baked_queries
        self.join_transaction_mode = checked_join_mode(join_transaction_mode)
        self.execution_options = execution_options
        self._query_cls: Any = query_cls
        # What becomes of lazy loading for one after another of many: None, as SQLAlchemy does.
        self.lazy_policy = (
            None if lazy_policy is None else lazy_policies.checked_policy(lazy_policy)
        )
        self.info: dict[Any, Any] = dict(info or {})
        self._binds = Binds(binds)
        # Whether statements have to be asked where they go to.
        self._routes = bool(binds) or type(self).get_bind is not Session.get_bind
        self._closes_for_good = close_resets_only is False
        self._is_closed = False
        self._home = Home(self)
        self._new: dict[InstanceState, Any] = {}
        self._deleted: dict[InstanceState, Any] = {}
        self._transaction: SessionTransaction | None = None
        # The transaction whose block we are in.
        self._block: SessionTransaction | None = None
        self._is_flushing = False
        # What a loading in progress has told of; None where nobody listens, or nothing loads.
        self._told_loads: set[InstanceState] | None = None
        self.dispatch = class_dispatch(type(self))
        # What tells it from all others.
        self.hash_key = numbered(self)

    def event_dispatches(self) -> list[Dispatch]:
        """Return who listens to this session, for another listener to be added."""
        if self.dispatch is class_dispatch(type(self)):
            self.dispatch = self.dispatch.child()
        return [self.dispatch]

    # -- objects --------------------------------------------------------------------------

    def add(self, instance: object) -> None:
        """Put an object into the session; the next flush inserts it, if it is new."""
        membership.add(self, instance)

    def add_all(self, instances: Iterable[object]) -> None:
        """Put objects into the session."""
        for instance in instances:
            membership.add(self, instance)

    def delete(self, instance: object) -> None:
        """Have the next flush delete the row of an object."""
        membership.delete(self, instance)

    def delete_all(self, instances: Iterable[object]) -> None:
        """Have the next flush delete the rows of objects."""
        for instance in instances:
            membership.delete(self, instance)

    def expunge(self, instance: object) -> None:
        """Take an object out of the session; nothing is written of it."""
        membership.expunge(self, instance)

    def expunge_all(self) -> None:
        """Take all objects out of the session."""
        membership.expunge_all(self)

    def expire(self, instance: object, attribute_names: Iterable[str] | None = None) -> None:
        """Have an object's attributes, or some, loaded anew when they are next read."""
        refreshing.expire_one(self, instance, attribute_names)

    def expire_all(self) -> None:
        """Have all attributes of all objects loaded anew when they are next read."""
        expire_all(self)
        note_expired(self, None)

    def refresh(
        self,
        instance: object,
        attribute_names: Iterable[str] | None = None,
        with_for_update: Any = None,
    ) -> None:
        """Load an object's attributes, or some, anew at once; what was set of them is lost."""
        refreshing.refresh_one(self, instance, attribute_names, with_for_update)

    def merge(self, instance: T, *, load: bool = True, options: Any = None) -> T:
        """Put what an object has into the session's object of the same key, and return that.

        It is loaded if it is not there, and new if it is not in the database.  ``load=False``
        takes the values as they are in the database, without asking it.
        """
        merged: T = merging.Merging(self, load=load, options=options).all([instance])[0]
        return merged

    def merge_all(
        self, instances: Iterable[T], *, load: bool = True, options: Any = None
    ) -> list[T]:
        """Do what ``merge()`` does with several objects."""
        return merging.Merging(self, load=load, options=options).all(instances)

    def enable_relationship_loading(self, obj: object) -> None:
        """Have a new object's relationships loaded by the keys that it has, though it is in no row.

        It is not written for that: ``add()`` would have it inserted.
        """
        membership.enable_relationship_loading(self, obj)

    @staticmethod
    def object_session(instance: object) -> Session | None:
        """Return the session that an object is in, or None."""
        return transitions.object_session(instance)

    @staticmethod
    def identity_key(
        class_: Any = None,
        ident: Any = None,
        *,
        instance: Any = None,
        row: Any = None,
        identity_token: Any = None,
    ) -> tuple[Any, ...]:
        """Return what an identity map knows an object by: class, primary key, token."""
        return transitions.identity_key(
            class_, ident, instance=instance, row=row, identity_token=identity_token
        )

    @property
    def new(self) -> IdentitySet:
        """The objects that the next flush inserts."""
        return IdentitySet(self._new.values())

    @property
    def dirty(self) -> IdentitySet:
        """The objects in the database of which something was set since the last flush."""
        return IdentitySet(
            one
            for state, one in self._home.modified.items()
            if state.pk is not None and state not in self._deleted
        )

    @property
    def deleted(self) -> IdentitySet:
        """The objects that the next flush deletes."""
        return IdentitySet(self._deleted.values())

    @property
    def identity_map(self) -> IdentityView:
        """The objects that are in the database, by their identity keys."""
        return IdentityView(self._home)

    def is_modified(self, instance: object, include_collections: bool = True) -> bool:
        """Tell whether an object has changes to be written; nothing is loaded for that."""
        return modification.is_modified(instance, include_collections=include_collections)

    def __contains__(self, instance: object) -> bool:
        state = membership.mapped_state(instance)
        return membership.has(self, state)

    def __iter__(self) -> Iterator[Any]:
        return iter([*self._new.values(), *self.identity_map.values()])

    # -- statements -----------------------------------------------------------------------

    def _execute(
        self, statement: Any, params: Any, options: Options, bind_arguments: Options | None
    ) -> Any:
        if self.dispatch.active and self.dispatch.do_orm_execute:
            asked = execute_state.ORMExecuteState(self, statement, params, options, bind_arguments)
            return asked.result()
        return querying.execute(self, statement, params, options, bind_arguments)

    def query(self, *entities: Any, **kwargs: Any) -> Any:
        """Ask for objects or columns in the former way; ``select()`` is today's."""
        if self._query_cls is None:
            self._query_cls = legacy_query.Query
        return self._query_cls(entities, self, **kwargs)

    def bulk_save_objects(
        self,
        objects: Iterable[object],
        return_defaults: bool = False,
        update_changed_only: bool = True,
        preserve_order: bool = True,
    ) -> None:
        """Write the rows of objects, without the session having them; no relationship is."""
        bulk.save_objects(
            self,
            objects,
            return_defaults=return_defaults,
            changed_only=update_changed_only,
            in_order=preserve_order,
        )

    def bulk_insert_mappings(
        self,
        mapper: Any,
        mappings: Iterable[dict[str, Any]],
        return_defaults: bool = False,
        render_nulls: bool = False,
    ) -> None:
        """Insert rows, each given as a dictionary; no object is made.

        ``return_defaults`` puts the keys of the rows into the dictionaries; ``render_nulls``
        writes what is None, where a default of the server's would be taken else.
        """
        bulk.insert_mappings(
            self, mapper, mappings, return_keys=return_defaults, render_nulls=render_nulls
        )

    def bulk_update_mappings(self, mapper: Any, mappings: Iterable[dict[str, Any]]) -> None:
        """Update rows by their primary keys, each given as a dictionary."""
        bulk.update_mappings(self, mapper, mappings)

    def connection(
        self,
        bind_arguments: Options | None = None,
        execution_options: Options | None = None,
    ) -> Connection:
        """Return the connection that the present transaction works with."""
        given = dict(bind_arguments or {})
        bind = given.pop("bind", None) or self.get_bind(**given)
        return self._begun().connection_to(bind, execution_options)

    def get_bind(
        self, mapper: Any = None, *, clause: Any = None, bind: Any = None, **kw: Any
    ) -> Engine | Connection:
        """Return the engine or connection that statements about a class go to."""
        return bind_of(self, mapper, clause, bind)

    def bind_mapper(self, mapper: Any, bind: Any) -> None:
        """Have statements about a class go to an engine or connection."""
        self._binds.add(mapper, bind)
        self._routes = True

    def bind_table(self, table: Any, bind: Any) -> None:
        """Have statements about a table go to an engine or connection."""
        self._binds.add(table, bind)
        self._routes = True

    # -- writing --------------------------------------------------------------------------

    def flush(self, objects: Iterable[object] | None = None) -> None:
        """Write what has changed; of some objects only, if they are given."""
        flushing.flush(self, None if objects is None else membership.chosen(objects))

    def _is_dirty(self) -> bool:
        return bool(self._new or self._deleted or self._home.modified)

    @property
    def _flushing(self) -> bool:
        # A name that get_bind() methods of users ask for.
        return self._is_flushing

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
        return self._begun(SessionTransactionOrigin.BEGIN)

    def begin_nested(self) -> SessionTransaction:
        """Set a savepoint; what is changed before is flushed."""
        outer = self._begun(SessionTransactionOrigin.BEGIN)
        outer.check()
        if not self._is_flushing:
            self.flush()
        made = SessionTransaction(self, SessionTransactionOrigin.BEGIN_NESTED, outer)
        self._transaction = made
        tell(self, "after_transaction_create", made)
        return made

    def commit(self) -> None:
        """Flush, commit, and have objects loaded anew when they are next read."""
        self._begun().outermost.commit()

    def prepare(self) -> None:
        """Prepare a two-phase transaction; there is none yet."""
        self._begun().outermost.prepare()

    def rollback(self) -> None:
        """Roll back; objects are as the database has them."""
        if self._transaction is not None:
            self._transaction.outermost.rollback()

    def in_transaction(self) -> bool:
        """Tell whether a transaction is in progress."""
        return self._transaction is not None

    def in_nested_transaction(self) -> bool:
        """Tell whether a savepoint is in progress."""
        return self._transaction is not None and self._transaction.nested

    def get_transaction(self) -> SessionTransaction | None:
        """Return the outermost transaction in progress."""
        return None if self._transaction is None else self._transaction.outermost

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

    def _begun(
        self, origin: SessionTransactionOrigin = SessionTransactionOrigin.AUTOBEGIN
    ) -> SessionTransaction:
        """Return the present transaction, begun now if there is none."""
        block = self._block
        if block is not None and block._state is CLOSED:
            refuse_in_block(None)
        transaction = self._transaction
        if transaction is None:
            transaction = self._begin(origin)
        return transaction

    def _begin(self, origin: SessionTransactionOrigin) -> SessionTransaction:
        if self._is_closed:
            raise InvalidRequestError(
                "This Session has been permanently closed and is unable "
                "to handle any more transaction requests."
            )
        if not self.autobegin and origin is SessionTransactionOrigin.AUTOBEGIN:
            raise InvalidRequestError(
                "Autobegin is disabled on this Session; please call session.begin() to start "
                "a new transaction"
            )
        made = self._transaction = SessionTransaction(self, origin)
        try:
            tell(self, "after_transaction_create", made)
        except BaseException:
            self._transaction = None
            raise
        return made

    def _connection_of(
        self, mapper: Any, statement: Any = None, bind_arguments: Options | None = None
    ) -> Connection:
        """Return the connection for a class's rows, as a flush and statements of it need it."""
        bind = self.bind
        if bind is None or self._routes or bind_arguments:
            told = {"mapper": mapper, **(bind_arguments or {})}
            if statement is not None:
                told.setdefault("clause", statement)
            bind = self.get_bind(**told)
        return self._begun().connection_to(bind)
