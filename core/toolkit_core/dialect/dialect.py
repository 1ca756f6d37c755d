"""A dialect: one frozen object that says all there is to know about a kind of database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from types import ModuleType

from toolkit_core.dialect.driver import DBAPIConnection, Driver
from toolkit_core.events import DialectEvents, Dispatch
from toolkit_core.facts import UNKNOWN_SERVER, Capabilities, ParamStyle, ServerFacts, Style
from toolkit_core.plugins import hookimpl, load_object
from toolkit_core.records import Record, computed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar

    from toolkit_core.compiler.rules import Rules
    from toolkit_core.compiler.type_rules import TypeRules
    from toolkit_core.types import TypeEngine, TypeTable


class Dialect(Record, eq=False):
    """What a plugin hands over: facts, rules, types, driver.

    Never changed: what the first connection teaches makes a new one (``knowing``).  It is its
    own plugin, so that a program may register one that it has put together itself.
    """

    event_families: ClassVar[tuple[type, ...]] = (DialectEvents,)

    name: str
    glue: Driver
    style: Style
    capabilities: Capabilities
    # Where its table of rules is, as ``module:name``: rules know all there is to write, and a
    # program that sends only text of its own need not wait for them.
    rules_path: str
    # The same for types: what happens to their values on the way, and how DDL names them.
    types_path: str = "toolkit_core.types:generic"
    type_rules_path: str = "toolkit_core.compiler.ansi:ansi_types"
    # A function that returns what is written around a parameter of a type, so that the server
    # knows what it is sent; None: what types say of themselves.
    casts_path: str | None = None
    # What tells what is in a database: a ``Catalogue`` of the dialect's own.
    inspector_path: str = "toolkit_core.dialect.inspector:Catalogue"
    # What the engine was given to write and read JSON with; None: Python's own.
    json_serializer: Callable[[Any], str] | None = None
    json_deserializer: Callable[[Any], Any] | None = None
    server: ServerFacts = UNKNOWN_SERVER
    dispatch: Dispatch = computed()

    # Its rules are kept when they are first asked for; programs keep things by their dialect.
    __slots__ = ("__dict__", "__weakref__")

    def __post_init__(self) -> None:
        # The way around the guard of a frozen object.
        object.__setattr__(self, "dispatch", Dispatch.for_target(self))

    @hookimpl
    def toolkit_dialect(self, name: str, driver: str | None, options: Mapping[str, Any]) -> Dialect:
        """Answer with itself."""
        return self

    def __call__(self, **options: Any) -> Dialect:
        """Return itself: elsewhere a dialect is a class, and programs make instances of it.

        With ``paramstyle`` it is the same with other placeholders.
        """
        paramstyle = options.get("paramstyle")
        if paramstyle is None:
            return self
        return self.but(style=self.style.but(paramstyle=ParamStyle(paramstyle)))

    def knowing(self, server: ServerFacts) -> Dialect:
        """Return the same dialect with what is known of the server."""
        return self.but(server=server)

    def but(self, **changes: Any) -> Dialect:
        """Return a copy with some parts replaced, which the same listeners hear."""
        changed = super().but(**changes)
        object.__setattr__(changed, "dispatch", self.dispatch)
        return changed

    @cached_property
    def rules(self) -> Rules:
        """The table of rules that write its SQL."""
        found: Rules = load_object(self.rules_path)
        return found

    @cached_property
    def types(self) -> TypeTable:
        """The table of what happens to values on the way."""
        found: TypeTable = load_object(self.types_path)
        return found

    @cached_property
    def type_rules(self) -> TypeRules:
        """The table of rules that write types."""
        found: TypeRules = load_object(self.type_rules_path)
        return found

    @cached_property
    def casts(self) -> Callable[[TypeEngine[Any], Any], tuple[str, str]] | None:
        """What returns the SQL around a parameter of a type."""
        if self.casts_path is None:
            return None
        found: Callable[[TypeEngine[Any], Any], tuple[str, str]] = load_object(self.casts_path)
        return found

    def type_descriptor(self, typeobj: Any) -> TypeEngine[Any]:
        """Return a type as this dialect has it; ``load_dialect_impl`` methods ask for it."""
        made: TypeEngine[Any] = load_object("toolkit_core.types:to_instance")(typeobj)
        return made

    @property
    def is_async(self) -> bool:
        """Whether it serves asyncio."""
        return self.glue.is_async

    @property
    def driver(self) -> str:
        """The driver's name, as it stands after the plus sign of a URL."""
        return self.glue.name

    @property
    def dbapi(self) -> ModuleType:
        """The driver's module."""
        return self.glue.module

    @property
    def dbapi_version(self) -> tuple[int, ...]:
        """The version of the driver's module."""
        return self.glue.dbapi_version()

    @property
    def paramstyle(self) -> str:
        """The style of placeholders that statements are written with."""
        return self.style.paramstyle.value

    @property
    def positional(self) -> bool:
        """Whether values are passed by position."""
        return self.style.paramstyle.positional

    @property
    def max_identifier_length(self) -> int:
        """How long a name may be."""
        return self.style.max_identifier

    @property
    def label_length(self) -> int | None:
        """How long a generated label may be; None: as long as any name."""
        return self.style.label_length

    @property
    def server_version_info(self) -> tuple[int | str, ...] | None:
        """The server's version; None before the first connection."""
        return self.server.version

    @property
    def default_schema_name(self) -> str | None:
        """The schema of tables that name none; None before the first connection."""
        return self.server.default_schema

    @property
    def default_isolation_level(self) -> str | None:
        """The isolation level of a new connection; None before the first connection."""
        return self.server.default_isolation

    def get_isolation_level_values(self, dbapi_conn: DBAPIConnection | None = None) -> list[str]:
        """Return the isolation levels that this dialect understands."""
        return list(self.glue.isolation_levels)

    def get_isolation_level(self, dbapi_connection: DBAPIConnection) -> str:
        """Return the isolation level of a driver's connection."""
        return self.glue.get_isolation(dbapi_connection)

    def set_isolation_level(self, dbapi_connection: DBAPIConnection, level: str) -> None:
        """Set the isolation level of a driver's connection."""
        self.glue.set_isolation(dbapi_connection, self.glue.checked_isolation(level))

    def __repr__(self) -> str:
        return f"<Dialect {self.name}+{self.driver}>"

    def __reduce__(self) -> Any:
        raise TypeError("a dialect cannot be pickled: it holds its driver's module")
