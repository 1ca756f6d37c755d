"""What real programs import from SQLAlchemy is on the face, or it is said why it is not."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.core.names_to_come import REASONS, reason

# From 44 open projects: every name that two of them import, and those that no manual has.
USED = Path(__file__).with_name("used_names.txt").read_text("utf-8").split()


def is_there(name: str) -> bool:
    """Tell whether a program can import a name, as a module or from one."""
    module, _, attribute = name.rpartition(".")
    for path, last in ((name, None), (module, attribute)):
        try:
            found = importlib.import_module(path)
        except ModuleNotFoundError:
            continue
        if last is None or hasattr(found, last):
            return True
    return False


MISSING = [name for name in USED if not is_there(name)]


def test_each_name_is_there_or_has_a_reason() -> None:
    assert [name for name in MISSING if reason(name) is None] == []


@pytest.mark.parametrize("start", REASONS)
def test_a_reason_is_given_for_nothing_that_is_there(start: str) -> None:
    fitting = [name for name in MISSING if name.startswith(start)]
    assert fitting, f"nothing is missing for {start!r}: remove it from the list"


def test_the_names_of_the_core_are_there() -> None:
    """But for those that SQLAlchemy 2 has no more."""
    core = [name for name in USED if name.count(".") == 1]
    assert len(core) > 150
    gone = {"toolkit.FallbackAsyncAdaptedQueuePool", "toolkit.ResultProxy"}
    assert {name for name in core if not is_there(name)} <= gone
