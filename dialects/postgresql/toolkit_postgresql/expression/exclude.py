"""Constraints that no two rows may be alike by some operators.

https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-EXCLUSION
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit_core.dialect import ArgumentError
from toolkit_core.dialect.schema import ColumnCollectionConstraint, as_sql


class ExcludeConstraint(ColumnCollectionConstraint):
    """``EXCLUDE USING …``: each element is a column or an expression, with an operator.

    >>> ExcludeConstraint(("room", "="), ("during", "&&"), using="gist").using
    'gist'
    """

    visit_name = "exclude_constraint"

    where: Any = None

    def __init__(
        self,
        *elements: tuple[Any, str],
        name: str | None = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        using: str = "gist",
        where: Any = None,
        ops: Mapping[str, str] | None = None,
        info: dict[Any, Any] | None = None,
        **dialect_kw: Any,
    ) -> None:
        if not elements:
            raise ArgumentError(
                "an ExcludeConstraint has no elements", hint='for example ("room", "=")'
            )
        self._given = [(one, str(operator)) for one, operator in elements]
        super().__init__(
            *[one for one, _ in self._given if _is_column(one)],
            name=name,
            deferrable=deferrable,
            initially=initially,
            info=info,
            **dialect_kw,
        )
        self.using = using
        if where is not None:
            self.where = as_sql(where)
        self.ops = dict(ops or {})

    @property
    def elements(self) -> Iterator[tuple[Any, str]]:
        """What is compared, and by which operator: columns as the table has them."""
        for one, operator in self._given:
            yield self.table.c[one] if isinstance(one, str) else one, operator

    @property
    def operators(self) -> dict[str, str]:
        """The operators of the columns, by name."""
        return {_name(one): operator for one, operator in self._given if _is_column(one)}

    def _copy(self, target_table: Any = None, **kw: Any) -> ExcludeConstraint:
        elements = [
            (_name(one) if _is_column(one) else one, operator) for one, operator in self._given
        ]
        made = type(self)(
            *elements, using=self.using, where=self.where, ops=self.ops, **self._basic()
        )
        copy: ExcludeConstraint = self._finished(made)
        return copy


def _is_column(found: Any) -> bool:
    return isinstance(found, str) or getattr(found, "visit_name", None) == "column"


def _name(found: Any) -> str:
    return found if isinstance(found, str) else str(found.key)
