"""Annotations that Python evaluates late, since 3.14, mean what they mean as text."""

from __future__ import annotations
import __future__

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SOURCE = Path(__file__).with_name("late_cases.py")


def cases(flags: int) -> list[Callable[[Any], None]]:
    """Run the module of the cases with what it would import from the future."""
    module = ModuleType(f"late_cases_{flags}")
    sys.modules[module.__name__] = module
    text = SOURCE.read_text("utf-8")
    exec(compile(text, str(SOURCE), "exec", flags=flags, dont_inherit=True), vars(module))
    found: list[Callable[[Any], None]] = vars(module)["CASES"]
    return found


@pytest.mark.parametrize("case", cases(__future__.annotations.compiler_flag))
def test_as_text(case: Callable[[Any], None], base: Any) -> None:
    case(base)


@pytest.mark.skipif(sys.version_info < (3, 14), reason="Python evaluates annotations at once")
@pytest.mark.parametrize("case", cases(0))
def test_late(case: Callable[[Any], None], base: Any) -> None:
    case(base)
