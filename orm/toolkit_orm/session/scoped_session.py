"""The session of the present scope, under one name: a thread's, or of what a function says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from toolkit_core.errors import ArgumentError, InvalidRequestError, warn
from toolkit_core.events import Dispatch
from toolkit_core.events.registry import class_dispatch
from toolkit_core.inspectable import inspect
from toolkit_orm.session.passing_on import pass_on
from toolkit_orm.session.scope import ScopedRegistry, ThreadLocalRegistry
from toolkit_orm.session.session import Session

S = TypeVar("S", bound=Session)

_METHODS = [
    "add",
    "add_all",
    "begin",
    "begin_nested",
    "bind_mapper",
    "bind_table",
    "bulk_insert_mappings",
    "bulk_save_objects",
    "bulk_update_mappings",
    "close",
    "commit",
    "connection",
    "delete",
    "delete_all",
    "enable_relationship_loading",
    "execute",
    "expire",
    "expire_all",
    "expunge",
    "expunge_all",
    "flush",
    "get",
    "get_bind",
    "get_nested_transaction",
    "get_one",
    "get_transaction",
    "in_nested_transaction",
    "in_transaction",
    "invalidate",
    "is_modified",
    "merge",
    "merge_all",
    "query",
    "refresh",
    "reset",
    "rollback",
    "scalar",
    "scalars",
]
_READ = [
    "deleted",
    "dirty",
    "execution_options",
    "identity_map",
    "info",
    "is_active",
    "join_transaction_mode",
    "new",
    "no_autoflush",
]
_SET = ["autobegin", "autoflush", "bind", "expire_on_commit", "lazy_policy"]

if TYPE_CHECKING:
    # What a checker is told: it has all that a session has.
    class _Proxied(Session): ...
else:

    class _Proxied:
        """The methods and attributes of a session, each passed on to the present one."""

        object_session = staticmethod(Session.object_session)
        identity_key = staticmethod(Session.identity_key)

    pass_on(
        _Proxied,
        Session,
        methods=_METHODS,
        read=_READ,
        written=_SET,
        label="scoped_session",
    )


class scoped_session(_Proxied, Generic[S]):  # noqa: N801 - the documented name
    """The session of the present thread, or of what ``scopefunc`` says is present.

    It has all methods of a session, which work on the present one.

    >>> from toolkit_core.engine import create_engine
    >>> from toolkit_orm.session.sessionmaker import sessionmaker
    >>> present = scoped_session(sessionmaker(create_engine("sqlite://")))
    >>> present() is present(), present.scalar("select 1 + 1")
    (True, 2)
    >>> present.remove()
    """

    registry: ThreadLocalRegistry[S] | ScopedRegistry[S]

    def __init__(
        self, session_factory: Callable[..., S], scopefunc: Callable[[], Any] | None = None
    ) -> None:
        self.session_factory = session_factory
        if scopefunc is None:
            self.registry = ThreadLocalRegistry(session_factory)
        else:
            self.registry = ScopedRegistry(session_factory, scopefunc)

    def event_dispatches(self) -> list[Dispatch]:
        """Return who listens to the sessions of its maker."""
        factory: Any = self.session_factory
        return [class_dispatch(getattr(factory, "class_", factory))]

    def __call__(self, **kw: Any) -> S:
        """Return the present session, made now if there is none."""
        if not kw:
            return self.registry()
        if self.registry.has():
            raise InvalidRequestError(
                "Scoped session is already present; no new arguments may be specified.",
                hint="remove() ends the one that is there",
            )
        made = self.session_factory(**kw)
        self.registry.set(made)
        return made

    def remove(self) -> None:
        """Close the present session and forget it."""
        found = self.registry.present()
        if found is not None:
            found.close()
        self.registry.clear()

    def configure(self, **kwargs: Any) -> None:
        """Change the options of sessions made from now on."""
        if self.registry.has():
            warn(
                "At least one scoped session is already present.  configure() can not affect "
                "sessions that have already been created."
            )
        factory: Any = self.session_factory
        if not hasattr(factory, "configure"):
            raise ArgumentError("only the options of a sessionmaker can be changed")
        factory.configure(**kwargs)

    def query_property(self, query_cls: Any = None) -> Any:
        """Return what gives a class a query of the present session, as ``User.query``."""
        return _QueryProperty(self, query_cls)

    def __contains__(self, instance: object) -> bool:
        return instance in self.registry()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.registry())


class _QueryProperty:
    def __init__(self, scoped: scoped_session[Any], query_cls: Any) -> None:
        self._scoped = scoped
        self._query_cls = query_cls

    def __get__(self, instance: Any, owner: type[Any]) -> Any:
        # Not a class that is mapped: there is nothing to be queried.
        if inspect(owner, raiseerr=False) is None:
            return None
        session = self._scoped.registry()
        if self._query_cls is None:
            return session.query(owner)
        return self._query_cls(owner, session=session)
