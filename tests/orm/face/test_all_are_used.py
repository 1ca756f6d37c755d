"""No public name of the ORM goes untested."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from toolkit.orm import Session
from toolkit.orm._typing import OrmExecuteOptionsParameter
from toolkit.orm.decl_base import _TableArgsType
from toolkit.orm.session import JoinTransactionMode

ROOT = Path(__file__).resolve().parents[3]
PUBLIC = (ROOT / "docs/public_api.txt").read_text("utf-8").split()
TESTS = (
    "tests/orm/**/*.py",
    "tests/documents/**/*.*",
    "tests/differential/programs/*.py",
    "tests/typing/*.py",
    "docs/*.md",
)
NO_USE = {"differences.py", "samples.py", "asking.py"}


def words() -> set[str]:
    found = {path for pattern in TESTS for path in ROOT.glob(pattern)}
    paths = {path for path in found if path.suffix != ".pyc"}
    texts = (path.read_text("utf-8") for path in paths if path.name not in NO_USE)
    return {word for text in texts for word in re.findall(r"\w+", text)}


def test_each_name_is_used_in_a_test() -> None:
    ours = [name for name in PUBLIC if name.startswith("toolkit.orm.")]
    assert len(ours) > 250
    used = words()
    assert [name for name in ours if name.rpartition(".")[2] not in used] == []


def test_the_modes_are_those_that_a_session_takes() -> None:
    assert [
        Session(join_transaction_mode=mode).join_transaction_mode
        for mode in get_args(JoinTransactionMode)
    ] == list(get_args(JoinTransactionMode))


def test_names_for_annotations_stand_for_what_is_given() -> None:
    def arguments(found: _TableArgsType, options: OrmExecuteOptionsParameter) -> int:
        return len(found) + len(options)

    assert arguments(({"schema": "x"},), {"yield_per": 5}) == 2
