"""What the sources of golden statements may name, and the database that they read."""

from __future__ import annotations

from typing import Any

from toolkit_core import types
from toolkit_core.expression import compound, elements, label_style
from toolkit_core.expression.exists import exists
from toolkit_core.expression.functions import func
from toolkit_core.expression.joins import join, outerjoin
from toolkit_core.expression.lateral import lateral
from toolkit_core.expression.select import select
from toolkit_core.expression.table_clause import table
from toolkit_core.expression.tablesample import tablesample
from toolkit_core.expression.text import text
from toolkit_core.expression.values import values
from toolkit_core.schema import Column, ForeignKey, ForeignKeyConstraint, MetaData, Table

SETUP = """
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
CREATE TABLE addresses (id INTEGER PRIMARY KEY, user_id INTEGER, email TEXT);
CREATE TABLE node (id INTEGER PRIMARY KEY, parent_id INTEGER, val INTEGER);
CREATE TABLE tt (x INTEGER, y INTEGER);
CREATE TABLE zz (x INTEGER);
INSERT INTO users VALUES (1, 'ann', 30), (2, 'bob', 1), (3, 'cid', 2);
INSERT INTO addresses VALUES (1, 1, 'a@x'), (2, 1, 'a@y'), (4, 3, 'c@x');
INSERT INTO node VALUES (1, NULL, 5), (2, 1, 6), (3, 1, 7);
INSERT INTO tt VALUES (1, 3), (2, 4);
"""

metadata = MetaData()
user = Table(
    "users",
    metadata,
    Column("id", types.Integer, primary_key=True),
    Column("name", types.String(50)),
    Column("age", types.Integer),
)
addr = Table(
    "addresses",
    metadata,
    Column("id", types.Integer, primary_key=True),
    Column("user_id", ForeignKey("users.id")),
    Column("email", types.String(50)),
)
node = Table(
    "node",
    metadata,
    Column("id", types.Integer, primary_key=True),
    Column("parent_id", ForeignKey("node.id")),
    Column("val", types.Integer),
)
pair = Table(
    "cp",
    metadata,
    Column("a", types.Integer, primary_key=True),
    Column("b", types.Integer, primary_key=True),
)
of_pair = Table(
    "cf",
    metadata,
    Column("id", types.Integer, primary_key=True),
    Column("x", types.Integer),
    Column("y", types.Integer),
    ForeignKeyConstraint(["x", "y"], ["cp.a", "cp.b"]),
)

COMMON: dict[str, Any] = {
    **{name: getattr(types, name) for name in types.__all__},
    **{name: getattr(elements, name) for name in elements.__all__},
    **{name: found for name, found in vars(compound).items() if not name.startswith("_")},
    **{name: found for name, found in vars(label_style).items() if name.startswith("LABEL")},
    "Column": Column,
    "MetaData": MetaData,
    "Table": Table,
    "addr": addr,
    "cf": of_pair,
    "cp": pair,
    "exists": exists,
    "func": func,
    "join": join,
    "lateral": lateral,
    "nd": node,
    "outerjoin": outerjoin,
    "select": select,
    "table": table,
    "tablesample": tablesample,
    "text": text,
    "user": user,
    "values": values,
}


def namespace() -> dict[str, Any]:
    """Return the names, with aliases and CTEs made anew."""
    key, count = user.c.id, func.count(user.c.id)
    first = select(key, user.c.name).where(key > 3).cte("c1")
    tree = select(key, elements.literal(0).label("depth")).where(key == 1)
    began = tree.cte("tree", recursive=True)
    told = elements.column("a", types.Integer), elements.column("b", types.String)
    return {
        **COMMON,
        "a2": addr.alias("a2"),
        "anon": select(key).cte(),
        "c1": first,
        "c2": select(first.c.id).where(first.c.id < 9).cte("c2"),
        "fc": count,
        "l": (key + 1).label("x"),
        "lc": count.label("n"),
        "rec": began,
        "rec2": began.union_all(select(key, began.c.depth + 1).where(user.c.age == began.c.id)),
        "sub": select(addr.c.user_id, func.count().label("n")).group_by(addr.c.user_id).subquery(),
        "tt": table("tt", elements.column("x"), elements.column("y", types.Integer)),
        "u2": user.alias(),
        "v": values(*told, name="v").data([(1, "x"), (2, "y")]),
    }
