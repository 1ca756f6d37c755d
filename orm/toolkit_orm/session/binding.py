"""Which engine or connection a statement of a session goes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from toolkit_core import engine
from toolkit_core.errors import ArgumentError, UnboundExecutionError
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.from_list import sources_in
from toolkit_core.expression.node import Node
from toolkit_orm.mapping.mapper import Mapper
from toolkit_orm.session.subject import mapper_of, subject_of

if TYPE_CHECKING:
    from toolkit_core.engine import Connection, Engine
    from toolkit_orm.session.session import Session

Bind: TypeAlias = "Engine | Connection"


def checked_bind(bind: Any) -> Any:
    """Return what a session may be bound to: an engine, a connection, or a URL for an engine."""
    if bind is None or isinstance(bind, (engine.Engine, engine.Connection)):
        return bind
    if isinstance(bind, str):
        return engine.create_engine(bind)
    raise ArgumentError(
        f"a Session is bound to an Engine or a Connection, not to {type(bind).__name__}",
        hint="AsyncSession is for engines and connections of asyncio"
        if hasattr(bind, "sync_engine")
        else "Session(create_engine(...))",
    )


class Binds:
    """What classes and tables are bound to, beside what the whole session is."""

    __slots__ = ("by_class", "by_table", "given")

    def __init__(self, given: Mapping[Any, Any] | None) -> None:
        self.given: dict[Any, Any] = {}
        self.by_class: dict[type[Any], Any] = {}
        self.by_table: dict[Any, Any] = {}
        for what, bind in (given or {}).items():
            self.add(what, bind)

    def __bool__(self) -> bool:
        return bool(self.given)

    def add(self, what: Any, bind: Any) -> None:
        """Bind a class, a mapper or a table."""
        bind = checked_bind(bind)
        if isinstance(what, Mapper):
            self.by_class[what.class_] = bind
            for table in what.tables:
                self.by_table[table] = bind
        elif isinstance(what, type):
            self.by_class[what] = bind
            if isinstance(what.__dict__.get("__mapper__"), Mapper):
                self.by_table.update(dict.fromkeys(what.__dict__["__mapper__"].tables, bind))
        elif isinstance(what, FromClause):
            self.by_table[what] = bind
        else:
            raise ArgumentError(
                f"Not an acceptable bind target: {what}",
                hint="a mapped class, a mapper, a base or mixin of mapped classes, or a Table",
            )
        self.given[what] = bind

    def of_mapper(self, mapper: Mapper) -> Any:
        """Return the bind of a class: its own, that of the nearest above it, or of its table."""
        for cls in mapper.class_.__mro__:
            if cls in self.by_class:
                return self.by_class[cls]
        for table in mapper.tables:
            if table in self.by_table:
                return self.by_table[table]
        return None

    def of_statement(self, statement: Any) -> Any:
        """Return the bind of the first table in a statement that is bound."""
        for source in _sources(statement):
            mapper = getattr(source, "mapper", None)
            found = self.by_table.get(source) if mapper is None else self.of_mapper(mapper)
            if found is not None:
                return found
        return None


def _sources(statement: Any) -> Iterator[Any]:
    """Go through all that a statement reads from or writes to, subqueries too."""
    if not isinstance(statement, Node):
        return
    table = getattr(statement, "table", None)
    if isinstance(table, FromClause):
        yield table
    for node in (statement, *statement.walked()):
        columns = getattr(node, "raw_columns", ())
        for source in sources_in((node, *columns, *getattr(node, "said_froms", ()))):
            yield source
            yield from _sources(getattr(source, "element", None))
        if node is not statement:
            yield from _sources(getattr(node, "element", None))


def bind_of(session: Session, mapper: Any = None, clause: Any = None, bind: Any = None) -> Bind:
    """Return where statements about a class, or a statement, go to."""
    found: Any = bind
    if found is None and session._binds:
        mapper = None if mapper is None else mapper_of(mapper)
        if mapper is not None:
            found = session._binds.of_mapper(mapper)
        if found is None and clause is not None:
            found = session._binds.of_statement(clause)
    if found is None:
        found = session.bind
    if found is None:
        _refuse(mapper, clause)
    chosen: Bind = found
    return chosen


def _refuse(mapper: Any, clause: Any) -> None:
    hint = "Session(engine), or Session(binds={Class: engine})"
    about = []
    if mapper is not None:
        about.append(f"mapper {mapper_of(mapper)}")
    if clause is not None:
        about.append("SQL expression")
    if not about:
        raise UnboundExecutionError(
            "This session is not bound to a single Engine or Connection, and no context was "
            "provided to locate a binding.",
            hint=hint,
        )
    raise UnboundExecutionError(
        f"Could not locate a bind configured on {', '.join(about)} or this Session.", hint=hint
    )


def route(session: Session, statement: Any, given: Mapping[str, Any] | None) -> Bind:
    """Return where a statement goes to, as the session's ``get_bind()`` says."""
    told = dict(given or {})
    told.setdefault("clause", statement)
    if "mapper" not in told:
        subject = subject_of(statement)
        if subject is not None:
            told["mapper"] = subject
    return session.get_bind(**told)
