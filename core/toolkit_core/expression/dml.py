"""What INSERT, UPDATE and DELETE share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from toolkit_core.errors import ArgumentError, CompileError, InvalidRequestError
from toolkit_core.expression.coercions import as_columns
from toolkit_core.expression.conditions import is_empty
from toolkit_core.expression.cte import CTE, HasCTE
from toolkit_core.expression.descriptions import descriptions
from toolkit_core.expression.elements import ColumnElement
from toolkit_core.expression.executable import Executable
from toolkit_core.expression.from_clause import ColumnCollection, FromClause
from toolkit_core.expression.given_row import column_key, expression_of, is_sql
from toolkit_core.expression.implied import implied_scalar
from toolkit_core.expression.label_style import LABEL_STYLE_DEFAULT
from toolkit_core.expression.makers import MAKERS
from toolkit_core.expression.no_value import not_a_condition
from toolkit_core.expression.node import Node, child, children, declared, value
from toolkit_core.expression.selected import exported_by, named, selected_by
from toolkit_core.expression.source_column import Exported
from toolkit_core.expression.syntax_extension import HasSyntaxExtensions
from toolkit_core.newer_typing import Self

if TYPE_CHECKING:
    from collections.abc import Iterator


@declared
class DML(HasSyntaxExtensions, HasCTE, Executable):
    """A statement that writes into a table; each method returns another statement."""

    is_dml: ClassVar[bool] = True

    table: FromClause = child()
    returned: tuple[Node, ...] = children(default=())
    prefixes: tuple[tuple[str, str], ...] = value(default=())
    hints: tuple[tuple[str, str], ...] = value(default=())
    # What is for one dialect only, by names that begin with the dialect's.
    dialect_options: tuple[tuple[str, Any], ...] = value(default=())

    @property
    def entity_description(self) -> dict[str, Any]:
        """What the statement writes into, by name."""
        described = getattr(self.table, "described", None)
        if described is None:
            return {"name": self.table.name, "table": self.table}
        said: dict[str, Any] = described()
        return {**said, "table": self.table.selectable}

    @property
    def returning_column_descriptions(self) -> list[dict[str, Any]]:
        """What the statement returns, a dictionary per column."""
        if self.structure().lowering is not None:
            return descriptions(self.returned, LABEL_STYLE_DEFAULT)
        return [
            {"name": column.name, "type": column.type, "expr": column}
            for column in self.returned_columns()
        ]

    def returned_columns(self) -> Iterator[Any]:
        """Yield what RETURNING lists; a table stands for all of its columns."""
        for entity in self.returned:
            if isinstance(entity, FromClause):
                yield from entity.c
            elif entity.visit_name == "bundle":
                yield from selected_by((entity,))
            else:
                yield entity

    def exported(self) -> list[Exported]:
        """Return what RETURNING lists, as a CTE of the statement has it."""
        return exported_by(named(self.returned, LABEL_STYLE_DEFAULT))

    def cte(self, name: str | None = None, recursive: bool = False, nesting: bool = False) -> CTE:
        """Return the statement as a common table expression, for what RETURNING gives."""
        return MAKERS.cte(self.with_bound(), name, recursive=recursive, nesting=nesting)

    def with_bound(self) -> Self:
        """Return the statement as a part of another: its values are parameters of that."""
        columns = self.table.c
        row, rows = getattr(self, "row", None), getattr(self, "rows", ())
        changes: dict[str, Any] = {}
        if row is not None:
            changes["row"] = row.bound(columns)
        if rows:
            changes["rows"] = tuple([one.bound(columns) for one in rows])
        return self.but(**changes) if changes else self

    def sources(self) -> tuple[Any, ...]:
        """Return what it writes into: that is what a CTE of it comes from."""
        return (self.table,)

    @property
    def exported_columns(self) -> ColumnCollection:
        """The columns that RETURNING lists, by name."""
        return ColumnCollection({str(one.name): one for one in self.returned_columns()})

    def prefix_with(self, *prefixes: Any, dialect: str = "*") -> Self:
        """Put words after INSERT, UPDATE or DELETE, for all dialects or one."""
        added = tuple([(str(prefix), dialect) for prefix in prefixes])
        return self.but(prefixes=self.prefixes + added)

    def with_hint(self, text: str, selectable: Any = None, dialect_name: str = "*") -> Self:
        """Give a dialect a hint about the table."""
        return self.but(hints=(*self.hints, (text, dialect_name)))

    def with_dialect_options(self, **opt: Any) -> Self:
        """Tell a dialect something, by a name that begins with the dialect's: ``mysql_limit``."""
        return self.but(dialect_options=(*self.dialect_options, *opt.items()))

    def _with_defaults_back(self, cols: Iterable[Any], beside: Iterable[Any] | None) -> Self:
        if self.returned:
            raise CompileError("RETURNING is already configured for this statement")
        changes: dict[str, Any] = {"defaults_back": tuple(map(column_key, cols))}
        if beside is not None:
            changes["supplemental"] = tuple(map(column_key, beside))
        return self.but(**changes)

    def _returning(self, cols: tuple[Any, ...]) -> Self:
        return self.but(returned=self.returned + as_columns(cols))


# Sources that nothing can be written into.
NOT_WRITTEN = frozenset(("lateral", "subquery", "table_valued_alias", "tablesample", "values"))


def checked_table(table: Any, *, only_read: bool = False) -> FromClause:
    """Return what can be written into, or is read from by a statement that writes."""
    found = _entity_or(table)
    if not isinstance(found, FromClause) and is_sql(found):
        found = expression_of(found)
    if isinstance(found, FromClause) and (only_read or found.visit_name not in NOT_WRITTEN):
        return found
    raise ArgumentError(
        "subject table for an INSERT, UPDATE or DELETE expected, got " + repr(table)
    )


def _entity_or(given: Any) -> Any:
    """Return what a mapped class stands for; anything else as it is."""
    return given.__dict__.get("__entity__", given) if isinstance(given, type) else given


def primary_key_of(table: FromClause) -> list[Any]:
    """Return the columns of the primary key of a table."""
    return [column for column in table.c if getattr(column, "primary_key", False)]


def conditions(whereclause: tuple[Any, ...]) -> tuple[ColumnElement[Any], ...]:
    """Return conditions, checked."""
    found = []
    for clause in whereclause:
        made: Any = expression_of(clause) if is_sql(clause) else clause
        if isinstance(made, Node) and not isinstance(made, ColumnElement):
            scalar = implied_scalar(made)
            made = made if scalar is None else scalar
        if not isinstance(made, ColumnElement) and not getattr(made, "stands_as_expression", False):
            raise not_a_condition(clause)
        if not is_empty(made):
            found.append(made)
    return tuple(found)


def refuse_if(conflict: bool, message: str) -> None:
    """Refuse what does not go together with what was said before."""
    if conflict:
        raise InvalidRequestError(message)


# Under its documented name.
UpdateBase = DML
