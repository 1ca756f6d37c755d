"""Users' own rules: how a class of theirs is written, or one of ours written otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from toolkit_core.compiler.rules import ROOTS, Rule
from toolkit_core.compiler.type_extension import TypeCompiler, UserTypeRules
from toolkit_core.compiler.type_rules import TYPE_ROOTS, write_type
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import ArgumentError, CompileError, UnsupportedCompilationError
from toolkit_core.expression.node import Node
from toolkit_core.facts import quoted_name
from toolkit_core.schema import CreateColumn, DefaultClause
from toolkit_core.types import String, TypeEngine
from toolkit_core.types.literals import write_literal

F = TypeVar("F", bound=Callable[..., str])


class UserRules:
    """The functions that users registered for one class, by the dialect's name."""

    def __init__(self) -> None:
        self.functions: dict[str, Callable[..., str]] = {}

    def __call__(self, dialect: str) -> Rule | None:
        """Return the rule for a dialect, or the one for all."""
        function = self.functions.get(dialect) or self.functions.get("default")
        if function is None:
            return None
        return _rule(function)


def _rule(function: Callable[..., str]) -> Rule:
    def write(w: Writer, node: Node) -> None:
        compiler = NodeCompiler(w)
        found = function(node, compiler)
        if not isinstance(found, str):
            raise CompileError(
                f"the function that @compiles registered for {type(node).__name__} returned "
                f"{found!r}",
                hint="it returns the SQL as text",
            )
        w.out.extend(compiler.pieces(found))

    return write


class NodeCompiler:
    """What a user's function writes with: the documented face of a compiler."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        # Texts with places of parameters in them, which must not be lost in the whole text.
        self._made: dict[str, list[str]] = {}

    @property
    def dialect(self) -> Any:
        """The dialect, as ``compile()`` or the engine gave it."""
        return self._writer.dialect

    @property
    def preparer(self) -> Any:
        """What quotes names: ``preparer.quote(name)``."""
        return NamePreparer(self._writer)

    @property
    def sql_compiler(self) -> NodeCompiler:
        """What writes expressions inside of DDL."""
        return self

    @property
    def type_compiler(self) -> TypeCompiler:
        """What writes types."""
        return TypeCompiler(self.dialect)

    def process(self, element: Any, **kw: Any) -> str:
        """Return the SQL of a node, or of a type; with ``literal_binds``, values are in it."""
        if isinstance(element, TypeEngine):
            return write_type(element, self.dialect)
        writer = self._writer
        before = writer.literal
        writer.literal = before or bool(kw.get("literal_binds"))
        try:
            return self._text(writer.pieces_of(element))
        finally:
            writer.literal = before

    def render_literal_value(self, value: Any, type_: TypeEngine[Any]) -> str:
        """Return a value as it stands in SQL."""
        return write_literal(type_, self.dialect, value)

    def get_column_specification(self, column: Any, **kw: Any) -> str:
        """Return a column as it stands in CREATE TABLE."""
        return self.process(CreateColumn(column))

    def get_column_default_string(self, column: Any) -> str | None:
        """Return what stands behind DEFAULT for a column; None if it has no default there."""
        default = column.server_default
        if not isinstance(default, DefaultClause):
            return None
        if isinstance(default.arg, str):
            return self.render_literal_value(default.arg, String())
        return self.process(default.arg, literal_binds=True)

    def _text(self, pieces: list[str]) -> str:
        text = "".join(pieces)
        if any(type(piece) is not str for piece in pieces):
            self._made[text] = pieces
        return text

    def pieces(self, text: str) -> list[str]:
        """Return a text in pieces again, with the places of parameters that were put into it.

        The longest texts first: what was made of others has theirs in it.
        """
        found = [text]
        for made in sorted(self._made, key=len, reverse=True):
            found = [inner for piece in found for inner in _cut(piece, made, self._made[made])]
        return found

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("visit_"):
            raise AttributeError(
                f"this compiler has no {name!r}; it has process(), visit_<node>(), dialect and "
                "preparer"
            )

        def visit(element: Node, **kw: Any) -> str:
            rule = self._writer.rules.built_in(type(element))
            if rule is None:
                raise UnsupportedCompilationError(self, type(element))
            before, self._writer.out = self._writer.out, []
            try:
                rule(self._writer, element)
                return self._text(self._writer.out)
            finally:
                self._writer.out = before

        return visit


def _cut(piece: str, made: str, pieces: list[str]) -> list[str]:
    if type(piece) is not str or made not in piece:
        return [piece]
    before, after = piece.split(made, 1)
    return [before, *pieces, *_cut(after, made, pieces)]


class NamePreparer:
    """Quotes names as a dialect does."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def quote(self, ident: str) -> str:
        """Return a name, quoted if it must be."""
        return self._writer.style.quoted(ident)

    def format_column(self, column: Any) -> str:
        """Return the name of a column."""
        return self.quote(column.name)

    def format_table(self, table: Any) -> str:
        """Return the name of a table, with its schema."""
        schema = getattr(table, "schema", None)
        name = self.quote(table.name)
        return name if schema is None else f"{self.quote(schema)}.{name}"

    # These have a name, and maybe a schema, as a table has.
    format_sequence = format_index = format_constraint = format_table

    def quote_identifier(self, value: str) -> str:
        """Return a name in quotes, needed or not."""
        return self._writer.style.quoted(quoted_name(value, True))

    def quote_schema(self, schema: str) -> str:
        """Return the name of a schema, quoted if it must be."""
        return self.quote(schema)


def compiles(class_: Any, *specs: str) -> Callable[[F], F]:
    """Register how a class is written: for the dialects that are named, or for all.

    >>> from toolkit_core.expression.column_element import ColumnElement
    >>> class Today(ColumnElement):
    ...     inherit_cache = True
    >>> @compiles(Today)
    ... def write_today(element, compiler, **kw):
    ...     return "CURRENT_DATE"
    >>> str(Today() == 5)
    'CURRENT_DATE = :param_1'
    """
    if not isinstance(class_, type) or not issubclass(class_, (Node, TypeEngine)):
        raise ArgumentError(
            f"compiles() takes a class of clauses or of types, not {class_!r}",
            hint="derive yours from ColumnElement, FunctionElement, Executable, ClauseElement or "
            "UserDefinedType",
        )

    def register(function: F) -> F:
        rules = class_.__dict__.get("written_by")
        if rules is None:
            rules = UserRules() if issubclass(class_, Node) else UserTypeRules()
            type.__setattr__(class_, "written_by", rules)
        rules.functions.update(dict.fromkeys(specs, function))
        if not specs:
            rules.functions["default"] = function
        _forget()
        return function

    return register


def deregister(class_: type) -> None:
    """Forget all that was registered for a class."""
    if "written_by" in class_.__dict__:
        delattr(class_, "written_by")
        _forget()


def _forget() -> None:
    for table in list(ROOTS):
        table.forget()
    for types in list(TYPE_ROOTS):
        types._forget()


# Under their documented names.
IdentifierPreparer = NamePreparer
