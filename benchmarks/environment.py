"""The environment that the rivals and our working tree are measured in."""

from __future__ import annotations

from tools.environment import ROOT, PinnedEnvironment

RIVALS = ("sqlalchemy", "peewee", "pony", "django", "greenlet")
DRIVERS = ("aiosqlite", "psycopg2-binary", "pymysql")
OUR_NEEDS = ("importlib_metadata", "pluggy", "typing_extensions")
OUR_BUILD = ("hatchling", "editables")
OUR_FOLDERS = ("core", "orm", "dialects/sqlite", "dialects/postgresql", "dialects/mysql", ".")

BENCH = PinnedEnvironment(
    folder=ROOT / ".venv-bench",
    names=RIVALS + DRIVERS + OUR_NEEDS + OUR_BUILD,
    constraints=ROOT / "benchmarks" / "constraints.txt",
    our_folders=tuple(ROOT / folder for folder in OUR_FOLDERS),
)
