"""What the oracle writes for every golden case on a dialect, as JSON; run by the oracle's Python.

``python -m tests.core.golden.server_oracle postgresql.psycopg2 > observed.json`` needs SQLAlchemy.
It maps each kind of cases to what was written for each: the SQL, or ``!!`` and the error.
"""

from __future__ import annotations

import importlib
import json
import sys
import warnings
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.core.compiler import ddl_cases, ddl_constraint_cases
from tests.core.dml import cases as dml_cases
from tests.core.dml import change_cases

FOLDER = Path(__file__).parent
EXPRESSIONS = ("arithmetic", "comparison", "functions", "literals", "logic", "strings", "windows")


def written(make: Any, dialect: Any) -> str:
    """Write one statement, or several, or name the error."""
    try:
        made = make()
        made = made[0] if isinstance(made, tuple) else made
        several = made if isinstance(made, list) else [made]
        return ";\n".join(str(one.compile(dialect=dialect)) for one in several)
    except Exception as error:  # noqa: BLE001 - which one it is is the answer
        return f"!! {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"


def namespace(sa: Any) -> dict[str, Any]:
    """Return the documented names that the sources use, from the oracle."""
    words = importlib.import_module("sqlalchemy.sql.elements")
    found = {
        **{name: value for name, value in vars(words).items() if not name.startswith("_")},
        **{name: value for name, value in vars(sa.types).items() if not name.startswith("_")},
        **{name: value for name, value in vars(sa).items() if not name.startswith("_")},
    }
    operators = importlib.import_module("sqlalchemy.sql.operators")

    def custom_op(opstring: str) -> Any:
        return lambda left, right: left.operate(operators.custom_op(opstring), right)

    return {
        **found,
        "custom_op": custom_op,
        "quoted_name": sa.sql.quoted_name,
        "seq": sa.Sequence("seq"),
        "timedelta": timedelta,
    }


def rebuilt(module: str, sa: Any) -> dict[str, Any]:
    """Run a namespace module of ours with the oracle's names in place of ours."""
    source = (FOLDER / f"{module}.py").read_text("utf-8")
    lines = [line for line in source.splitlines() if not line.startswith("from toolkit_core")]
    elements = importlib.import_module("sqlalchemy.sql.elements")
    scope = {
        **namespace(sa),
        "types": SimpleNamespace(__all__=(), **vars(sa.types)),
        "elements": SimpleNamespace(__all__=(), **{**vars(elements), **vars(sa)}),
        "functions": sa.sql.functions,
        "windows": SimpleNamespace(),
        "compound": SimpleNamespace(),
        "label_style": importlib.import_module("sqlalchemy.sql.selectable"),
        "values_": sa.values,
    }
    exec("\n".join(lines), scope)
    return scope


def main(path: str) -> None:
    sa = importlib.import_module("sqlalchemy")
    warnings.simplefilter("ignore")
    name, _, driver = path.partition(".")
    module = importlib.import_module(f"sqlalchemy.dialects.{name}.{driver}")
    dialect = module.dialect()
    found: dict[str, dict[str, str]] = {"expressions": {}, "selects": {}, "ddl": {}, "dml": {}}
    names = {**namespace(sa), **rebuilt("namespace", sa)["NAMESPACE"]}
    for group in EXPRESSIONS:
        for case in importlib.import_module(f"tests.core.golden.{group}").CASES:
            found["expressions"][case.source] = written(
                lambda source=case.source: eval(source, dict(names)), dialect
            )
    scope: dict[str, Any] = rebuilt("select_namespace", sa)
    for file in sorted((FOLDER / "selects").glob("*.json")):
        for case in json.loads(file.read_text("utf-8")):
            source, there = case["source"], {**namespace(sa), **scope["namespace"]()}
            found["selects"][source] = written(
                lambda source=source, there=there: eval(source, there), dialect
            )
    schema = SimpleNamespace(**{**vars(sa), **vars(sa.schema)})
    for title, make in {**ddl_cases.CASES, **ddl_constraint_cases.CASES}.items():
        found["ddl"][title] = written(lambda make=make: make(schema), dialect)
    own = importlib.import_module(f"sqlalchemy.dialects.{name}")
    words = SimpleNamespace(**vars(sa), sqlite_insert=own.insert)
    tables = dml_cases.declared(words)
    for title, build in {**dml_cases.CASES, **change_cases.CASES}.items():
        found["dml"][title] = written(lambda build=build: build(words, tables), dialect)
    json.dump(found, sys.stdout, indent=1)


if __name__ == "__main__":
    main(sys.argv[1])
