"""Which engine or connection a statement of a session goes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.engine import Connection, Engine, create_engine
from toolkit_core.errors import ArgumentError, UnboundExecutionError
from toolkit_core.expression.from_list import sources_in
from toolkit_core.expression.node import Node
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.mapping.mapper import Mapper

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

Bind = Engine | Connection


def checked_bind(bind: Any) -> Any:
    """Return what a session may be bound to: an engine, a connection, or a URL for an engine."""
    if bind is None or isinstance(bind, (Engine, Connection)):
        return bind
    if isinstance(bind, str):
        return create_engine(bind)
    raise ArgumentError(
        f"a Session is bound to an Engine or a Connection, not to {type(bind).__name__}",
        hint="Session(create_engine(...))",
    )


class Binds:
    """What classes and tables are bound to, beside what the whole session is."""

    __slots__ = ("by_class", "by_table")

    def __init__(self, given: Mapping[Any, Any] | None) -> None:
        self.by_class: dict[type[Any], Any] = {}
        self.by_table: dict[Any, Any] = {}
        for what, bind in (given or {}).items():
            self.add(what, bind)

    def add(self, what: Any, bind: Any) -> None:
        """Bind a class, a mapper or a table."""
        if isinstance(what, Mapper):
            self.by_class[what.class_] = bind
            self.by_table[what.local_table] = bind
        elif isinstance(what, type):
            self.by_class[what] = bind
        elif isinstance(what, Node):
            self.by_table[what] = bind
        else:
            raise ArgumentError(f"Not an acceptable bind target: {what}")

    def of_mapper(self, mapper: Mapper) -> Any:
        """Return the bind of a class: its own, that of its table, or of the nearest above it."""
        for cls in mapper.class_.__mro__:
            if cls in self.by_class:
                return self.by_class[cls]
        return self.by_table.get(mapper.local_table)

    def of_statement(self, statement: Any) -> Any:
        """Return the bind of the first table that a statement is about and that is bound."""
        for source in _sources(statement):
            if isinstance(source, Entity):
                found = self.of_mapper(source.mapper)
            else:
                found = self.by_table.get(source)
            if found is not None:
                return found
        return None


def _sources(statement: Any) -> list[Any]:
    table = getattr(statement, "table", None)
    if table is not None:
        return [table]
    if not hasattr(statement, "raw_columns"):
        return []
    return [*sources_in(statement.raw_columns), *statement.said_froms]


def bind_of(session: Session, mapper: Any = None, clause: Any = None) -> Bind:
    """Return where statements about a class, or a statement, go to."""
    if mapper is not None and not isinstance(mapper, Mapper):
        mapper = mapper.__mapper__
    found: Any = None
    binds = session._binds
    if binds.by_class or binds.by_table:
        if mapper is not None:
            found = binds.of_mapper(mapper)
        elif clause is not None:
            found = binds.of_statement(clause)
    if found is None:
        found = session.bind
    if found is None:
        about = []
        if mapper is not None:
            about.append(f"mapper {mapper}")
        if clause is not None:
            about.append("SQL expression")
        raise UnboundExecutionError(
            "Could not locate a bind configured on "
            f"{', '.join(about) or 'this Session'} or this Session.",
            hint="Session(engine), or Session(binds={Class: engine})",
        )
    bind: Bind = found
    return bind
