"""A statement or an expression written for a dialect, to be looked at: ``compile()``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.compiler.expanding import Expanded
from toolkit_core.compiler.extension import NodeCompiler
from toolkit_core.compiler.standard import STANDARD
from toolkit_core.compiler.writer import Late, Slot, Writer
from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.cte import CTE
from toolkit_core.expression.node import Node
from toolkit_core.expression.subquery import Subquery
from toolkit_core.lower.lowering import lowered

_ARGUMENTS = frozenset(
    {"column_keys", "literal_binds", "render_postcompile", "schema_translate_map"}
)


class Compilation(NodeCompiler):
    """SQL, and the values that belong to it.

    >>> from toolkit_core.expression.elements import column
    >>> made = (column("x") == 5).compile()
    >>> made.string, made.params
    ('x = :x_1', {'x_1': 5})
    """

    is_sql = True

    def __init__(self, statement: Node, dialect: Any, options: Mapping[str, Any]) -> None:
        unknown = options.keys() - _ARGUMENTS
        if unknown:
            raise ArgumentError(
                f"compile() does not know {', '.join(sorted(unknown))}",
                hint=f"it takes {', '.join(sorted(_ARGUMENTS))}",
            )
        self.statement = statement
        # What is no part of a statement is shown as what it is made of.
        alone = statement.element if isinstance(statement, (CTE, Subquery)) else statement
        statement = lowered(alone)
        chosen = STANDARD if dialect is None else dialect
        self.writer = Writer(
            chosen.rules,
            chosen.style,
            chosen,
            literal=bool(options.get("literal_binds")),
            schemas=options.get("schema_translate_map"),
        )
        super().__init__(self.writer)
        if statement.is_dml:
            keys = options.get("column_keys")
            given = None if keys is None else tuple(keys)
            self.writer.dml = DMLState(given, is_shown=True, learns_key=True)
        self.writer.write(statement)
        self._expanded: Expanded | None = None
        if self.writer.literal or options.get("render_postcompile"):
            self._expanded = self.expanded(self.construct_params(_check=False))
            self.string = self._expanded.sql
        else:
            self.string = self.writer.finished()

    @property
    def binds(self) -> dict[str, Any]:
        """The parameters by their names."""
        return {
            piece.name: piece.bind for piece in self.writer.out if isinstance(piece, (Slot, Late))
        }

    @property
    def bind_names(self) -> dict[Any, str]:
        """The names of the parameters."""
        return {bind: name for name, bind in self.binds.items()}

    @property
    def isinsert(self) -> bool:
        """Whether it is an INSERT."""
        return bool(getattr(self.statement, "is_insert", False))

    @property
    def isupdate(self) -> bool:
        """Whether it is an UPDATE."""
        return bool(getattr(self.statement, "is_update", False))

    @property
    def isdelete(self) -> bool:
        """Whether it is a DELETE."""
        return bool(getattr(self.statement, "is_delete", False))

    @property
    def execution_options(self) -> Mapping[str, Any]:
        """The options that the statement has for its execution."""
        return self.statement._execution_options

    @property
    def params(self) -> dict[str, Any]:
        """The values by their names."""
        return self.construct_params(_check=False)

    @property
    def positiontup(self) -> list[str] | None:
        """The names in the order of the placeholders, where values go by position."""
        if not self.dialect.style.paramstyle.positional:
            return None
        if self._expanded is not None:
            return self._expanded.names
        return [self.writer.names[id(bind)] for bind in self.writer.binds]

    def construct_params(
        self, params: Mapping[str, Any] | None = None, *, _check: bool = True
    ) -> dict[str, Any]:
        """Return the values by their names, with others for some of them."""
        if self._expanded is not None:
            return {**self._expanded.values, **(params or {})}
        found: dict[str, Any] = {}
        for name, bind in self.binds.items():
            wanted = bind.key if bind.key is not None else name
            if params and (wanted in params or name in params):
                found[name] = params[wanted] if wanted in params else params[name]
            elif _check and bind.required:
                raise InvalidRequestError(f"A value is required for bind parameter {wanted!r}")
            else:
                found[name] = bind.effective_value
        return found

    def expanded(self, values: Mapping[str, Any]) -> Expanded:
        """Return the SQL with lists written out for their values."""
        for piece in self.writer.out:
            if isinstance(piece, Late) and values.get(piece.name) is None and piece.bind.required:
                raise InvalidRequestError(f"A value is required for bind parameter {piece.name!r}")
        return Expanded(
            self.writer.out,
            values,
            self.dialect.style,
            self.dialect,
            literal=self.writer.literal,
        )

    def __str__(self) -> str:
        return self.string

    def __repr__(self) -> str:
        return f"<Compilation {self.string!r}>"


def compile_node(statement: Node, dialect: Any, options: Mapping[str, Any]) -> Compilation:
    """Write a node for a dialect."""
    return Compilation(statement, dialect, options)


# Under their documented names.
Compiled = SQLCompiler = DDLCompiler = Compilation
