"""Every golden case for a dialect with a server: what there is to write, to expect and to send.

A dialect keeps what it expects in files of its own, ``<folder>/<kind>.json``, from each case's
source to its SQL, or to an object::

    {"sql": ..., "oracle": ..., "why": ..., "value": ..., "server": ...}

``sql`` is what we write, or ``!!`` and the name of the error; ``oracle`` what the oracle writes
where that is something else, with the reason in ``why``; ``value`` is the ``repr`` of what the
server answers where that is another value than SQLite's; ``server`` begins the server's error
where it cannot execute the case.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple

from tests.core.golden import (
    arithmetic,
    comparison,
    functions,
    literals,
    logic,
    strings,
    windows,
)
from tests.core.golden.case import Case
from tests.core.golden.namespace import NAMESPACE
from tests.core.golden.select_namespace import namespace as select_names
from toolkit_core import schema, types
from toolkit_core.compiler.dml import compile_dml
from toolkit_core.compiler.processors import bind_processor
from toolkit_core.expression.conflict import conflict_insert
from toolkit_core.expression.delete import delete
from toolkit_core.expression.elements import literal, literal_column, null
from toolkit_core.expression.functions import func
from toolkit_core.expression.insert import insert
from toolkit_core.expression.params import bindparam
from toolkit_core.expression.select import select
from toolkit_core.expression.text import text
from toolkit_core.expression.update import update

KINDS = ("expressions", "selects", "ddl", "dml")
HERE = Path(__file__).parent
CORE = HERE.parent

LANGUAGE = {
    "bindparam": bindparam,
    "delete": delete,
    "func": func,
    "insert": insert,
    "literal": literal,
    "literal_column": literal_column,
    "null": null,
    "select": select,
    "text": text,
    "update": update,
}
# By their public names: some are fetched when they are first asked for.
PUBLIC = {name: getattr(one, name) for one in (types, schema) for name in one.__all__}
SCHEMA_NAMES = SimpleNamespace(**PUBLIC, **LANGUAGE)


class Expected(NamedTuple):
    """What a dialect expects of a case."""

    sql: str
    oracle: str | None = None
    why: str | None = None
    value: str | None = None
    server: str | None = None

    @property
    def is_refused(self) -> bool:
        """Whether it is refused before anything is sent."""
        return self.sql.startswith("!!")


def expected(folder: Path, kind: str) -> dict[str, Expected]:
    """Read what a dialect expects of the cases of a kind."""
    found = json.loads((folder / f"{kind}.json").read_text("utf-8"))
    return {
        source: Expected(entry) if isinstance(entry, str) else Expected(**entry)
        for source, entry in found.items()
    }


@cache
def expression_cases() -> dict[str, Case]:
    """Return the cases of expressions by their sources."""
    groups = (arithmetic, comparison, functions, literals, logic, strings, windows)
    return {case.source: case for group in groups for case in group.CASES}


@cache
def select_cases() -> dict[str, dict[str, Any]]:
    """Return the cases of SELECT by their sources."""
    files = sorted((HERE / "selects").glob("*.json"))
    return {case["source"]: case for file in files for case in json.loads(file.read_text("utf-8"))}


@cache
def ddl_cases() -> dict[str, Any]:
    """Return the cases of DDL by their titles."""
    folder = CORE / "compiler"
    return {
        **_beside(folder, "ddl_cases").CASES,
        **_beside(folder, "ddl_constraint_cases").CASES,
    }


@cache
def dml_module() -> ModuleType:
    """Return the module of the cases of INSERT, UPDATE and DELETE, with their tables."""
    return _beside(CORE / "dml", "cases")


@cache
def dml_cases() -> dict[str, Any]:
    """Return the cases of INSERT, UPDATE and DELETE by their titles."""
    return {**dml_module().CASES, **_beside(CORE / "dml", "change_cases").CASES}


def _beside(folder: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def titles(kind: str) -> list[str]:
    """Return the sources, or titles, of all cases of a kind."""
    found: dict[str, Callable[[], dict[str, Any]]] = {
        "expressions": expression_cases,
        "selects": select_cases,
        "ddl": ddl_cases,
        "dml": dml_cases,
    }
    return list(found[kind]())


def dml_names(own_insert: Any = conflict_insert) -> SimpleNamespace:
    """Return what cases of DML may name; their upsert is the dialect's own insert()."""
    return SimpleNamespace(**{**PUBLIC, **LANGUAGE}, sqlite_insert=own_insert)


def made(kind: str, title: str, own_insert: Any = conflict_insert) -> list[Any]:
    """Make the statements of a case: mostly one."""
    if kind == "expressions":
        return [eval(title, dict(NAMESPACE))]
    if kind == "selects":
        return [eval(title, select_names())]
    if kind == "ddl":
        found = ddl_cases()[title](SCHEMA_NAMES)
    else:
        names = dml_names(own_insert)
        found = dml_cases()[title](names, dml_module().declared(names))
        found = found[0] if isinstance(found, tuple) else found
    return found if isinstance(found, list) else [found]


def written(kind: str, title: str, dialect: Any, own_insert: Any = conflict_insert) -> str:
    """Write the statements of a case for a dialect, or name the error."""
    try:
        several = made(kind, title, own_insert)
        if kind == "dml":
            return ";\n".join(compile_dml(one, None, dialect).sql for one in several)
        return ";\n".join(str(one.compile(dialect=dialect)) for one in several)
    except Exception as error:  # noqa: BLE001 - which one it is is the answer
        return f"!! {type(error).__name__}"


def wanted_value(title: str, expectation: Expected) -> Any:
    """Return what the server should answer for an expression; Unknown if nobody says."""
    return expression_cases()[title].value if expectation.value is None else expectation.value


def sent(statement: Any, dialect: Any, cursor: Any, around: str = "{}") -> Any:
    """Send a statement through a raw cursor, its values as the types want them."""
    made = statement.compile(dialect=dialect)
    found = made.expanded(made.construct_params(_check=False))
    values = {
        name: _processed(value, found.types[name], dialect) for name, value in found.values.items()
    }
    positional = dialect.style.paramstyle.positional
    sql = around.format(found.sql) if around != "{}" else found.sql
    cursor.execute(sql, tuple(values[one] for one in found.names) if positional else values)
    return made


def _processed(value: Any, type_: Any, dialect: Any) -> Any:
    process = bind_processor(type_, dialect)
    return value if process is None else process(value)


def needs(element: Any) -> list[Any]:
    """Return what must be there before a DDL statement can be executed."""
    if isinstance(element, schema.DropTable):
        return [schema.CreateTable(element.element)]
    if isinstance(element, schema.CreateIndex):
        return [schema.CreateTable(element.element.table, if_not_exists=True)]
    if isinstance(element, schema.DropIndex):
        index = element.element
        return [schema.CreateTable(index.table), schema.CreateIndex(index)]
    if isinstance(element, schema.DropView):
        return [element.element._creator_ddl]
    if hasattr(element, "selectable"):
        first = element.selectable.raw_columns[0]
        return [schema.CreateTable(getattr(first, "table", first))]
    return []
