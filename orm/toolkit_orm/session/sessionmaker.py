"""Makers of sessions: with fixed options, and one for each thread or other scope."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import local
from typing import Any, Generic, TypeVar

from toolkit_core.errors import ArgumentError, InvalidRequestError, warn
from toolkit_core.events import Dispatch
from toolkit_core.events.registry import class_dispatch
from toolkit_orm.session.session import Session

S = TypeVar("S", bound=Session)


class sessionmaker(Generic[S]):  # noqa: N801 - the documented name
    """Makes sessions that all have the same options.

    >>> from toolkit_core.engine import create_engine
    >>> make = sessionmaker(create_engine("sqlite://"), expire_on_commit=False)
    >>> with make.begin() as session:
    ...     session.execute("select 1 + 1").scalar()
    2
    """

    class_: type[S]

    def __init__(
        self, bind: Any = None, *, class_: Any = Session, info: Any = None, **kw: Any
    ) -> None:
        kw["bind"] = bind
        if info is not None:
            kw["info"] = info
        self.kw = kw
        # A class of its own, so that listeners to this maker's sessions hear no others.
        self.class_ = type(class_.__name__, (class_,), {"__module__": class_.__module__})

    def __call__(self, **local_kw: Any) -> S:
        """Make a session; what is given here takes the place of what the maker was given."""
        options = {**self.kw, **local_kw}
        if "info" in self.kw and "info" in local_kw:
            options["info"] = {**self.kw["info"], **local_kw["info"]}
        return self.class_(**options)

    def event_dispatches(self) -> list[Dispatch]:
        """Return who listens to the sessions of this maker."""
        return [class_dispatch(self.class_)]

    @contextmanager
    def begin(self) -> Iterator[S]:
        """Make a session for one transaction: committed at the end of the block, then closed."""
        session = self()
        with session, session.begin():
            yield session

    def configure(self, **new_kw: Any) -> None:
        """Change the options of sessions made from now on."""
        self.kw.update(new_kw)

    def __repr__(self) -> str:
        options = ", ".join(f"{name}={value!r}" for name, value in self.kw.items())
        return f"{type(self).__name__}(class_={self.class_.__name__!r}, {options})"


class scoped_session(Generic[S]):  # noqa: N801 - the documented name
    """The session of the present thread, or of what ``scopefunc`` says is present.

    It has all methods of a session, which work on the present one.
    """

    def __init__(
        self, session_factory: Callable[..., S], scopefunc: Callable[[], Any] | None = None
    ) -> None:
        self.session_factory = session_factory
        self._scopefunc = scopefunc
        self._of_thread = local()
        self._by_scope: dict[Any, S] = {}

    def event_dispatches(self) -> list[Dispatch]:
        """Return who listens to the sessions of its maker."""
        factory: Any = self.session_factory
        return [class_dispatch(getattr(factory, "class_", factory))]

    @property
    def registry(self) -> scoped_session[S]:
        """What holds the sessions: this one."""
        return self

    def has(self) -> bool:
        """Tell whether there is a session in the present scope."""
        return self._present() is not None

    def __call__(self, **kw: Any) -> S:
        """Return the present session, made now if there is none."""
        found = self._present()
        if found is not None:
            if kw:
                raise InvalidRequestError(
                    "Scoped session is already present; no new arguments may be specified.",
                    hint="remove() ends the one that is there",
                )
            return found
        made = self.session_factory(**kw)
        self.set(made)
        return made

    def set(self, session: S) -> None:
        """Make a session the present one."""
        if self._scopefunc is None:
            self._of_thread.session = session
        else:
            self._by_scope[self._scopefunc()] = session

    def remove(self) -> None:
        """Close the present session and forget it."""
        found = self._present()
        if found is not None:
            found.close()
        if self._scopefunc is None:
            self._of_thread.__dict__.pop("session", None)
        else:
            self._by_scope.pop(self._scopefunc(), None)

    def configure(self, **kwargs: Any) -> None:
        """Change the options of sessions made from now on."""
        if self.has():
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

    def _present(self) -> S | None:
        if self._scopefunc is None:
            found: S | None = getattr(self._of_thread, "session", None)
            return found
        return self._by_scope.get(self._scopefunc())

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self(), name)

    def __contains__(self, instance: Any) -> bool:
        return instance in self()

    def __iter__(self) -> Iterator[Any]:
        return iter(self())


class _QueryProperty:
    def __init__(self, scoped: scoped_session[Any], query_class: Any) -> None:
        self._scoped = scoped
        self._class = query_class

    def __get__(self, instance: Any, owner: type[Any]) -> Any:
        session = self._scoped()
        return session.query(owner) if self._class is None else self._class(owner, session)
