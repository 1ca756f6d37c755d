"""What the oracle wrote for each case and dialect; run it with the oracle's Python to write anew.

``python tests/core/compiler/ddl_golden.py`` needs SQLAlchemy and rewrites golden/ddl.txt.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "ddl.txt"
MARK = "=== "


def observed() -> dict[str, str]:
    """Read the file: from ``case dialect`` to the SQL, or to the error's name."""
    found: dict[str, str] = {}
    for block in ("\n" + GOLDEN.read_text(encoding="utf-8")[:-1]).split("\n" + MARK)[1:]:
        title, _, sql = block.partition("\n")
        found[title] = sql
    return found


def written(build: Any, names: Any, write: Any) -> str:
    """Write the elements of a case, or name the error."""
    try:
        made = build(names)
        elements = made if isinstance(made, list) else [made]
        return ";\n".join(write(element) for element in elements)
    except Exception as error:  # noqa: BLE001 - which one it is is the answer
        return f"!! {type(error).__name__}"


def main() -> None:
    import ddl_cases  # type: ignore[import-not-found]
    import ddl_constraint_cases  # type: ignore[import-not-found]
    import sqlalchemy  # type: ignore[import-not-found]
    from sqlalchemy.dialects import sqlite  # type: ignore[import-not-found]

    warnings.simplefilter("ignore")
    names = SimpleNamespace(**{**vars(sqlalchemy), **vars(sqlalchemy.schema)})
    names.quoted_name = sqlalchemy.sql.quoted_name
    out = []
    for title, build in {**ddl_cases.CASES, **ddl_constraint_cases.CASES}.items():
        # By no dialect at all, as ``str()`` writes it, and by SQLite's.
        for name, dialect in (("default", None), ("sqlite", sqlite.dialect(paramstyle="named"))):

            def write(element: Any, dialect: Any = dialect) -> str:
                return str(element.compile(dialect=dialect))

            out.append(f"{MARK}{title} {name}\n{written(build, names, write)}")
    GOLDEN.write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    main()
