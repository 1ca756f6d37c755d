"""The writer: where rules put SQL, and what they may ask on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.compiler.frame import Frame, Place
from toolkit_core.compiler.type_rules import write_type
from toolkit_core.errors import CompileError
from toolkit_core.expression.node import Node
from toolkit_core.facts.style import FIXED_PLACEHOLDERS, PLAIN_NAMES
from toolkit_core.newer_typing import Self
from toolkit_core.types import TypeEngine, write_literal

if TYPE_CHECKING:
    from toolkit_core.compiler.rules import Rules
    from toolkit_core.expression.elements import BindParameter
    from toolkit_core.facts import Style


# What stands in the place of signs that the name of a parameter must not have.
_IN_NAMES = str.maketrans("%():.[] ", "PAZC____")
# The method of types that put nothing in place of a parameter.
_NO_EXPRESSION = TypeEngine.bind_expression
_IN_FOUND_NAMES = str.maketrans("%() $", "_____")
_new_text = str.__new__
_ODD = re.compile(r"[%():.\[\] $]+")


class Slot(str):  # noqa: SLOT000 - it has attributes of its own
    """The placeholder of a parameter, where it stands among the pieces of a statement."""

    name: str
    bind: BindParameter[Any]

    def __new__(cls, text: str, name: str, bind: BindParameter[Any]) -> Self:
        """Make the placeholder."""
        made = _new_text(cls, text)
        made.name = name
        made.bind = bind
        return made


class Late(str):  # noqa: SLOT000 - it has attributes of its own
    """The place of a parameter whose SQL is written for each value: a list, or a literal."""

    name: str
    bind: BindParameter[Any]
    # What is written for a list that is empty, and before one of rows.
    empty: str
    before: str
    # What stands around the placeholder of each member.
    around: tuple[str, str]

    def __new__(
        cls,
        name: str,
        bind: BindParameter[Any],
        empty: str,
        before: str,
        around: tuple[str, str] = ("", ""),
    ) -> Self:
        """Make the mark that stands in the SQL until then."""
        made = super().__new__(cls, f"__[POSTCOMPILE_{name}]")
        made.name, made.bind, made.empty, made.before = name, bind, empty, before
        made.around = around
        return made


class ResultColumn:
    """One column that a statement returns: its name, what else finds it, its type.

    Of plain text among the columns only the database knows the name: it is None.  Of a text
    that is a whole statement only the names are known, not the order: ``by_name``.
    """

    __slots__ = ("by_name", "keys", "name", "type")

    def __init__(
        self, name: str | None, keys: tuple[Any, ...], type_: Any, *, by_name: bool = False
    ) -> None:
        self.name = name
        self.keys = keys
        self.type = type_
        self.by_name = by_name

    @property
    def is_placed(self) -> bool:
        """Whether name and place are known before there are rows."""
        return self.name is not None and not self.by_name


class Writer:
    """Collects the SQL of one statement.  Final: what differs are the rules and the style."""

    __slots__ = (
        "bare",
        "binds",
        "ctes",
        "dialect",
        "dml",
        "expressed",
        "fixed_placeholder",
        "found",
        "frames",
        "has_late",
        "known",
        "literal",
        "names",
        "out",
        "place",
        "prefixes",
        "result",
        "rules",
        "schemas",
        "style",
        "taken",
        "unordered",
        "warnings",
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
        # The rules that were asked for before.
        self.known = rules.flat.get
        self.style = style
        # The placeholder of every parameter, where they are all alike.
        self.fixed_placeholder = FIXED_PLACEHOLDERS.get(style.paramstyle)
        # What types ask; None: the standard's.
        self.dialect = dialect
        # Whether values are written into the SQL (``literal_binds``).
        self.literal = literal
        # The option ``schema_translate_map``: other names for schemas.
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
        # The SELECTs being written, from the outermost in.
        self.frames: list[Frame] = []
        # Where the next statement stands.
        self.place: Place = Place.TOP
        # Names that were found for things without one of their own.
        self.found: dict[Any, str] = {}
        # What stands before the columns of a source.
        self.prefixes: dict[Any, str] = {}
        # The CTEs that the statement has, by name.
        self.ctes: dict[str, Any] = {}
        # Whether columns are written without the name of their source.
        self.bare = False
        # What is known of the INSERT, UPDATE or DELETE being written.
        self.dml: Any = None
        # What the user should know about the statement, though it can be sent.
        self.warnings: list[str] = []
        # Parameters inside of what their types' ``bind_expression`` has made.
        self.expressed: set[int] = set()

    def text(self, sql: str) -> None:
        """Write SQL as it is."""
        self.out.append(sql)

    def safe(self, sql: str) -> None:
        """Write SQL that may have percent signs in it, which some drivers want twice."""
        self.out.append(self.escaped(sql) if "%" in sql else sql)

    def escaped(self, sql: str) -> str:
        """Return SQL with its percent signs as the driver wants them."""
        return sql.replace("%", "%%") if self.style.paramstyle.doubles_percent else sql

    def write(self, node: Node) -> None:
        """Write a node by its rule."""
        (self.known(node.__class__) or self.rules.find(node.__class__))(self, node)

    def operand(self, node: Any, strength: int, *, same: bool = False) -> None:
        """Write an operand, in parentheses if it binds less strongly than what is around it."""
        operator = node.operator
        if (
            operator is None
            or (inner := operator.strength) > strength
            or (inner == strength and same)
        ):
            # As write() does, which this is called as often as.
            (self.known(node.__class__) or self.rules.find(node.__class__))(self, node)
        else:
            self.out.append("(")
            self.write(node)
            self.out.append(")")

    def operands(self, nodes: Iterable[Any], strength: int, between: str = ", ") -> None:
        """Write operands with something between them, in parentheses where they need them."""
        first = True
        for node in nodes:
            if not first:
                self.out.append(between)
            first = False
            self.operand(node, strength)

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
        if (
            identifier.__class__ is str
            and identifier in PLAIN_NAMES
            and identifier not in self.style.reserved
        ):
            self.out.append(identifier)
        else:
            self.safe(self.style.quoted(identifier))

    def type(self, type_: TypeEngine[Any]) -> None:
        """Write a type, as the dialect calls it."""
        self.safe(write_type(type_, self.dialect))

    def anonymous(self, identity: Any, hint: str) -> str:
        """Return the name of something that has none of its own: its hint, with a number."""
        name = self.found.get(identity)
        if name is None:
            hint = hint.translate(_IN_FOUND_NAMES)
            number = self.unordered[hint] = self.unordered.get(hint, 0) + 1
            name = self.found[identity] = self.fitting(f"{hint}_{number}")
        return name

    def fitting(self, name: str) -> str:
        """Return a name of ours no longer than the database allows."""
        limit = self.style.label_length or self.style.max_identifier
        if len(name) <= limit:
            return name
        short = self.found.get(("short", name))
        if short is None:
            number = self.unordered["_short"] = self.unordered.get("_short", 0) + 1
            short = f"{name[: max(limit - 6, 0)]}_{number:x}"
            self.found["short", name] = short
        return short

    def in_order(self) -> None:
        """Put the parameters in the order of their places, after pieces were moved."""
        # Nearly all are plain text.
        marks = [piece for piece in self.out if piece.__class__ is not str]
        placed: list[Any] = [piece for piece in marks if isinstance(piece, (Slot, Late))]
        self.binds = [piece.bind for piece in placed]
        if self.style.paramstyle.numbered:
            numbers = {id(piece): number for number, piece in enumerate(placed, 1)}
            for position, piece in enumerate(self.out):
                if isinstance(piece, Slot):
                    text = self.style.placeholder(piece.name, numbers[id(piece)])
                    self.out[position] = Slot(text, piece.name, piece.bind)

    def qualified(self, name: str, schema: str | None) -> None:
        """Write a name behind that of its schema, as the option for schemas translates it."""
        if self.schemas is not None:
            schema = self.schemas.get(schema, schema)
        if schema is not None:
            self.safe(self.style.quoted(schema) + ".")
        self.name(name)

    def bind(self, bind: BindParameter[Any]) -> None:
        """Write a parameter: its placeholder, or its value where that is wanted."""
        out, type_ = self.out, bind.type
        if type_.__class__.bind_expression is not _NO_EXPRESSION:
            around = self._around(bind)
            if around is not None:
                self.write(around)
                self.expressed.discard(id(bind))
                return
        if self.literal:
            out.append(write_literal(type_, self.dialect, bind.effective_value))
            return
        name = self._named(bind)
        before, after = self.cast_around(type_)
        if before:
            out.append(before)
        slot = _new_text(
            Slot, self.fixed_placeholder or self.style.placeholder(name, len(self.binds))
        )
        slot.name = name
        slot.bind = bind
        out.append(slot)
        if after:
            out.append(after)

    def late(self, bind: BindParameter[Any], empty: str = "", before: str = "") -> None:
        """Write the place of a parameter whose SQL depends on its value."""
        # What is written as a literal says itself what it is.
        literal = self.literal or bind.literal_execute
        members = ("", "") if literal else self.cast_around(bind.type)
        around = self._around(bind)
        if around is not None:
            # Written once, for what stands before and behind each member of the list.
            as_literals, self.literal = self.literal, False
            binds = len(self.binds)
            pieces = self.pieces_of(around)
            del self.binds[binds:]
            self.literal = as_literals
            place = next(n for n, piece in enumerate(pieces) if isinstance(piece, (Slot, Late)))
            members = ("".join(pieces[:place]), "".join(pieces[place + 1 :]))
            self.expressed.discard(id(bind))
        self.out.append(Late(self._named(bind), bind, empty, before, members))
        self.has_late = True

    def _named(self, bind: BindParameter[Any]) -> str:
        """Return the name of a parameter, the same wherever it comes, and count its place."""
        self.binds.append(bind)
        known = self.names
        identity = id(bind)
        name = known.get(identity)
        if name is None:
            name = known[identity] = self._name_of(bind)
        return name

    def _around(self, bind: BindParameter[Any]) -> Any:
        """Return the SQL that a type of the user's puts in place of a parameter, if any."""
        type_: Any = bind.type
        if type(type_).bind_expression is _NO_EXPRESSION or id(bind) in self.expressed:
            return None
        self.expressed.add(id(bind))
        return type_.dialect_impl(self.dialect).bind_expression(bind)

    def cast_around(self, type_: TypeEngine[Any]) -> tuple[str, str]:
        """Return what is written around a parameter, for drivers that must be told its type."""
        if self.dialect is None:
            return "", ""
        casts = getattr(self.dialect, "casts", None)
        if casts is not None:
            found: tuple[str, str] = casts(type_, self.dialect)
            return found
        if not type_.dialect_impl(self.dialect).render_bind_cast:
            return "", ""
        return "CAST(", f" AS {write_type(type_, self.dialect)})"

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
        if other is bind:
            return name
        while other.key != bind.key and None not in (other.key, bind.key):
            # Two names that differ in signs only that may not stand there.
            name += "_"
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
