"""Statements that change a schema, as nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from toolkit_core.errors import ArgumentError, warn_deprecated
from toolkit_core.expression.executable import Executable
from toolkit_core.expression.node import Node
from toolkit_core.immutabledict import EMPTY
from toolkit_core.newer_typing import Self
from toolkit_core.schema.conditions import Condition

if TYPE_CHECKING:
    from toolkit_core.schema.column import Column
    from toolkit_core.schema.constraint import Constraint
    from toolkit_core.schema.foreign_key_constraint import ForeignKeyConstraint
    from toolkit_core.schema.index import Index
    from toolkit_core.schema.sequence import Sequence as SequenceItem
    from toolkit_core.schema.table import Table


class BaseDDLElement(Node):
    """The base of all that is written in DDL, also of parts of a statement.

    What is changed by a statement may be changed itself before it is executed again, so none is
    kept compiled: each has a key of its own.
    """

    visit_name = "ddl_element"
    keyed_by_identity = True
    is_ddl: ClassVar[bool] = True


class ExecutableDDLElement(BaseDDLElement, Executable):
    """A statement: execute it, or let it hear an event.

    >>> from toolkit_core.events import listen
    >>> from toolkit_core.schema import MetaData
    >>> listen(MetaData(), "after_create", DDL("analyze").execute_if(dialect="postgresql"))
    """

    target: Any = None
    _condition: Condition | None = None

    def against(self, target: Any) -> Self:
        """Return the same statement about something."""
        return self.but(target=target)

    def execute_if(
        self,
        dialect: str | tuple[str, ...] | None = None,
        callable_: Callable[..., bool] | None = None,
        state: Any = None,
    ) -> Self:
        """Return the same statement, executed only on some dialects or if a function says so.

        The function gets the element, its target and the connection, and the keywords
        ``dialect``, ``state``, ``tables``, ``checkfirst`` and others.
        """
        return self.but(_condition=Condition(dialect, callable_, state))

    def __call__(self, target: Any, bind: Any, **kw: Any) -> None:
        """Hear an event: execute the statement about what the event happens to."""
        if self._condition is None or self._condition.holds(self, target, bind, **kw):
            bind.execute(self.against(target))


DDLElement = ExecutableDDLElement


class DDL(ExecutableDDLElement):
    """SQL as the user wrote it, in which ``%(table)s`` and others are replaced.

    ``%(table)s``, ``%(schema)s`` and ``%(fullname)s`` are the names of the table it is about;
    a context brings more of them.  A percent sign is written twice.

    >>> DDL("ALTER TABLE %(table)s SET (fillfactor = 70)").statement
    'ALTER TABLE %(table)s SET (fillfactor = 70)'
    """

    visit_name = "ddl"

    def __init__(self, statement: str, context: Mapping[str, Any] | None = None) -> None:
        if not isinstance(statement, str):
            raise ArgumentError(f"Expected a string or unicode SQL statement, got '{statement!r}'")
        self.statement = statement
        self.context: Mapping[str, Any] = context or EMPTY

    def __repr__(self) -> str:
        return f"DDL({self.statement!r})"


class CreateOrDrop(ExecutableDDLElement):
    """A statement about one item of a schema."""

    def __init__(self, element: Any) -> None:
        self.element: Any = element

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.element!r})"


class CreateSchema(CreateOrDrop):
    """``CREATE SCHEMA``."""

    visit_name = "create_schema"

    def __init__(self, name: str, if_not_exists: bool = False) -> None:
        super().__init__(name)
        self.if_not_exists = if_not_exists


class DropSchema(CreateOrDrop):
    """``DROP SCHEMA``."""

    visit_name = "drop_schema"

    def __init__(self, name: str, cascade: bool = False, if_exists: bool = False) -> None:
        super().__init__(name)
        self.cascade = cascade
        self.if_exists = if_exists


class CreateTable(CreateOrDrop):
    """``CREATE TABLE``, with the constraints that stand in it."""

    visit_name = "create_table"

    def __init__(
        self,
        element: Table,
        include_foreign_key_constraints: Sequence[ForeignKeyConstraint] | None = None,
        if_not_exists: bool = False,
    ) -> None:
        super().__init__(element)
        self.columns = [CreateColumn(column) for column in element._columns]
        self.include_foreign_key_constraints = include_foreign_key_constraints
        self.if_not_exists = if_not_exists


class DropTable(CreateOrDrop):
    """``DROP TABLE``."""

    visit_name = "drop_table"

    def __init__(self, element: Table, if_exists: bool = False) -> None:
        super().__init__(element)
        self.if_exists = if_exists


class CreateColumn(BaseDDLElement):
    """A column as it stands in ``CREATE TABLE``: the door for rules about it."""

    visit_name = "create_column"

    def __init__(self, element: Column[Any]) -> None:
        self.element = element

    def __repr__(self) -> str:
        return f"CreateColumn({self.element!r})"


class CreateIndex(CreateOrDrop):
    """``CREATE INDEX``."""

    visit_name = "create_index"

    def __init__(self, element: Index, if_not_exists: bool = False) -> None:
        super().__init__(element)
        self.if_not_exists = if_not_exists


class DropIndex(CreateOrDrop):
    """``DROP INDEX``."""

    visit_name = "drop_index"

    def __init__(self, element: Index, if_exists: bool = False) -> None:
        super().__init__(element)
        self.if_exists = if_exists


class CreateSequence(CreateOrDrop):
    """``CREATE SEQUENCE``."""

    visit_name = "create_sequence"

    def __init__(self, element: SequenceItem, if_not_exists: bool = False) -> None:
        super().__init__(element)
        self.if_not_exists = if_not_exists


class DropSequence(CreateOrDrop):
    """``DROP SEQUENCE``."""

    visit_name = "drop_sequence"

    def __init__(self, element: SequenceItem, if_exists: bool = False) -> None:
        super().__init__(element)
        self.if_exists = if_exists


class AddConstraint(CreateOrDrop):
    """``ALTER TABLE … ADD CONSTRAINT``: the constraint no longer comes with its table."""

    visit_name = "add_constraint"

    def __init__(self, element: Constraint, *, isolate_from_table: bool = True) -> None:
        super().__init__(element)
        if isolate_from_table:
            element._isolated = True


class DropConstraint(CreateOrDrop):
    """``ALTER TABLE … DROP CONSTRAINT``."""

    visit_name = "drop_constraint"

    def __init__(
        self,
        element: Constraint,
        *,
        cascade: bool = False,
        if_exists: bool = False,
        isolate_from_table: bool | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(element)
        self.cascade = cascade
        self.if_exists = if_exists
        if isolate_from_table is not None:
            warn_deprecated(
                "The DropConstraint.isolate_from_table parameter is deprecated and will be "
                "removed in a future release",
                "2.1",
            )
            if isolate_from_table:
                element._isolated = True


class SetTableComment(CreateOrDrop):
    """``COMMENT ON TABLE … IS …``."""

    visit_name = "set_table_comment"

    def __init__(self, element: Table) -> None:
        super().__init__(element)


class DropTableComment(CreateOrDrop):
    """``COMMENT ON TABLE … IS NULL``, or what a dialect has for it."""

    visit_name = "drop_table_comment"

    def __init__(self, element: Table) -> None:
        super().__init__(element)


class SetColumnComment(CreateOrDrop):
    """``COMMENT ON COLUMN … IS …``."""

    visit_name = "set_column_comment"

    def __init__(self, element: Column[Any]) -> None:
        super().__init__(element)


class DropColumnComment(CreateOrDrop):
    """``COMMENT ON COLUMN … IS NULL``, or what a dialect has for it."""

    visit_name = "drop_column_comment"

    def __init__(self, element: Column[Any]) -> None:
        super().__init__(element)


class SetConstraintComment(CreateOrDrop):
    """``COMMENT ON CONSTRAINT … IS …``."""

    visit_name = "set_constraint_comment"

    def __init__(self, element: Constraint) -> None:
        super().__init__(element)


class DropConstraintComment(CreateOrDrop):
    """``COMMENT ON CONSTRAINT … IS NULL``, or what a dialect has for it."""

    visit_name = "drop_constraint_comment"

    def __init__(self, element: Constraint) -> None:
        super().__init__(element)
