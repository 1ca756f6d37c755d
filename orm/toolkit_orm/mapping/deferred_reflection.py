"""Classes that are mapped when there is a database to read their tables from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.inspectable import inspect
from toolkit_core.schema import Table
from toolkit_orm.mapping.declarative import WAITING, declare

if TYPE_CHECKING:
    from toolkit_core.engine import Connection, Engine


class DeferredReflection:
    """Mix this into classes whose tables are read from a database, by ``prepare(engine)``.

    Until then they are not mapped.  What a class declares stands before what the database says.

    >>> from toolkit import create_engine
    >>> from toolkit.orm import DeclarativeBase
    >>> engine = create_engine("sqlite://")
    >>> with engine.begin() as connection:
    ...     _ = connection.exec_driver_sql("CREATE TABLE person (id INT PRIMARY KEY, name TEXT)")
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Reflected(DeferredReflection, Base):
    ...     __abstract__ = True
    >>> class Person(Reflected):
    ...     __tablename__ = "person"
    >>> Reflected.prepare(engine)
    >>> Person.name
    <Person.name>
    """

    __waits_for_reflection__ = True

    @classmethod
    def prepare(cls, bind: Engine | Connection, **reflect_kw: Any) -> None:
        """Read the tables of all classes below this one, and map them.

        ``reflect_kw`` goes to each ``Table``, beside ``autoload_with``.
        """
        waiting = [entry for entry in WAITING if issubclass(entry[1], cls)]
        inspector: Any = inspect(bind)
        told = {"autoload_with": inspector, **reflect_kw}
        # What a table refers to may be the table of a class that comes later.
        told.setdefault("resolve_fks", False)
        for entry in waiting:
            registry, waiter = entry
            declare(registry, waiter, told)
            WAITING.remove(entry)
        if "resolve_fks" not in reflect_kw:
            for _, mapped in waiting:
                _read_referred(mapped, inspector)


def _read_referred(cls: Any, inspector: Any) -> None:
    """Read the tables that a class's table refers to and that no class has."""
    table = cls.__table__
    for constraint in table.foreign_key_constraints:
        for key in constraint.elements:
            name = key.target_fullname.rpartition(".")[0]
            if name not in table.metadata.tables:
                schema, _, plain = name.rpartition(".")
                Table(plain, table.metadata, schema=schema or None, autoload_with=inspector)
