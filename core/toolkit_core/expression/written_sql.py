"""SQL that the user wrote, in the place of an expression: nobody knows of what type it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from toolkit_core.expression.executable import Executable
from toolkit_core.lazy_module import lazy_module

if TYPE_CHECKING:
    from toolkit_core import types
    from toolkit_core.expression import column_element, operators
    from toolkit_core.expression import comparator as comparators
else:
    # A text that is sent as it is needs none of this.
    types = lazy_module("toolkit_core.types")
    operators = lazy_module("toolkit_core.expression.operators")
    column_element = lazy_module("toolkit_core.expression.column_element")
    comparators = lazy_module("toolkit_core.expression.comparator")


class WrittenSQL(Executable):
    """A statement that may stand wherever an expression, a condition or a source may."""

    is_text: ClassVar[bool] = True
    stands_as_expression: ClassVar[bool] = True
    stands_as_source: ClassVar[bool] = True
    # What an expression tells of itself, and this cannot.
    names_parameter: ClassVar[None] = None
    is_condition: ClassVar[bool] = False

    @property
    def type(self) -> types.TypeEngine[Any]:
        """The null type: what it is, only the database knows."""
        return types.NULLTYPE

    @property
    def comparator(self) -> Any:
        """What defines the operators of the null type."""
        return comparators.comparator_of(self)

    def self_group(self, against: Any = None) -> Any:
        """Return it as it is, or in parentheses where IN wants them."""
        if against is operators.in_op or against is operators.not_in_op:
            return operators.comma_op.build(self, operators.comma_op)
        return self

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        """Apply an operator, with this on its left."""
        made: Any = column_element.ColumnElement.operate
        return made(self, op, *other, **kwargs)
