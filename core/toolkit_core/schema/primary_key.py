"""The primary key of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, warn
from toolkit_core.schema.constraint import ColumnCollectionConstraint
from toolkit_core.schema.constraint_columns import columns_in
from toolkit_core.schema.generated import Identity
from toolkit_core.schema.naming import apply_convention
from toolkit_core.types import NULLTYPE, Integer, Numeric

if TYPE_CHECKING:
    from toolkit_core.schema.column import Column
    from toolkit_core.schema.table import Table


class PrimaryKeyConstraint(ColumnCollectionConstraint):
    """``PRIMARY KEY (…)``; every table has one, which may be empty."""

    visit_name = "primary_key_constraint"

    def __init__(
        self,
        *columns: Any,
        name: str | None = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        info: dict[Any, Any] | None = None,
        _implicit_generated: bool = False,
        **dialect_kw: Any,
    ) -> None:
        # The table made it, since nobody gave one.
        self._implicit = _implicit_generated
        super().__init__(
            *columns, name=name, deferrable=deferrable, initially=initially, info=info, **dialect_kw
        )

    def _set_parent(self, parent: Any) -> None:
        self._table = parent
        former = parent.primary_key
        if former is not self:
            parent.constraints.discard(former)
            parent.primary_key = self
            parent.constraints.add(self)
        own = columns_in(parent, self._pending, self)
        flagged = [column for column in parent._columns if column.primary_key]
        if own and flagged and set(own) != set(flagged):
            _warn_of_two(parent, flagged, own)
            flagged = []
        self._columns._set((column.key, column) for column in own or flagged)
        for column in own:
            column._become_primary_key()
        if own or flagged:
            apply_convention(self, parent)

    def _add_column(self, column: Any) -> None:
        """Take in a column that says of itself that it is part of the key."""
        if column.key in self._columns:
            self._columns._set(
                (key, column if key == column.key else other)
                for key, other in self._columns.items()
            )
        else:
            self._columns._add(column.key, column)
        if len(self._columns) == 1 and self._table is not None:
            apply_convention(self, self._table)

    @property
    def columns_autoinc_first(self) -> list[Any]:
        """The columns, the one that counts up before the others."""
        first = autoincrement_column(self)
        if first is None:
            return list(self._columns)
        return [first, *(column for column in self._columns if column is not first)]

    def _copy(self, target_table: Table | None = None, **kw: Any) -> PrimaryKeyConstraint:
        made = PrimaryKeyConstraint(
            *self._keys(target_table), _implicit_generated=self._implicit, **self._basic()
        )
        copy: PrimaryKeyConstraint = self._finished(made)
        return copy


def _warn_of_two(table: Any, flagged: list[Any], own: list[Any]) -> None:
    def names(columns: list[Any]) -> str:
        return ", ".join(repr(str(column.name)) for column in columns)

    warn(
        f"Table {str(table.name)!r} specifies columns {names(flagged)} as primary_key=True, not "
        f"matching locally specified columns {names(own)}; setting the current primary key "
        f"columns to {names(own)}. This warning may become an exception in a future release"
    )
    for column in flagged:
        if all(column is not one for one in own):
            column.primary_key = False


def autoincrement_column(key: PrimaryKeyConstraint) -> Column[int] | None:
    """Return the column of a primary key that the server counts up, if there is one."""
    columns = list(key._columns)
    if len(columns) == 1:
        (column,) = columns
        if column.autoincrement is True:
            _check_counts(column, explicitly=True)
            return column  # type: ignore[no-any-return]
        if column.autoincrement in ("auto", "ignore_fk") and _check_counts(
            column, explicitly=False
        ):
            return column  # type: ignore[no-any-return]
        return None
    chosen = None
    for column in columns:
        if column.autoincrement is True or column.identity is not None:
            _check_counts(column, explicitly=True)
            if chosen is not None:
                raise ArgumentError(
                    "Only one Column may be marked autoincrement=True, found both "
                    f"{column.name} and {chosen.name}."
                )
            chosen = column
    return chosen


def _check_counts(column: Any, *, explicitly: bool) -> bool:
    """Tell whether a column can count up; of one that must, say why it cannot."""
    if not counts(column) and not (explicitly and _is_whole(column.type)):
        if explicitly and column.type is not NULLTYPE:
            raise ArgumentError(
                f"Column type {column.type!r} on column '{column}' is not compatible with "
                "autoincrement=True",
                hint="an Integer counts up, and so does a Numeric with a scale of 0",
            )
        return False
    default = column.default
    if default is not None and not (default.is_sequence and default.optional):
        return explicitly
    if column.server_default is not None and not isinstance(column.server_default, Identity):
        return explicitly
    return explicitly or not column.foreign_keys or column.autoincrement == "ignore_fk"


def _is_whole(type_: Any) -> bool:
    """Tell whether a type is of decimal numbers without a fraction."""
    return isinstance(type_, Numeric) and type_.scale == 0


def counts(column: Any) -> bool:
    """Tell whether the values of a column are whole numbers."""
    type_: Any = column.type
    while hasattr(type_, "load_dialect_impl"):
        type_ = type_.impl
    return bool(type_.family is Integer.family)
