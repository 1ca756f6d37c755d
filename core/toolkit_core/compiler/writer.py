"""The writer: where rules put SQL, and what they may ask on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.compiler.type_rules import write_type
from toolkit_core.errors import CompileError
from toolkit_core.expression.elements import ColumnElement
from toolkit_core.expression.node import Node
from toolkit_core.newer_typing import Self

if TYPE_CHECKING:
    from toolkit_core.compiler.rules import Rules
    from toolkit_core.expression.elements import BindParameter
    from toolkit_core.facts import Style
    from toolkit_core.types import TypeEngine


# What stands in the place of signs that the name of a parameter must not have.
_IN_NAMES = str.maketrans("%():.[] ", "PAZC____")
_ODD = re.compile(r"[%():.\[\] $]+")


class Slot(str):  # noqa: SLOT000 - it has attributes of its own
    """The placeholder of a parameter, where it stands among the pieces of a statement."""

    name: str
    bind: BindParameter[Any]

    def __new__(cls, text: str, name: str, bind: BindParameter[Any]) -> Self:
        """Make the placeholder."""
        made = super().__new__(cls, text)
        made.name, made.bind = name, bind
        return made


class Late(str):  # noqa: SLOT000 - it has attributes of its own
    """The place of a parameter whose SQL is written for each value: a list, or a literal."""

    name: str
    bind: BindParameter[Any]
    # What is written for a list that is empty, and before one of rows.
    empty: str
    before: str

    def __new__(cls, name: str, bind: BindParameter[Any], empty: str, before: str) -> Self:
        """Make the mark that stands in the SQL until then."""
        made = super().__new__(cls, f"__[POSTCOMPILE_{name}]")
        made.name, made.bind, made.empty, made.before = name, bind, empty, before
        return made


class ResultColumn:
    """One column that a statement returns: its name, what else finds it, its type."""

    __slots__ = ("keys", "name", "type")

    def __init__(self, name: str, keys: tuple[Any, ...], type_: Any) -> None:
        self.name = name
        self.keys = keys
        self.type = type_


class Writer:
    """Collects the SQL of one statement.  Final: what differs are the rules and the style."""

    __slots__ = (
        "bare",
        "binds",
        "dialect",
        "dml",
        "has_late",
        "literal",
        "names",
        "out",
        "result",
        "rules",
        "schemas",
        "sources",
        "style",
        "taken",
        "unordered",
    )

    def __init__(
        self,
        rules: Rules,
        style: Style,
        dialect: Any = None,
        *,
        literal: bool = False,
        schemas: Mapping[str | None, str | None] | None = None,
    ) -> None:
        self.rules = rules
        self.style = style
        # What types ask; None: the standard's.
        self.dialect = dialect
        # Whether values are written into the SQL (``literal_binds``).
        self.literal = literal
        # The execution option schema_translate_map: other names for schemas.
        self.schemas = schemas
        # Whether parts of it are written only when values are known.
        self.has_late = False
        self.out: list[str] = []
        # The parameters in the order of their placeholders.
        self.binds: list[BindParameter[Any]] = []
        # The name of each parameter.
        self.names: dict[int, str] = {}
        # Name → the parameter that has it.
        self.taken: dict[str, BindParameter[Any]] = {}
        # How often a name was found for an anonymous parameter.
        self.unordered: dict[str, int] = {}
        self.result: list[ResultColumn] = []
        # How many things the SELECT being written reads from: one needs no table names.
        self.sources: list[tuple[Node, ...]] = []
        # Whether columns are written without the name of their table.
        self.bare = False
        # What is known of the INSERT, UPDATE or DELETE being written.
        self.dml: Any = None

    def text(self, sql: str) -> None:
        """Write SQL as it is."""
        self.out.append(sql)

    def write(self, node: Node) -> None:
        """Write a node by its rule."""
        rule = self.rules.flat.get(node.__class__) or self.rules.find(node.__class__)
        rule(self, node)

    def operand(self, node: Any, strength: int, *, same: bool = False) -> None:
        """Write an operand, in parentheses if it binds less strongly than what is around it."""
        operator = node.operator if isinstance(node, ColumnElement) else None
        if (
            operator is None
            or (inner := operator.strength) > strength
            or (inner == strength and same)
        ):
            self.write(node)
        else:
            self.out.append("(")
            self.write(node)
            self.out.append(")")

    def captured(self, node: Node) -> str:
        """Return the SQL of a node, which is not written yet; its parameters count as written."""
        before, self.out = self.out, []
        try:
            self.write(node)
            return "".join(self.out)
        finally:
            self.out = before

    def pieces_of(self, node: Node) -> list[str]:
        """Do the same, in pieces, which keep the places of parameters: to be written later."""
        before, self.out = self.out, []
        try:
            self.write(node)
            return self.out
        finally:
            self.out = before

    def listed(self, nodes: Iterable[Node], between: str = ", ") -> None:
        """Write nodes with something between them."""
        first = True
        for node in nodes:
            if not first:
                self.out.append(between)
            first = False
            self.write(node)

    def name(self, identifier: str) -> None:
        """Write the name of something, quoted if it must be."""
        self.out.append(self.style.quoted(identifier))

    def type(self, type_: TypeEngine[Any]) -> None:
        """Write a type, as the dialect calls it."""
        self.out.append(write_type(type_, self.dialect))

    def qualified(self, name: str, schema: str | None) -> None:
        """Write a name behind that of its schema, as the option for schemas translates it."""
        if self.schemas is not None:
            schema = self.schemas.get(schema, schema)
        if schema is not None:
            self.out.append(self.style.quoted(schema) + ".")
        self.out.append(self.style.quoted(name))

    def bind(self, bind: BindParameter[Any]) -> None:
        """Write the placeholder of a parameter; one that comes again keeps its name."""
        name = self.names.get(id(bind))
        if name is None:
            name = self._name_of(bind)
            self.names[id(bind)] = name
        self.binds.append(bind)
        self.out.append(Slot(self.style.placeholder(name, len(self.binds)), name, bind))

    def late(self, bind: BindParameter[Any], empty: str = "", before: str = "") -> None:
        """Write the place of a parameter whose SQL depends on its value."""
        name = self.names.get(id(bind))
        if name is None:
            name = self._name_of(bind)
            self.names[id(bind)] = name
        self.binds.append(bind)
        self.out.append(Late(name, bind, empty, before))
        self.has_late = True

    def _name_of(self, bind: BindParameter[Any]) -> str:
        if bind.key is not None:
            name = bind.key.translate(_IN_NAMES) if bind.key.isidentifier() is False else bind.key
        else:
            hint = bind.hint or "param"
            if not hint.isidentifier():
                hint = _ODD.sub("_", hint).strip("_")
            number = self.unordered[hint] = self.unordered.get(hint, 0) + 1
            name = f"{hint}_{number}"
        other = self.taken.setdefault(name, bind)
        if other is not bind and (bind.key is None or other.key is None):
            raise CompileError(
                f"Bind parameter {name!r} conflicts with unique bind parameter of the same name",
                hint="give the parameter that you name another name",
            )
        return name

    def finished(self) -> str:
        """Return the SQL."""
        return "".join(self.out)
