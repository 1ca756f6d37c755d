"""All hooks of toolkit, and the whole of what a plugin may implement.

A plugin is any object with functions or methods of these names, each marked with
``hookimpl``, and an attribute ``toolkit_api`` with the version it was written for.  A dialect
is found in the entry point group ``toolkit.dialects`` under its own name, everything else in
``toolkit.plugins``; both are imported only when that name is asked for.

Hooks run when something is loaded, when an engine is made, when it connects or meets an
error: none runs per statement or row; that is what events are for.  A hook that is not called
does not stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from toolkit_core.plugins.markers import hookimpl, hookspec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

API_VERSION = "1"
"""The version of this file; it changes when an existing plugin would have to."""

__all__ = ["API_VERSION", "hookimpl", "hookspec"]


@hookspec(firstresult=True)
def toolkit_dialect(name: str, driver: str | None, options: Mapping[str, Any]) -> Any:
    """Return the ``Dialect`` of this name with this driver, or None.

    Asked of the one plugin that claims the name, whenever an engine is made.  ``options`` are
    the arguments of ``create_engine`` that are the driver's to understand.
    """


@hookspec
def toolkit_url(url: Any) -> Any:
    """Return another URL to connect to, or None: secrets, service names.

    Asked while an engine is made, before its dialect is looked for.
    """


@hookspec
def toolkit_connect_arguments(url: Any, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Change, in place, what the driver's ``connect`` is called with.

    Asked once per engine, while it is made; what must be fresh for each connection, such as
    a token, is the ``do_connect`` event's.
    """


@hookspec(firstresult=True)
def toolkit_classify_error(dialect: Any, error: BaseException) -> Any:
    """Return the ``ErrorFacts`` of a driver's error, or None to let the dialect tell.

    Asked each time the driver raises one of its own errors.
    """


@hookspec
def toolkit_engine_created(engine: Any) -> None:
    """An engine was made: the place to attach event listeners."""


@hookspec
def toolkit_commands() -> Mapping[str, Callable[[list[str]], int | None]] | None:
    """Return further commands of ``python -m toolkit``: functions by name.

    A function receives the arguments after its name and returns the exit code; the first
    line of its docstring is what the list of commands shows.
    """
