"""An engine without a database: it hands every statement to a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.dialect import Dialect
from toolkit_core.engine.chosen_dialect import choose_dialect
from toolkit_core.plugins import Hooks
from toolkit_core.url import URL, make_url


class MockConnection:
    """What ``create_mock_engine`` returns: engine and connection in one."""

    def __init__(self, dialect: Dialect, url: URL, execute: Callable[..., Any]) -> None:
        self._dialect = dialect
        self.url = url
        self._executor = execute

    @property
    def engine(self) -> MockConnection:
        """Itself."""
        return self

    @property
    def dialect(self) -> Dialect:
        """The dialect that statements are meant for."""
        return self._dialect

    @property
    def name(self) -> str:
        """The dialect's name."""
        return self._dialect.name

    def connect(self, **kwargs: Any) -> MockConnection:
        """Return itself."""
        return self

    def execution_options(self, **kwargs: Any) -> MockConnection:
        """Return itself."""
        return self

    def execute(self, obj: Any, parameters: Any = None, execution_options: Any = None) -> Any:
        """Hand the statement to the function."""
        return self._executor(obj, parameters)


def create_mock_engine(url: str | URL, executor: Callable[..., Any], **kw: Any) -> MockConnection:
    """Make an engine that sends nothing: ``executor(statement, parameters)`` gets it all.

    The options are those of ``create_engine``; what is about the dialect counts.

    >>> engine = create_mock_engine("sqlite://", lambda sql, *values: print(sql))
    >>> engine.execute("create table t (x integer)")
    create table t (x integer)
    """
    parsed = make_url(url)
    dialect, _ = choose_dialect(parsed, kw, Hooks())
    return MockConnection(dialect, parsed, executor)
