"""A maker of sessions that all have the same options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Generic, TypeVar, overload

from toolkit_core.errors import ArgumentError, warn_deprecated
from toolkit_core.events import Dispatch
from toolkit_core.events.registry import class_dispatch
from toolkit_orm.session.living import close_all_sessions
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

    # What is asked of a session without having one.
    object_session = staticmethod(Session.object_session)
    identity_key = staticmethod(Session.identity_key)

    @overload
    def __init__(
        self,
        bind: Any = ...,
        *,
        class_: type[S],
        autoflush: bool = ...,
        expire_on_commit: bool = ...,
        info: Mapping[Any, Any] | None = ...,
        **kw: Any,
    ) -> None: ...
    @overload
    def __init__(
        self: sessionmaker[Session],
        bind: Any = ...,
        *,
        autoflush: bool = ...,
        expire_on_commit: bool = ...,
        info: Mapping[Any, Any] | None = ...,
        **kw: Any,
    ) -> None: ...
    def __init__(
        self,
        bind: Any = None,
        *,
        class_: Any = Session,
        autoflush: bool = True,
        expire_on_commit: bool = True,
        info: Mapping[Any, Any] | None = None,
        **kw: Any,
    ) -> None:
        kw.update(bind=bind, autoflush=autoflush, expire_on_commit=expire_on_commit)
        if info is not None:
            kw["info"] = info
        self.kw = kw
        if not (isinstance(class_, type) and (issubclass(class_, Session) or _is_async(class_))):
            raise ArgumentError(
                f"class_ is Session or a subclass of it, not {class_!r}",
                hint="sessionmaker(engine): a bind comes first",
            )
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
        made: Any = self.class_
        if _is_async(made):
            made.event_dispatches()
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

    @classmethod
    def close_all(cls) -> None:
        """Close all sessions that there are: ``close_all_sessions()`` of today."""
        warn_deprecated(
            "The Session.close_all() method is deprecated: use close_all_sessions()", "1.3"
        )
        close_all_sessions()

    def __repr__(self) -> str:
        options = ", ".join(f"{name}={value!r}" for name, value in self.kw.items())
        return f"{type(self).__name__}(class_={self.class_.__name__!r}, {options})"


def _is_async(class_: type[Any]) -> bool:
    """Whether it is a class of asynchronous sessions, which async_sessionmaker() is for today."""
    return hasattr(class_, "sync_session_class")
