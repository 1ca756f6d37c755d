"""ruff's rules, as configured here, forbid what the style forbids."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tools.tree import ROOT


def rules_broken(code: str, as_if_at: str) -> set[str]:
    ruff = [sys.executable, "-m", "ruff", "check", "--output-format=json"]
    done = subprocess.run(
        [*ruff, "--stdin-filename", as_if_at, "-"],
        input=code,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    return {finding["code"] for finding in json.loads(done.stdout)}


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("def f() -> None:\n    from toolkit_core import errors\n", "PLC0415"),
        ("def f(x):\n    return x\n", "ANN001"),
        ("def f() -> None:\n    print(1)\n", "T201"),
        ("def f() -> None:\n    pass\n", "D103"),
        ("try:\n    pass\nexcept Exception:\n    pass\n", "BLE001"),
    ],
)
def test_a_kernel_module_may_not(code: str, rule: str) -> None:
    assert rule in rules_broken(code, "core/toolkit_core/schema/x.py")
