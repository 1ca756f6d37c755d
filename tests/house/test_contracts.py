"""Each contract of the ladder breaks when its law is broken."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.distributions import distributions
from tools.tree import ROOT

# Rooms that the design names; a snippet may import from any, whether it is built yet or not.
CORE: tuple[str, ...] = (
    *("aio", "engine", "inspection", "dialect", "compiler", "pool", "lower", "schema"),
    *("expression", "types", "events", "facts", "plugins", "errors"),
)
ORM = ("ext", "aio", "session", "unit_of_work", "load", "query", "mapping", "instrument")


def skeleton(folder: Path) -> None:
    """All packages and rooms, empty."""
    packages = [Path(distribution.package) for distribution in distributions()]
    rooms = [Path("toolkit_core", room) for room in CORE]
    rooms += [Path("toolkit_orm", room) for room in ORM]
    for package in [*packages, *rooms]:
        (folder / package).mkdir()
        (folder / package / "__init__.py").touch()


def broken_contracts(folder: Path) -> set[str]:
    """The names of the contracts that import-linter finds broken in this folder."""
    environment = os.environ | {"PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"}
    lint = str(Path(sys.executable).parent / "lint-imports")
    done = subprocess.run(
        [lint, "--no-cache", "--config", str(ROOT / "pyproject.toml")],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts: " in done.stdout, done.stdout + done.stderr
    broken = set(re.findall(r"^(.+) BROKEN$", done.stdout, re.MULTILINE))
    assert bool(broken) == bool(done.returncode)
    return broken


def test_the_empty_house_keeps_every_contract(tmp_path: Path) -> None:
    skeleton(tmp_path)
    assert broken_contracts(tmp_path) == set()


LADDER = "face, plugins, ORM, core: each imports only from below"
CORE_LADDER = "inside the core each room imports only from below"
ORM_LADDER = "inside the ORM each room imports only from below"
NO_ORM = "a dialect knows nothing of the ORM"
DOOR = "a dialect enters the core by toolkit_core.dialect and the compiler's rules"


@pytest.mark.parametrize(
    ("file", "statement", "law"),
    [
        ("toolkit_core/engine/url.py", "import toolkit_orm", LADDER),
        ("toolkit_core/engine/url.py", "from toolkit_sqlite import dialect", LADDER),
        ("toolkit_orm/session/door.py", "import toolkit_postgresql", LADDER),
        ("toolkit_orm/session/door.py", "from toolkit import create_engine", LADDER),
        ("toolkit_mysql/dialect.py", "import toolkit_postgresql", LADDER),
        ("toolkit_testing/suite.py", "import toolkit_migrations", LADDER),
        ("toolkit_oracle/dialect.py", "from toolkit_orm import mapping", NO_ORM),
        ("toolkit_sqlite/dialect.py", "from toolkit_core import engine", DOOR),
        ("toolkit_sqlite/plugin.py", "from toolkit_core.plugins import hookimpl", DOOR),
        ("toolkit_core/errors/tree.py", "from toolkit_core import plugins", CORE_LADDER),
        ("toolkit_core/types/string.py", "from toolkit_core import facts", CORE_LADDER),
        ("toolkit_core/expression/node.py", "from toolkit_core import schema", CORE_LADDER),
        ("toolkit_core/compiler/writer.py", "from toolkit_core import pool", CORE_LADDER),
        ("toolkit_core/dialect/dialect.py", "from toolkit_core import engine", CORE_LADDER),
        ("toolkit_core/engine/create.py", "from toolkit_core import aio", CORE_LADDER),
        ("toolkit_core/helpers/__init__.py", "", CORE_LADDER),
        ("toolkit_orm/mapping/mapper.py", "from toolkit_orm import query", ORM_LADDER),
        ("toolkit_orm/load/lazy.py", "from toolkit_orm import unit_of_work", ORM_LADDER),
        ("toolkit_orm/instrument/state.py", "from toolkit_orm import session", ORM_LADDER),
        ("toolkit_orm/utils.py", "", ORM_LADDER),
    ],
)
def test_a_forbidden_import_breaks_its_contract(
    tmp_path: Path, file: str, statement: str, law: str
) -> None:
    skeleton(tmp_path)
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(f"{statement}\n", encoding="utf-8")
    assert law in broken_contracts(tmp_path)


@pytest.mark.parametrize(
    ("file", "statement"),
    [
        ("toolkit/__init__.py", "from toolkit_postgresql import dialect"),
        ("toolkit_sqlite/dialect.py", "from toolkit_core.dialect import facts"),
        ("toolkit_sqlite/select.py", "from toolkit_core.compiler.ansi import select"),
        ("toolkit_core/engine/result.py", "from toolkit_core import inspection"),
        ("toolkit_core/inspection/reflect.py", "from toolkit_core import engine"),
        ("toolkit_migrations/diff.py", "from toolkit_core import schema"),
    ],
)
def test_an_import_from_below_is_allowed(tmp_path: Path, file: str, statement: str) -> None:
    skeleton(tmp_path)
    (tmp_path / "toolkit_core/compiler/ansi").mkdir()
    (tmp_path / "toolkit_core/compiler/ansi/__init__.py").touch()
    (tmp_path / file).write_text(f"{statement}\n", encoding="utf-8")
    assert broken_contracts(tmp_path) == set()


def test_the_ladder_names_every_distribution() -> None:
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ladder = config.split('id = "distributions"')[1].split("[[tool")[0]
    for distribution in distributions():
        assert re.search(rf"\b{distribution.package}\b", ladder), distribution.name
