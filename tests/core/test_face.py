"""The face: every public name that is promised is there, and nothing is public by accident."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = [
    line
    for line in (ROOT / "docs/public_api.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def test_every_public_name_can_be_imported() -> None:
    missing = []
    for name in PUBLIC:
        module, _, attribute = name.rpartition(".")
        if not hasattr(importlib.import_module(module), attribute):
            missing.append(name)
    assert missing == []


def test_what_a_module_exports_is_what_is_public() -> None:
    by_module: dict[str, set[str]] = {}
    for name in PUBLIC:
        module, _, attribute = name.rpartition(".")
        by_module.setdefault(module, set()).add(attribute)
    for module, names in by_module.items():
        exported = set(importlib.import_module(module).__all__)
        if module == "toolkit":
            # Its modules are fetched when they are asked for.
            assert exported < names
        else:
            assert exported == names, module


@pytest.mark.parametrize(
    "path",
    [
        "toolkit.create_engine",
        "toolkit.Engine",
        "toolkit.Connection",
        "toolkit.NullPool",
        "toolkit.engine_from_config",
        "toolkit.event.listen",
        "toolkit.exc.IntegrityError",
        "toolkit.engine.url.make_url",
        "toolkit.engine.base.Connection",
        "toolkit.engine.interfaces.DBAPIConnection",
        "toolkit.engine.mock.MockConnection",
        "toolkit.engine.cursor.CursorResult",
        "toolkit.engine.result.ScalarResult",
        "toolkit.engine.row.Row",
        "toolkit.engine.create.create_engine",
        "toolkit.pool.QueuePool",
        "toolkit.pool.base.Pool",
        "toolkit.pool.impl.StaticPool",
        "toolkit.dialects.registry",
        "toolkit.dialects.sqlite.dialect",
        "toolkit.dialects.sqlite.pysqlite.dialect",
        "toolkit.util.immutabledict",
        "toolkit.util.EMPTY_DICT",
        "toolkit.__version__",
    ],
)
def test_real_programs_import_from_here(path: str) -> None:
    assert path in PUBLIC or path == "toolkit.__version__"
    module, _, attribute = path.rpartition(".")
    assert getattr(importlib.import_module(module), attribute) is not None


def test_modules_are_reached_as_attributes_of_the_package() -> None:
    import toolkit.pool.impl

    assert toolkit.dialects.sqlite.dialect().name == "sqlite"
    assert toolkit.pool.impl.QueuePool is toolkit.QueuePool
    assert toolkit.util.immutabledict({"a": 1}) == {"a": 1}


def test_a_name_that_is_not_there_suggests_one() -> None:
    import toolkit

    with pytest.raises(AttributeError, match="did you mean 'create_engine'"):
        _ = toolkit.create_engin


def test_the_modules_come_with_a_star() -> None:
    space: dict[str, object] = {}
    exec("from toolkit import *", space)
    assert {"event", "exc", "types", "schema", "pool", "sql", "engine", "util"} <= set(space)
