"""What is created, read, created elsewhere and read again is the same both times.

The two readings are compared as the server gives them, so what a server does not keep apart
(on MySQL a BOOLEAN and a TINYINT, on SQLite a REAL and a DOUBLE PRECISION) is the same before it
is compared: the one place where types are brought to a normal form is each dialect's
``inspector/types.py``.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.containers.backend import Backend
from tests.core.inspection.random_metadata import metadatas, two_places
from toolkit_core.engine import Connection
from toolkit_core.inspectable import inspect
from toolkit_core.schema import MetaData

KINDS = (
    "columns",
    "pk_constraint",
    "foreign_keys",
    "unique_constraints",
    "check_constraints",
    "indexes",
    "table_options",
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(metadata=metadatas())
def test_what_is_read_can_be_created_and_is_read_the_same(
    backend: Backend, metadata: MetaData
) -> None:
    # Workers share a server, and in MySQL schemas are the server's.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    first, second = places = (f"first place {worker}", f"second place {worker}")
    with two_places(backend, places) as connection:
        placed(metadata, None, first).create_all(connection)
        said = reading(connection, first)
        found = MetaData()
        found.reflect(connection, schema=first)
        placed(found, first, second).create_all(connection)
        assert reading(connection, second) == said


def placed(metadata: MetaData, here: str | None, there: str) -> MetaData:
    """The tables of one schema in another."""
    copies = MetaData()
    for table in metadata.sorted_tables:
        assert table.schema == here
        table.to_metadata(copies, schema=there)
    return copies


def reading(connection: Connection, schema: str) -> dict[str, Any]:
    """All that there is to say of a schema, without its name."""
    inspector = inspect(connection)
    kinds: tuple[str, ...] = KINDS
    if connection.dialect.capabilities.comments:
        kinds = (*kinds, "table_comment")
    found: dict[str, Any] = {}
    for kind in kinds:
        said = getattr(inspector, f"get_multi_{kind}")(schema)
        found[kind] = {name: plain(one, schema) for (_, name), one in said.items()}
    return found


def plain(said: Any, schema: str) -> Any:
    """What was read with types and expressions as text, and no schema's name in it."""
    if isinstance(said, dict):
        return {name: plain(one, schema) for name, one in said.items()}
    if isinstance(said, (list, tuple)):
        return [plain(one, schema) for one in said]
    if said is None or isinstance(said, (bool, int)):
        return said
    written = said if isinstance(said, str) else repr(said)
    return written.replace(schema, "<schema>")
