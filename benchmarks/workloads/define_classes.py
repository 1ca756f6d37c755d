"""define 100 mapped classes of six columns and a relationship, and configure them.

The raw program makes 100 plain classes with the same attributes, and the text of their tables.
"""

from __future__ import annotations

from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.django_setup import django_connection
from benchmarks.workload import Work

CLASSES = 100
NAMES = ("id", "parent_id", "name", "amount", "active", "note")
KINDS = ("INTEGER", "INTEGER", "VARCHAR(50)", "FLOAT", "BOOLEAN", "VARCHAR")

_rounds = count()


def raw(data: Path) -> Work:
    """Classes by `type()`, and their tables as text."""
    del data

    def work() -> int:
        made = []
        for number in range(CLASSES):
            namespace: dict[str, Any] = dict.fromkeys(NAMES)
            columns = ", ".join(f"{name} {kind}" for name, kind in zip(NAMES, KINDS, strict=True))
            namespace["__create__"] = f"CREATE TABLE t{number} ({columns})"
            made.append(type(f"C{number}", (object,), namespace))
        return len(made)

    return work


def toolkit(data: Path) -> Work:
    """Ours."""
    return declared("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return declared("sqlalchemy", data)


def declared(package: str, data: Path) -> Work:
    """The program for both: annotated classes below a base of their own."""
    del data
    orm = import_module(f"{package}.orm")
    core = import_module(package)

    def work() -> int:
        base: Any = type("Base", (orm.DeclarativeBase,), {})
        made = []
        for number in range(CLASSES):
            above = max(number - 1, 0)
            namespace = {
                "__tablename__": f"t{number}",
                "__annotations__": {
                    "id": orm.Mapped[int],
                    "parent_id": orm.Mapped[int | None],
                    "name": orm.Mapped[str],
                    "amount": orm.Mapped[float],
                    "active": orm.Mapped[bool],
                    "note": orm.Mapped[str | None],
                },
                "id": orm.mapped_column(primary_key=True),
                "parent_id": orm.mapped_column(core.ForeignKey(f"t{above}.id")),
                "name": orm.mapped_column(core.String(50)),
                "parent": orm.relationship(f"C{above}", remote_side=f"C{above}.id"),
            }
            made.append(type(base)(f"C{number}", (base,), namespace))
        base.registry.configure()
        base.registry.dispose()
        return len(made)

    return work


def peewee(data: Path) -> Work:
    """Peewee's models."""
    del data
    peewee = import_module("peewee")
    database = peewee.SqliteDatabase(":memory:")
    meta = type("Meta", (), {"database": database})

    def work() -> int:
        made: list[Any] = []
        for number in range(CLASSES):
            namespace = {
                "Meta": meta,
                "parent": peewee.ForeignKeyField(made[-1] if made else "self", null=True),
                "name": peewee.CharField(max_length=50),
                "amount": peewee.FloatField(),
                "active": peewee.BooleanField(),
                "note": peewee.TextField(null=True),
            }
            made.append(type(f"C{number}", (peewee.Model,), namespace))
        return len(made)

    return work


def django(data: Path) -> Work:
    """Django's models; each round has names of its own, since its registry forgets none."""
    django_connection(str(data))
    models = import_module("django.db.models")

    def work() -> int:
        turn = next(_rounds)
        made: list[Any] = []
        for number in range(CLASSES):
            namespace = {
                "Meta": type("Meta", (), {"app_label": "benchmarks"}),
                "__module__": __name__,
                "parent": models.ForeignKey(
                    made[-1] if made else "self",
                    null=True,
                    on_delete=models.CASCADE,
                    related_name="+",
                ),
                "name": models.CharField(max_length=50),
                "amount": models.FloatField(),
                "active": models.BooleanField(),
                "note": models.TextField(null=True),
            }
            made.append(type(f"C{turn}x{number}", (models.Model,), namespace))
        return len(made)

    return work
