"""What the sources of golden cases may name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from toolkit_core import types
from toolkit_core.expression import elements, functions, windows
from toolkit_core.expression.operators import custom_op
from toolkit_core.expression.text import text
from toolkit_core.facts import quoted_name
from toolkit_core.schema import Column, MetaData, Sequence, Table

SETUP = """
CREATE TABLE t (
    id INTEGER, x INTEGER, y INTEGER, z INTEGER, name TEXT, note TEXT,
    price NUMERIC, f FLOAT, flag BOOLEAN, dt TEXT, d TEXT
);
INSERT INTO t VALUES (
    1, 7, 2, NULL, 'Hello', 'a%b_c', 2.5, 1.5, 1, '2024-02-03 04:05:06.000007', '2024-02-03'
);
"""


def make_table() -> Table:
    """Return the table that SETUP makes, and a column that only the expressions know."""
    return Table(
        "t",
        MetaData(),
        Column("id", types.Integer, primary_key=True),
        Column("x", types.Integer),
        Column("y", types.Integer),
        Column("z", types.Integer),
        Column("name", types.String(50)),
        Column("note", types.String(50)),
        Column("price", types.Numeric(10, 2)),
        Column("f", types.Float),
        Column("flag", types.Boolean),
        Column("dt", types.DateTime),
        Column("d", types.Date),
        Column("arr", types.ARRAY(types.Integer)),
    )


def _apply(opstring: str) -> Any:
    return lambda left, right: left.operate(custom_op(opstring), right)


NAMESPACE: dict[str, Any] = {
    **{name: getattr(types, name) for name in types.__all__},
    **{name: getattr(elements, name) for name in elements.__all__},
    **{name: value for name, value in vars(windows).items() if not name.startswith("_")},
    "Function": functions.Function,
    "seq": Sequence("seq"),
    "custom_op": _apply,
    "func": functions.func,
    "quoted_name": quoted_name,
    "t": make_table(),
    "text": text,
    "timedelta": timedelta,
}
