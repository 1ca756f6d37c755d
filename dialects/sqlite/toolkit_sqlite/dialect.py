"""SQLite as a dialect."""

from __future__ import annotations

from toolkit_core.dialect import Capabilities, Dialect, Driver, Style
from toolkit_sqlite.words import WORDS


def make(name: str, driver: Driver) -> Dialect:
    """Put the dialect together around a driver."""
    # https://sqlite.org/lang_returning.html
    returns = getattr(driver.module, "sqlite_version_info", (3, 35)) >= (3, 35)
    return Dialect(
        name=name,
        glue=driver,
        style=Style(paramstyle=driver.paramstyle, numeric_mark="?", reserved=WORDS),
        rules_path="toolkit_sqlite.compiler:sqlite",
        types_path="toolkit_sqlite.types:sqlite_types",
        type_rules_path="toolkit_sqlite.compiler:sqlite_type_rules",
        inspector_path="toolkit_sqlite.inspector:SQLiteCatalogue",
        capabilities=Capabilities(
            last_row_id=True,
            savepoints=True,
            statement_timeout=True,
            cancel=True,
            autocommit=True,
            returning=returns,
            returning_updates=returns,
            deletes_self_referring=True,
        ),
    )
