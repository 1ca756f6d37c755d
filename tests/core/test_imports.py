"""What each entry does NOT import: whoever imports toolkit pays only for what is used.

The figures behind it are in docs/decisions/0009; `python -m tools.import_cost` shows who costs
what.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys

import pytest

# Nobody needs these before something of theirs is asked for.
COSTLY = {
    "asyncio",
    "concurrent",
    "dataclasses",
    "difflib",
    "email",
    "greenlet",
    "importlib.metadata",
    "importlib_metadata",
    "inspect",
    "json",
    "logging",
    "pathlib",
    "platform",
    "pluggy",
    "random",
    "tempfile",
    "textwrap",
    "traceback",
    "typing_extensions",
    "urllib",
    "uuid",
    "zipfile",
}
# Python 3.10 has no type variables for classes of results; typing_extensions brings more.
FOR_RESULTS = {"inspect", "typing_extensions"} if sys.version_info < (3, 11) else set()

OTHER_DRIVERS = {"psycopg", "psycopg2", "pymysql", "MySQLdb", "oracledb", "aiosqlite"}
OTHER_DIALECTS = {"toolkit_mysql", "toolkit_oracle", "toolkit_postgresql"}
EXECUTING = {
    "toolkit_core.compiler.writer",
    "toolkit_core.engine.connection",
    "toolkit_core.engine.result",
    "toolkit_core.expression",
}

# What only statements made of nodes need; text is a node that needs none of it.
LANGUAGE = {
    "toolkit_core.compiler.ansi",
    "toolkit_core.compiler.node",
    "toolkit_core.compiler.writer",
    "toolkit_core.engine.execute_node",
    "toolkit_core.engine.heard_dml",
    "toolkit_core.engine.insert_many",
    "toolkit_core.engine.prepare_dml",
    "toolkit_core.engine.prepare_node",
    "toolkit_core.expression.column_element",
    "toolkit_core.expression.dml",
    "toolkit_core.expression.params",
    "toolkit_core.schema",
    "toolkit_core.types",
    "toolkit_sqlite.compiler",
}

NEVER = COSTLY | OTHER_DRIVERS | OTHER_DIALECTS
SELECT = "connection.execute(toolkit.text('select :x'), {'x': 1}).all()"
STREAM = "connection.execute(toolkit.text('select 1'), execution_options={'yield_per': 2}).all()"
RUN = "engine = toolkit.create_engine('sqlite://'); connection = engine.connect(); "

ENTRIES = {
    "import toolkit": NEVER | {"sqlite3", "threading", "toolkit_core.errors"},
    "import toolkit; toolkit.text('select 1')": NEVER | {"sqlite3", "toolkit_core.engine"},
    "import toolkit; toolkit.create_engine": NEVER | {"sqlite3", "toolkit_sqlite"} | EXECUTING,
    "import toolkit; toolkit.create_engine('sqlite://')": NEVER
    | EXECUTING
    | {"toolkit_core.engine.config", "toolkit_core.engine.mock", "toolkit_core.pool.assertion"}
    | {"typing"},
    f"import toolkit; {RUN} {SELECT}": NEVER - FOR_RESULTS
    | LANGUAGE
    | {
        "toolkit_core.engine.heard",
        "toolkit_core.engine.result_arrow",
        "toolkit_core.engine.result_into",
    },
    f"import toolkit; {RUN} {STREAM}": (NEVER - FOR_RESULTS) | LANGUAGE,
}


def imported_by(program: str) -> set[str]:
    """The modules that a fresh interpreter has after the program, beyond those it began with."""
    shown = (
        f"import sys; before = set(sys.modules); {program}; after = set(sys.modules) - before;"
        "import json; print(json.dumps(sorted(after)))"
    )
    ran = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    return set(json.loads(ran.stdout))


@pytest.mark.parametrize("program", ENTRIES)
def test_an_entry_imports_nothing_that_it_does_not_use(program: str) -> None:
    assert not imported_by(program) & ENTRIES[program]


def test_the_driver_is_imported_with_the_engine() -> None:
    assert {"sqlite3", "toolkit_sqlite"} <= imported_by(
        "import toolkit; toolkit.create_engine('sqlite://')"
    )


def test_a_plugin_brings_pluggy() -> None:
    program = (
        "from toolkit.plugins import hookimpl, register;"
        "assert 'pluggy' not in sys.modules;"
        "plugin = type('Plugin', (), {'toolkit_url': hookimpl(lambda self, url: None)});"
        "register(plugin())"
    )
    assert "pluggy" in imported_by(program)


@pytest.mark.parametrize(
    "package", ["toolkit_core.engine", "toolkit_core.pool", "toolkit_core.dialect"]
)
def test_every_name_that_a_package_promises_is_found_when_asked_for(package: str) -> None:
    module = importlib.import_module(package)
    assert all(hasattr(module, name) for name in module.__all__)
    assert set(module._HOMES) <= set(module.__all__)


def test_a_name_that_a_package_has_not_is_an_attribute_error() -> None:
    module = importlib.import_module("toolkit_core.engine")
    with pytest.raises(AttributeError, match="has no attribute 'Motor'"):
        _ = module.Motor
