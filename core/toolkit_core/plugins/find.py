"""From the name of a dialect to the dialect, by the plugin that claims the name."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit_core.errors import NoSuchModuleError
from toolkit_core.immutabledict import EMPTY
from toolkit_core.plugins.hooks import Hooks, ask_alone
from toolkit_core.plugins.registry import DIALECTS, dialects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def find_dialect(
    name: str,
    driver: str | None = None,
    options: Mapping[str, Any] = EMPTY,
    hooks: Hooks | None = None,
) -> Any:
    """Return the dialect of a name, from the plugin that claims the name and no other.

    A plugin may claim ``name`` with all of its drivers, or ``name.driver`` alone.  It is
    added to the engine's ``hooks``, if they are given.
    """
    claim = f"{name}.{driver}"
    if driver is None or not dialects.has(claim):
        claim = name
    plugin = dialects.load(claim)
    (hooks or Hooks()).add(plugin)
    dialect = ask_alone(plugin, "toolkit_dialect", name=name, driver=driver, options=options)
    if dialect is None:
        full = name if driver is None else f"{name}.{driver}"
        drivers = ", ".join(sorted(getattr(plugin, "drivers", ())))
        hint = f"one of its drivers: {drivers}" if drivers else None
        raise NoSuchModuleError(f"Can't load plugin: {DIALECTS}:{full}", hint=hint)
    return dialect
