"""A foreign key of one column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, InvalidRequestError, NoReferencedColumnError
from toolkit_core.schema.dialect_options import TakesDialectOptions
from toolkit_core.schema.foreign_key_target import (
    ForeignKeyTarget,
    key_of_target,
    resolve,
    target_given,
    target_of,
    written,
)
from toolkit_core.schema.item import SchemaItem
from toolkit_core.schema.waiting import settle
from toolkit_core.types import NULLTYPE

if TYPE_CHECKING:
    from toolkit_core.schema.column import Column
    from toolkit_core.schema.foreign_key_constraint import ForeignKeyConstraint
    from toolkit_core.schema.table import Table


class ForeignKey(SchemaItem, TakesDialectOptions):
    """Put it into a column: the column's values are those of another column.

    The other one is named as ``table.column``, with the schema before it if there is one, and
    need not exist yet.

    >>> ForeignKey("person.id", ondelete="CASCADE").target_fullname
    'person.id'
    """

    visit_name = "foreign_key"
    name: str | None = None
    constraint: ForeignKeyConstraint | None = None
    parent: Any = None
    _column: Any = None

    def __init__(
        self,
        column: Any,
        _constraint: ForeignKeyConstraint | None = None,
        use_alter: bool = False,
        name: str | None = None,
        onupdate: str | None = None,
        ondelete: str | None = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        link_to_name: bool = False,
        match: str | None = None,
        info: dict[Any, Any] | None = None,
        comment: str | None = None,
        **dialect_kw: Any,
    ) -> None:
        self._stamp()
        self._given = target_given(column)
        self.constraint = _constraint
        self.use_alter = use_alter
        if name is not None:
            self.name = name
        self.onupdate = onupdate
        self.ondelete = ondelete
        self.deferrable = deferrable
        self.initially = initially
        self.link_to_name = link_to_name
        self.match = match
        self.comment = comment
        if info is not None:
            self.info = info
        if dialect_kw:
            self._take_options(dialect_kw)

    # -- the target -----------------------------------------------------------------------

    @property
    def target_tokens(self) -> ForeignKeyTarget:
        """The target as three names, as it was given."""
        return target_of(self._given, None if self.parent is None else self.parent.key)

    @property
    def target_fullname(self) -> str:
        """The target with dots between its names."""
        return written(self.target_tokens)

    @property
    def target_table_key(self) -> str | None:
        """The key of the target's table in its MetaData; None if nobody can know it yet."""
        if isinstance(self._given, ForeignKeyTarget):
            return key_of_target(self._given, self._metadata())
        table: Table | None = self._given.table
        return None if table is None else table.key

    def _metadata(self) -> Any:
        table = None if self.parent is None else self.parent.table
        return None if table is None else table.metadata

    @property
    def column(self) -> Column[Any]:
        """The column it points to, looked for when it is first asked for."""
        found: Column[Any] | None = self._column
        return self._resolved() if found is None else found

    def _resolved(self) -> Column[Any]:
        given = self._given
        if isinstance(given, ForeignKeyTarget):
            parent = self.parent
            if parent is None:
                raise InvalidRequestError(
                    "this ForeignKey object does not yet have a parent Column"
                )
            if parent.table is None:
                raise InvalidRequestError(
                    f"this ForeignKey's parent column is not yet associated with a Table: "
                    f"{parent.name!r}"
                )
            given = resolve(given, parent, parent.table.metadata, by_name=self.link_to_name)
        self._column = given
        self._pass_type_on()
        found: Column[Any] = given
        return found

    def _pass_type_on(self) -> None:
        """Give the type of the target to a column that was given none."""
        parent, type_ = self.parent, self._column.type
        if parent is not None and parent.type is NULLTYPE and type_ is not NULLTYPE:
            parent.type = type_
            if parent.table is not None:
                settle(parent.table.metadata, parent.table.key)

    def references(self, table: Any) -> bool:
        """Tell whether it points to a column of the table."""
        return self.column.table is table

    def get_referent(self, table: Any) -> Any:
        """Return the column of a table, or of what is made from it, that it points to."""
        return table.columns.corresponding_column(self.column)

    # -- becoming part of a column --------------------------------------------------------

    def _set_parent(self, parent: Any) -> None:
        if getattr(parent, "visit_name", None) != "column":
            raise ArgumentError(
                f"A ForeignKey is put into a Column, not into {parent!r}",
                hint="in a table, ForeignKeyConstraint([columns], [targets])",
            )
        if self.parent is not None and self.parent is not parent:
            raise InvalidRequestError("This ForeignKey already has a parent !")
        self.parent = parent
        if not parent.foreign_keys:
            parent.foreign_keys = {self}
        else:
            parent.foreign_keys.add(self)
        parent._when_in_table(self._column_in_table)

    def _column_in_table(self, column: Any, table: Any) -> None:
        table.foreign_keys.add(self)
        if self.constraint is None:
            table._constrain(self)
        metadata = table.metadata
        if column.type is NULLTYPE or self._is_early():
            metadata._wait(self)

    def _is_early(self) -> bool:
        return not isinstance(self._given, ForeignKeyTarget) and self._given.table is None

    def _try_resolving(self) -> bool:
        """Resolve it if its target is there; tell whether there is nothing left to wait for."""
        table = self._metadata().tables.get(self.target_table_key)
        if isinstance(self._given, ForeignKeyTarget):
            if table is None:
                return False
            wanted = self._given.column_name or self.parent.key
            if wanted not in table._columns and not self.link_to_name:
                return False
        try:
            column = self.column
        except NoReferencedColumnError:
            # It may still come, with the name that is linked to.
            return False
        self._pass_type_on()
        return column.type is not NULLTYPE

    # -- copies ---------------------------------------------------------------------------

    def copy(self, **kw: Any) -> ForeignKey:
        """Return a copy that belongs to no column."""
        return self._copy(**kw)

    def _copy(self, target: Any = None, **kw: Any) -> ForeignKey:
        made = ForeignKey(
            self._given if target is None else target,
            use_alter=self.use_alter,
            name=self.name,
            onupdate=self.onupdate,
            ondelete=self.ondelete,
            deferrable=self.deferrable,
            initially=self.initially,
            link_to_name=self.link_to_name,
            match=self.match,
            comment=self.comment,
            **self._options,
        )
        if "info" in self.__dict__:
            made.info = dict(self.info)
        return made

    def __repr__(self) -> str:
        return f"ForeignKey({self.target_fullname!r})"
