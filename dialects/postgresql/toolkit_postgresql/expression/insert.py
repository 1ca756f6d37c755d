"""INSERT with PostgreSQL's ON CONFLICT.  https://www.postgresql.org/docs/current/sql-insert.html."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit_core.dialect import InvalidRequestError, Self
from toolkit_core.dialect.expressions import ConflictInsert, checked_table
from toolkit_core.dialect.schema import Index, options_for


class Insert(ConflictInsert):
    """An INSERT that says what becomes of a row that is there already."""

    def on_conflict_do_nothing(  # type: ignore[override] # as documented, a constraint comes first
        self,
        constraint: Any = None,
        index_elements: Sequence[Any] | None = None,
        index_where: Any = None,
    ) -> Self:
        """Leave a row out that is there already."""
        self._refuse_second()
        name, index_elements, index_where = _target(constraint, index_elements, index_where)
        made = super().on_conflict_do_nothing(index_elements, index_where)
        return made._constrained(name)

    def on_conflict_do_update(  # type: ignore[override] # as documented, a constraint comes first
        self,
        constraint: Any = None,
        index_elements: Sequence[Any] | None = None,
        index_where: Any = None,
        set_: Any = None,
        where: Any = None,
    ) -> Self:
        """Update the row that is there already."""
        self._refuse_second()
        name, index_elements, index_where = _target(constraint, index_elements, index_where)
        if name is None and index_elements is None:
            raise ValueError(
                "Either constraint or index_elements, but not both, must be specified unless DO "
                "NOTHING"
            )
        made = super().on_conflict_do_update(index_elements, index_where, set_, where)
        return made._constrained(name)

    def _constrained(self, name: str | None) -> Self:
        if name is None:
            return self
        *others, last = self.conflicts
        return self.but(conflicts=(*others, last.but(constraint=name)))

    def _refuse_second(self) -> None:
        if self.conflicts:
            raise InvalidRequestError(
                "This Insert construct already has an ON CONFLICT clause established",
                hint="PostgreSQL takes one; a target without columns means any conflict",
            )


def _target(
    constraint: Any, index_elements: Sequence[Any] | None, index_where: Any
) -> tuple[str | None, Sequence[Any] | None, Any]:
    """Return the name of a constraint, or the columns of it, and the condition of an index."""
    if constraint is None:
        return None, index_elements, index_where
    if index_elements is not None:
        raise ValueError("'constraint' and 'index_elements' are mutually exclusive")
    if isinstance(constraint, str):
        return constraint, None, index_where
    if isinstance(constraint, Index):
        where = options_for(constraint, "postgresql").get("where")
        return None, list(constraint.expressions), where
    if constraint.name is not None:
        return str(constraint.name), None, index_where
    where = getattr(constraint, "where", None)
    return None, list(constraint.columns), where


def insert(table: Any) -> Insert:
    """Make an INSERT that has PostgreSQL's ``on_conflict_do_update()`` and ``…_do_nothing()``."""
    return Insert(checked_table(table))
