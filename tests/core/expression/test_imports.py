"""Whatever an expression is reached by, all its operators are there; and no more is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest


def run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("program", "printed"),
    [
        (
            "from toolkit import column; print(column('x').in_([1]) & (column('x') ** 2 == 4))",
            "x IN (__[POSTCOMPILE_x_1]) AND pow(x, :pow_1) = :pow_2",
        ),
        ("from toolkit import func; print(func.f(1).in_([1]))", "f(:f_1) IN (__[POSTCOMPILE_f_2])"),
        ("from toolkit import func; print(func.count().type)", "INTEGER"),
        (
            "from toolkit import over, func; print(over(func.f(), rows=(None, 0)).label('x'))",
            "f() OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
        ),
        ("from toolkit.sql import operators; print(operators.eq.__name__)", "eq"),
        (
            "from toolkit import text; print(text(':a').bindparams(a=1).compile().params)",
            "{'a': 1}",
        ),
    ],
)
def test_one_import_is_enough(program: str, printed: str) -> None:
    assert run(program) == printed


def test_text_alone_loads_no_expressions() -> None:
    program = (
        "import sys; from toolkit import text; text('select 1'); "
        "print(*[name for name in sys.modules if name.startswith('toolkit_core.expression.')])"
    )
    loaded = {name.rpartition(".")[2] for name in run(program).split()}
    assert loaded == {"clause", "executable", "keys", "node", "text", "written_sql"}
