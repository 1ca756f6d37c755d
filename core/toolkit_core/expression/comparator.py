"""What a type does about operators: a comparator, made for an expression of that type."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.column_operators import ColumnOperators
from toolkit_core.expression.operators import Operator, operator_of


class Comparator(ColumnOperators):
    """The operators of a type; a subclass changes them for its type's expressions.

    >>> from toolkit_core.expression.elements import column
    >>> from toolkit_core.types import Integer
    >>> class Spaceship(Integer):
    ...     class comparator_factory(Comparator):
    ...         def __lt__(self, other):
    ...             return self.op("<=>")(other)
    >>> str(column("x", Spaceship()) < 5)
    'x <=> :x_1'
    """


    def __init__(self, expr: Any) -> None:
        self.expr = expr
        self.type = expr.type

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        """Apply an operator, with the expression on its left."""
        operator = op if isinstance(op, Operator) else operator_of(op)
        return operator.build(self.expr, operator, *other, **kwargs)

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        """Apply an operator, with the expression on its right."""
        operator = op if isinstance(op, Operator) else operator_of(op)
        return operator.build(self.expr, operator, other, reverse=True, **kwargs)

    def __clause_element__(self) -> Any:
        return self.expr


def comparator_of(element: Any) -> Any:
    """Return what defines an expression's operators."""
    return (element.type.comparator_factory or Comparator)(element)


def by_type(
    comparator: Any,
    operator: Operator,
    others: tuple[Any, ...],
    options: dict[str, Any],
    *,
    reverse: bool,
) -> Any:
    """Apply an operator as a type defines it: by a method of its comparator, if it has its own."""
    plain = operator.__name__.removesuffix("_op").rstrip("_")
    names = (f"__r{plain}__",) if reverse else (f"__{plain}__", plain, f"{plain}_")
    for name in names:
        own = getattr(type(comparator), name, None)
        if own is not None and own is not getattr(Comparator, name, None):
            return own(comparator, *others, **options)
    if reverse:
        return comparator.reverse_operate(operator, *others, **options)
    return comparator.operate(operator, *others, **options)
