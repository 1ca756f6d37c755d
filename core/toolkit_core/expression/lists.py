"""Several expressions in a row: tuples, and what stands between parentheses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit_core.expression import operators as op
from toolkit_core.expression.coerce import expression
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.node import children, declared, derived, value
from toolkit_core.expression.operators import Operator
from toolkit_core.expression.params import as_type
from toolkit_core.types import NULLTYPE, TupleType, TypeEngine


@declared
class ClauseList(ColumnElement[Any]):
    """Expressions with commas, or with another operator, between them; no parentheses."""

    visit_name = "expression_clauselist"

    clauses: tuple[ColumnElement[Any], ...] = children()
    # Called otherwise than ``operator``: nobody puts the list as a whole in parentheses.
    separator: Operator = value(default=op.comma_op)

    def __iter__(self) -> Iterator[ColumnElement[Any]]:  # type: ignore[override]
        return iter(self.clauses)

    def __len__(self) -> int:
        return len(self.clauses)


@declared
class Tuple(ColumnElement[Any]):
    """Several expressions as one value."""

    visit_name = "tuple"

    clauses: tuple[ColumnElement[Any], ...] = children()
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        """Apply an operator; a Python tuple beside it is a tuple of SQL."""
        if len(other) == 1 and isinstance(other[0], tuple):
            other = (tuple_(*other[0]),)
        return super().operate(op, *other, **kwargs)

    def __eq__(self, other: object) -> Any:
        return self.operate(op.eq, other)

    def __ne__(self, other: object) -> Any:
        return self.operate(op.ne, other)

    __hash__ = object.__hash__


def tuple_(*clauses: Any, types: Any = None) -> Tuple:
    """Return several expressions as one value.

    >>> from toolkit_core.expression.elements import column
    >>> str(tuple_(column("a"), column("b")) == (1, 2))
    '(a, b) = (:param_1, :param_2)'
    """
    kinds = list(types or ())
    kinds += [None] * (len(clauses) - len(kinds))
    made = [
        expression(one, None if kind is None else as_type(kind))
        for one, kind in zip(clauses, kinds, strict=True)
    ]
    return Tuple(tuple(made), TupleType(*[one.type for one in made]))
