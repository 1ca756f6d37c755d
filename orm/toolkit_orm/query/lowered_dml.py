"""INSERT, UPDATE and DELETE of a mapped class, as ones of its table."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.given_row import GivenRow, given_row
from toolkit_core.expression.node import Node
from toolkit_orm.mapping.column_property import ColumnProperty
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.query.aliased_entity import AliasedEntity
from toolkit_orm.query.bundle import BundleNode
from toolkit_orm.query.row_criteria import criteria_in

# What of a statement may hold expressions, beside what ``OfClass`` sees to itself.
_LEFT = (
    "selected",
    "others",
    "by_rows",
    "conflicts",
    "added_ctes",
    "post_values",
    "post_criteria",
    "beside",
    "beside_values",
    "parts",
    "part_values",
)


def attribute_meant(mapper: Any, key: str) -> str:
    """Return the name of the attribute that a name means: of a synonym, what it stands for."""
    prop = mapper.props.get(key)
    while prop is not None and prop.is_synonym and prop.name in mapper.props:
        key = prop.name
        prop = mapper.props[key]
    return key


def columns_of(mapper: Any) -> dict[str, Any]:
    """Return attributes with the columns they are written to: of the class's own table, if any."""
    found: dict[str, Any] | None = mapper.memo.get("written_columns")
    if found is None:
        found = mapper.memo["written_columns"] = {}
        for key in mapper.props:
            prop = mapper.props[attribute_meant(mapper, key)]
            if isinstance(prop, ColumnProperty):
                columns = [one for one in prop.columns if getattr(one, "table", None) is not None]
                own = [one for one in columns if one.table is mapper.local_table]
                if own or columns:
                    found[key] = (own or columns)[0]
    return found


def lowered_dml(lowering: Any, statement: Any) -> Any:
    """Return a statement about tables; what it returns stays what was asked for, as columns."""
    told = criteria_in(statement)
    before = lowering.criteria
    if told:
        lowering.criteria = (*before, *told)
    try:
        made = statement
        if made.loader_options or made.with_options:
            made = made.dropped("loader_options", "with_options")
        if isinstance(made.table, (Entity, AliasedEntity)):
            return OfClass(lowering, made).lowered()
        return made.rewritten(lowering.node)
    finally:
        lowering.criteria = before


class OfClass:
    """One such statement on its way."""

    def __init__(self, lowering: Any, statement: Any) -> None:
        self.lowering = lowering
        self.statement = statement
        self.target = statement.table
        self.mapper = self.target.mapper
        self.table = self.mapper.local_table
        self.columns = columns_of(self.mapper)

    def lowered(self) -> Any:
        """Return the statement about the table."""
        statement = self.statement
        changes: dict[str, Any] = {"returned": tuple(self.returned())}
        is_alias = isinstance(self.target, AliasedEntity)
        changes["table"] = self.lowering.node(self.target) if is_alias else self.table
        if getattr(statement, "row", None) is not None:
            changes.update(self._set(statement))
        if getattr(statement, "rows", ()):
            changes["rows"] = tuple([self._row(dict(one.items())) for one in statement.rows])
        if getattr(statement, "order", None):
            changes["order"] = tuple([self._key(name) for name in statement.order])
        if getattr(statement, "selected_names", ()):
            names = [self._key(name) for name in statement.selected_names]
            changes["selected_names"] = tuple(names)
        if getattr(statement, "conflicts", ()):
            changes["conflicts"] = tuple([self._conflict(one) for one in statement.conflicts])
        if getattr(statement, "by_rows", None) is not None:
            self._check_rows(statement.by_rows)
        if not statement.is_insert:
            changes["criteria"] = self._criteria()
        made = statement.but(**changes)
        # What is left as it was given; most statements have nothing of that.
        if any(name in statement.__dict__ for name in _LEFT):
            made = made.rewritten(self.lowering.node)
        return made

    # -- values ---------------------------------------------------------------------------

    def _key(self, name: str) -> str:
        """Return the key of the column that a value is for, by the name of its attribute."""
        column = self.columns.get(name)
        return name if column is None else column.key

    def _set(self, statement: Any) -> dict[str, Any]:
        """Return the values; of an UPDATE those of other tables of the class go beside."""
        if self._stays(statement.row):
            return {}
        values = dict(statement.row.items())
        if not statement.is_update:
            return {"row": self._row(values)}
        others = {
            name: column
            for name, column in self.columns.items()
            if name in values and column.table is not self.table
        }
        own = {name: value for name, value in values.items() if name not in others}
        changes: dict[str, Any] = {"row": self._row(own) if own else None}
        if others:
            bound = GivenRow.bound(given_row({name: values[name] for name in others}), others)
            beside = dict(bound.items())
            changes["beside"] = (*statement.beside, *[others[name] for name in beside])
            changes["beside_values"] = (*statement.beside_values, *beside.values())
        return changes

    def _stays(self, row: GivenRow) -> bool:
        """Tell whether values are plain, and named as the columns of the table are."""
        if row.expressions:
            return False
        columns, table = self.columns, self.table
        for name in row.names:
            column = columns.get(name)
            if column is None or column.key != name or column.table is not table:
                return False
        return True

    def _row(self, values: dict[str, Any]) -> GivenRow:
        node = self.lowering.node
        return given_row(
            {
                self._key(name): node(value) if isinstance(value, Node) else value
                for name, value in values.items()
            }
        )

    def _conflict(self, node: Any) -> Any:
        """Return what is done about a row that is there, with names of columns."""
        names = getattr(node, "set_names", None)
        if not names:
            return node
        columns = self.columns
        return node.but(
            set_names=tuple([columns[name].name if name in columns else name for name in names])
        )

    def _check_rows(self, rows: Any) -> None:
        for name in rows.names:
            if self._key(name) != name:
                raise InvalidRequestError(
                    f"from_rows() takes columns by their names, and "
                    f"{self.mapper.class_.__name__}.{name} is the column {self._key(name)!r}",
                    hint=f"{type(self.statement).__name__.lower()}"
                    f"({self.mapper.class_.__name__}.__table__).from_rows(…)",
                )

    # -- conditions, and what comes back ----------------------------------------------------

    def _criteria(self) -> tuple[Any, ...]:
        node = self.lowering.node
        own = [node(one) for one in self.statement.criteria]
        return (*own, *self.lowering.criteria_for([self.target]))

    def returned(self) -> list[Any]:
        """Return the columns that RETURNING lists."""
        return [column for one in self.statement.returned for column in self._columns(one)]

    def _columns(self, one: Any) -> list[Any]:
        if isinstance(one, (Entity, AliasedEntity)):
            mapper = one.mapper
            columns = columns_of(mapper)
            return [columns[key] for key in mapper.column_keys if key in columns]
        if isinstance(one, BundleNode):
            return [column for part in one.columns for column in self._columns(part)]
        return [self.lowering.node(one)]
