"""All hooks of toolkit, and the whole of what a plugin may implement.

A plugin is any object with functions or methods of these names, each marked with
``hookimpl``, and an attribute ``toolkit_api`` with the version it was written for.  A dialect
is found in the entry point group ``toolkit.dialects`` under its own name, everything else in
``toolkit.plugins``; both are imported only when that name is asked for.

Hooks run when something is loaded, when an engine is made or when it first connects.  Their
results are kept in the engine: none runs per statement or row; that is what events are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pluggy

API_VERSION = "1"
"""The version of this file; it changes when an existing plugin would have to."""

hookspec = pluggy.HookspecMarker("toolkit")
hookimpl = pluggy.HookimplMarker("toolkit")


@hookspec(firstresult=True)
def toolkit_dialect(name: str, driver: str | None, options: Mapping[str, Any]) -> Any:
    """Return the ``Dialect`` of this name with this driver, or None.

    ``options`` are the arguments of ``create_engine`` that are the driver's to understand.
    """


@hookspec
def toolkit_url(url: Any) -> Any:
    """Return another URL to connect to, or None: secrets, service names."""


@hookspec
def toolkit_connect_arguments(url: Any, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Change, in place, what the driver's ``connect`` is called with: once per engine."""


@hookspec
def toolkit_rules(dialect: Any, rules: Any) -> None:
    """Add rules that write nodes to a dialect."""


@hookspec
def toolkit_types(dialect: Any, types: Any) -> None:
    """Add types to a dialect."""


@hookspec(firstresult=True)
def toolkit_classify_error(dialect: Any, error: BaseException) -> Any:
    """Return the ``ErrorFacts`` of a driver's error, or None to let the dialect tell."""


@hookspec
def toolkit_engine_created(engine: Any) -> None:
    """An engine was made: the place to attach event listeners."""


@hookspec
def toolkit_commands() -> Any:
    """Return further commands of ``python -m toolkit``: pairs of a name and a function."""


@hookspec
def toolkit_migration_operations(registry: Any) -> None:
    """Add operations and comparators of migrations."""
