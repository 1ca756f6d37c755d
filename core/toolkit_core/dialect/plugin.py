"""The plugin object that a dialect's distribution puts behind its entry point."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from toolkit_core.dialect.dialect import Dialect
from toolkit_core.dialect.driver import Driver
from toolkit_core.errors import NoSuchModuleError
from toolkit_core.plugins import API_VERSION, hookimpl, load_object
from toolkit_core.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class DialectPlugin(Record, eq=False):
    """One dialect with its drivers, each imported only when it is asked for.

    ``drivers`` maps a driver's name to ``module:Class``; ``make`` puts the dialect together
    around a driver.
    """

    name: str
    default_driver: str
    drivers: Mapping[str, str]
    make: Callable[[str, Driver], Dialect]
    # Further names that this plugin answers to: MariaDB beside MySQL.
    also: tuple[str, ...] = ()
    toolkit_api: str = API_VERSION

    @hookimpl
    def toolkit_dialect(
        self, name: str, driver: str | None, options: Mapping[str, Any]
    ) -> Dialect | None:
        """Answer for this dialect's names and no others."""
        if name != self.name and name not in self.also:
            return None
        return self._made(name, driver, options)

    def dialect(self, driver: str | None = None, **options: Any) -> Dialect:
        """Make the dialect without an engine, e.g. to compile statements for it."""
        return self._made(self.name, driver, options)(**options)

    def _made(self, name: str, driver: str | None, options: Mapping[str, Any]) -> Dialect:
        path = self.drivers.get(driver or self.default_driver)
        if path is None:
            known = ", ".join(sorted(self.drivers))
            raise NoSuchModuleError(
                f"Can't load plugin: toolkit.dialects:{name}.{driver}",
                hint=f"one of its drivers: {known}",
            )
        return self.around(name, load_object(path), options)

    def around(self, name: str, cls: type[Driver], options: Mapping[str, Any]) -> Dialect:
        """Put the dialect together around a driver, which may be another's."""
        own = {key: value for key, value in options.items() if key in cls.engine_options}
        return self.make(name, cls(options.get("module"), own))
