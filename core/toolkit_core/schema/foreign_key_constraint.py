"""A foreign key of a table, of one column or more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError
from toolkit_core.schema.constraint import ColumnCollectionConstraint
from toolkit_core.schema.foreign_key import ForeignKey
from toolkit_core.schema.foreign_key_target import key_of_target

if TYPE_CHECKING:
    from toolkit_core.schema.table import Table


class ForeignKeyConstraint(ColumnCollectionConstraint):
    """``FOREIGN KEY (…) REFERENCES … (…)``.

    >>> ForeignKeyConstraint(["a", "b"], ["other.a", "other.b"]).elements
    [ForeignKey('other.a'), ForeignKey('other.b')]
    """

    visit_name = "foreign_key_constraint"

    def __init__(
        self,
        columns: Sequence[Any],
        refcolumns: Sequence[Any],
        name: str | None = None,
        onupdate: str | None = None,
        ondelete: str | None = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        use_alter: bool = False,
        link_to_name: bool = False,
        match: str | None = None,
        table: Table | None = None,
        info: dict[Any, Any] | None = None,
        comment: str | None = None,
        _elements: list[ForeignKey] | None = None,
        **dialect_kw: Any,
    ) -> None:
        self.onupdate = onupdate
        self.ondelete = ondelete
        self.use_alter = use_alter
        self.link_to_name = link_to_name
        self.match = match
        if _elements is None:
            _check_counts(columns, refcolumns)
        self.elements: list[ForeignKey] = _elements or [
            ForeignKey(
                target,
                _constraint=self,
                use_alter=use_alter,
                name=name,
                onupdate=onupdate,
                ondelete=ondelete,
                deferrable=deferrable,
                initially=initially,
                link_to_name=link_to_name,
                match=match,
                comment=comment,
                **dialect_kw,
            )
            for target in refcolumns
        ]
        super().__init__(
            *columns,
            name=name,
            deferrable=deferrable,
            initially=initially,
            info=info,
            comment=comment,
            **dialect_kw,
        )
        if table is not None and self._table is None:
            self._attach(table)

    @property
    def column_keys(self) -> list[str]:
        """The keys of its own columns."""
        if self._table is not None:
            return self._columns.keys()
        return [one if isinstance(one, str) else one.key for one in self._pending]

    @property
    def referred_table(self) -> Table:
        """The table it points to."""
        return self.elements[0].column.table  # type: ignore[return-value]

    def _set_parent(self, parent: Any) -> None:
        self._table = parent
        self._check_one_target(parent)
        super()._set_parent(parent)
        for column, element in zip(self._columns, self.elements, strict=False):
            if element.parent is not column:
                element._attach(column)

    def _check_one_target(self, table: Table) -> None:
        keys = {key_of_target(element.target_tokens, table.metadata) for element in self.elements}
        if len(keys) > 1:
            names = [one if isinstance(one, str) else one.name for one in self._pending]
            shown = " and ".join(sorted(keys))
            raise ArgumentError(
                f"ForeignKeyConstraint on {table.fullname}({', '.join(names)}) refers to multiple "
                f"remote tables: {shown}"
            )

    def _copy(
        self,
        target_table: Table | None = None,
        schema: Any = None,
        name: str | None = None,
        **kw: Any,
    ) -> ForeignKeyConstraint:
        basic = self._basic()
        targets: list[Any] = [element.target_tokens for element in self.elements]
        if name is not None:
            targets = [target._replace(table_name=name) for target in targets]
        if schema is not None:
            targets = [target._replace(schema=schema[0]) for target in targets]
        made = ForeignKeyConstraint(
            self._keys(target_table),
            targets,
            use_alter=self.use_alter,
            onupdate=self.onupdate,
            ondelete=self.ondelete,
            link_to_name=self.link_to_name,
            match=self.match,
            **basic,
        )
        copy: ForeignKeyConstraint = self._finished(made)
        for mine, theirs in zip(self.elements, copy.elements, strict=True):
            if "info" in mine.__dict__:
                theirs.info = dict(mine.info)
        return copy

    def __repr__(self) -> str:
        targets = [element.target_fullname for element in self.elements]
        named = "" if self.name is None else f", name={str(self.name)!r}"
        return f"ForeignKeyConstraint({self.column_keys!r}, {targets!r}{named})"


def _check_counts(columns: Sequence[Any], targets: Sequence[Any]) -> None:
    if isinstance(columns, str) or isinstance(targets, str):
        raise ArgumentError(
            "ForeignKeyConstraint takes lists of columns and of targets, not a string"
        )
    if len(columns) != len(targets) or not columns:
        more = "" if len(set(columns)) == len(columns) else " Are there duplicates among them?"
        raise ArgumentError(
            "ForeignKeyConstraint number of constrained columns must match the number of "
            f"referenced columns.{more}"
        )


def constraint_of_one(key: ForeignKey, table: Table) -> ForeignKeyConstraint:
    """Make the constraint for a foreign key that was put into a column."""
    made = ForeignKeyConstraint(
        [],
        [],
        key.name,
        key.onupdate,
        key.ondelete,
        key.deferrable,
        key.initially,
        key.use_alter,
        key.link_to_name,
        key.match,
        comment=key.comment,
        _elements=[key],
        **key._options,
    )
    key.constraint = made
    made._pending = (key.parent,)
    made._attach(table)
    return made
