"""Why asynchronous faces are not inspected: an Inspector asks the database at once."""

from __future__ import annotations

from typing import NoReturn

from toolkit_core.errors import NoInspectionAvailable


def refuse_engine(engine: object) -> NoReturn:
    """Say how an engine is inspected."""
    raise NoInspectionAvailable(
        "Inspection on an AsyncEngine is currently not supported. Please obtain a connection then "
        "use ``conn.run_sync`` to pass a callable where it's possible to call ``inspect`` on the "
        "passed connection.",
        code="xd3s",
    )


def refuse_connection(connection: object) -> NoReturn:
    """Say how a connection is inspected."""
    raise NoInspectionAvailable(
        "Inspection on an AsyncConnection is currently not supported. Please use ``run_sync`` to "
        "pass a callable where it's possible to call ``inspect`` on the passed connection.",
        code="xd3s",
    )
