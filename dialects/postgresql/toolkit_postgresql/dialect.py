"""PostgreSQL as a dialect."""

from __future__ import annotations

from toolkit_core.dialect import Capabilities, Dialect, Driver, ServerFacts, Style
from toolkit_postgresql.words import WORDS


class PostgreSQL(Dialect, eq=False):
    """PostgreSQL, with what the server says of itself."""

    __slots__ = ()

    def knowing(self, server: ServerFacts) -> Dialect:
        """Return the same dialect with what the server's settings change in it."""
        # https://www.postgresql.org/docs/current/runtime-config-compatible.html
        conforming = server.settings.get("standard_conforming_strings", "on") == "on"
        return self.but(server=server, style=self.style.but(backslash_escapes=not conforming))


def make(name: str, driver: Driver) -> Dialect:
    """Put the dialect together around a driver."""
    return PostgreSQL(
        name=name,
        glue=driver,
        style=Style(paramstyle=driver.paramstyle, max_identifier=63, reserved=WORDS),
        rules_path="toolkit_postgresql.compiler:postgresql",
        types_path="toolkit_postgresql.types:postgresql_types",
        casts_path=getattr(driver, "casts_path", None),
        type_rules_path="toolkit_postgresql.compiler:postgresql_type_rules",
        inspector_path="toolkit_postgresql.inspector:PostgreSQLCatalogue",
        capabilities=Capabilities(
            savepoints=True,
            two_phase=getattr(driver, "two_phase", True),
            server_side_cursors=True,
            statement_timeout=True,
            cancel=True,
            autocommit=True,
            returning=True,
            returning_updates=True,
            deletes_self_referring=True,
            batches_inserts=getattr(driver, "batches_inserts", False),
            alters_constraints=True,
            sequences=True,
            optional_sequences=True,
            comments=True,
            constraint_comments=True,
            native_boolean=True,
            native_enum=True,
            named_types=True,
        ),
    )
