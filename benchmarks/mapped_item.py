"""The shared table as a mapped class, for both libraries of the same documented API."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.items import COLUMNS
from benchmarks.place import Place, engine_on


class MappedItem:
    """A library, its ORM, the class and an engine where the data of the workload is."""

    def __init__(self, package: str, place: Place) -> None:
        self.core: Any = import_module(package)
        self.orm: Any = import_module(f"{package}.orm")
        core, orm = self.core, self.orm
        base: Any = type("Base", (orm.DeclarativeBase,), {})
        kinds = (core.Integer, core.String, core.String, core.Integer, core.Float, core.String)
        columns = {
            name: orm.mapped_column(kind, primary_key=name == "id")
            for name, kind in zip(COLUMNS, kinds, strict=True)
        }
        self.cls: Any = type("Item", (base,), {"__tablename__": "item", **columns})
        self.engine: Any = engine_on(package, place)

    def session(self) -> Any:
        """A new session."""
        return self.orm.Session(self.engine)

    def loaded(self, session: Any) -> list[Any]:
        """All objects, in the order of their keys."""
        found: list[Any] = session.scalars(self.core.select(self.cls).order_by(self.cls.id)).all()
        return found


class PlainItem:
    """What the raw programs have in place of a mapped class."""

    def __init__(
        self,
        name: str | None = None,
        city: str | None = None,
        age: int | None = None,
        score: float | None = None,
    ) -> None:
        self.name = name
        self.city = city
        self.age = age
        self.score = score
