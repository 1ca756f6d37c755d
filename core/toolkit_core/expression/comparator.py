"""What a type does about operators: a comparator, made for an expression of that type."""

from __future__ import annotations

from typing import Any, ClassVar

from toolkit_core import types
from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression import lent_methods
from toolkit_core.expression import operators as op
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

    # Whether its methods are methods of the expressions of a type.
    is_of_types: ClassVar[bool] = True

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.is_of_types:
            lent_methods.learn(cls, Comparator)

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


class JSONComparator(Comparator):
    """The operators of JSON: what brackets find is JSON, or what ``as_…()`` makes of it."""

    def as_boolean(self) -> Any:
        """Take what was found for true or false."""
        return self._as("as_boolean", types.Boolean())

    def as_string(self) -> Any:
        """Take what was found for text.

        >>> from toolkit_core.expression.elements import column
        >>> from toolkit_core.types import JSON
        >>> column("data", JSON)["name"].as_string().type
        Unicode()
        """
        return self._as("as_string", types.Unicode())

    def as_integer(self) -> Any:
        """Take what was found for a whole number."""
        return self._as("as_integer", types.Integer())

    def as_float(self) -> Any:
        """Take what was found for a number."""
        return self._as("as_float", types.Float())

    def as_numeric(self, precision: int, scale: int, asdecimal: bool = True) -> Any:
        """Take what was found for a number of so many places."""
        kind: Any = types.Numeric
        return self._as("as_numeric", kind(precision, scale, asdecimal=asdecimal))

    def as_json(self) -> Any:
        """Take what was found for JSON, as it is taken anyway."""
        return self._as("as_json", None)

    def _as(self, name: str, type_: Any) -> Any:
        if self.expr.operator not in (op.json_getitem_op, op.json_path_getitem_op):
            raise InvalidRequestError(
                f"The JSON cast operator JSON.{name}() only works with a JSON index expression "
                f"e.g. col['q'].{name}()"
            )
        if type_ is None:
            return self.expr
        return self.expr.but(type=type_, modifiers=(("as", type_.static_key()),))


class ArrayComparator(Comparator):
    """The operators of arrays."""

    def any(self, other: Any, operator: Any = None) -> Any:
        """Whether a comparison holds for one of the items."""
        return self._each(self.expr.any_(), other, operator)

    def all(self, other: Any, operator: Any = None) -> Any:
        """Whether a comparison holds for all items."""
        return self._each(self.expr.all_(), other, operator)

    def _each(self, collection: Any, other: Any, operator: Any) -> Any:
        chosen = op.eq if operator is None else operator_of(operator)
        made = chosen.build(self.expr, chosen, other, reverse=True)
        item = made.left
        if item.type is self.type:
            # A value that says nothing of its type is one of the items, not an array.
            item = item.but(type=self.type.item_type)
        return made.but(left=item, right=collection)

    def contains(self, *arg: Any, **kw: Any) -> Any:
        """Refuse: arrays that know containment have their own types."""
        raise NotImplementedError(
            "ARRAY.contains() not implemented for the base ARRAY type; please use the "
            "dialect-specific ARRAY type"
        )


def comparator_of(element: Any) -> Any:
    """Return what defines an expression's operators."""
    return (element.type.comparator_factory or element.type.Comparator)(element)


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
    names: tuple[str, ...] = (f"__r{plain}__",) if reverse else (f"__{plain}__", plain, f"{plain}_")
    if operator in (op.any_op, op.all_op):
        # ``any()`` of arrays compares; ``any_()`` does not.
        names = names[2:]
    for name in names:
        own = getattr(type(comparator), name, None)
        if own is not None and own is not getattr(Comparator, name, None):
            return own(comparator, *others, **options)
    if reverse:
        return comparator.reverse_operate(operator, *others, **options)
    return comparator.operate(operator, *others, **options)
