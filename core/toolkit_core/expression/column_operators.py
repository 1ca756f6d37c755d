"""What may be done with an expression: Python's operators, and methods for SQL's others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.expression import operators as op
from toolkit_core.expression.operators import Operator, custom_op

Made = Any


class Operators:
    """AND, OR, NOT, and operators of the user's own.

    All go through ``operate`` and ``reverse_operate``, which subclasses define.
    """

    __slots__ = ()

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Made:
        """Apply an operator, with this on its left."""
        raise NotImplementedError(str(op))

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Made:
        """Apply an operator, with this on its right."""
        raise NotImplementedError(str(op))

    def __and__(self, other: Any) -> Made:
        return self.operate(op.and_, other)

    def __or__(self, other: Any) -> Made:
        return self.operate(op.or_, other)

    def __rand__(self, other: Any) -> Made:
        return self.reverse_operate(op.and_, other)

    def __ror__(self, other: Any) -> Made:
        return self.reverse_operate(op.or_, other)

    def __invert__(self) -> Made:
        return self.operate(op.inv)

    def op(
        self,
        opstring: str,
        precedence: int = 0,
        is_comparison: bool = False,
        return_type: Any = None,
        python_impl: Callable[..., Any] | None = None,
    ) -> Callable[[Any], Made]:
        """Return a function that applies an operator of the database's own.

        >>> from toolkit_core.expression.elements import column
        >>> str(column("data").op("->>")("name"))
        'data ->> :data_1'
        """
        operator = custom_op(
            opstring, precedence, is_comparison, return_type, python_impl=python_impl
        )

        def against(other: Any) -> Made:
            return self.operate(operator, other)

        return against

    def bool_op(
        self, opstring: str, precedence: int = 0, python_impl: Callable[..., Any] | None = None
    ) -> Callable[[Any], Made]:
        """Return a function that applies an operator whose result is true or false."""
        return self.op(opstring, precedence, is_comparison=True, python_impl=python_impl)


class ColumnOperators(Operators):
    """All operators of expressions."""

    __slots__ = ()

    # -- comparisons ----------------------------------------------------------------------

    def __eq__(self, other: object) -> Made:
        return self.operate(op.eq, other)

    def __ne__(self, other: object) -> Made:
        return self.operate(op.ne, other)

    def __lt__(self, other: Any) -> Made:
        return self.operate(op.lt, other)

    def __le__(self, other: Any) -> Made:
        return self.operate(op.le, other)

    def __gt__(self, other: Any) -> Made:
        return self.operate(op.gt, other)

    def __ge__(self, other: Any) -> Made:
        return self.operate(op.ge, other)

    __hash__ = object.__hash__

    def is_(self, other: Any) -> Made:
        """``IS``: mostly of NULL, true and false."""
        return self.operate(op.is_, other)

    def is_not(self, other: Any) -> Made:
        """``IS NOT``."""
        return self.operate(op.is_not, other)

    isnot = is_not

    def is_distinct_from(self, other: Any) -> Made:
        """``IS DISTINCT FROM``: unequal, where NULL equals NULL."""
        return self.operate(op.is_distinct_from, other)

    def is_not_distinct_from(self, other: Any) -> Made:
        """``IS NOT DISTINCT FROM``: equal, where NULL equals NULL."""
        return self.operate(op.is_not_distinct_from, other)

    isnot_distinct_from = is_not_distinct_from

    def between(self, cleft: Any, cright: Any, symmetric: bool = False) -> Made:
        """``BETWEEN``, both bounds included; symmetric: in whichever order they are.

        >>> from toolkit_core.expression.elements import column
        >>> str(column("x").between(1, 10))
        'x BETWEEN :x_1 AND :x_2'
        """
        return self.operate(op.between_op, cleft, cright, symmetric=symmetric)

    def in_(self, other: Any) -> Made:
        """``IN``: of values, of a SELECT, or of a parameter that stands for many.

        However many values, it is one parameter: the statement is written and cached once.

        >>> from toolkit_core.expression.elements import column
        >>> str(column("x").in_([1, 2, 3]))
        'x IN (__[POSTCOMPILE_x_1])'
        """
        return self.operate(op.in_op, other)

    def not_in(self, other: Any) -> Made:
        """``NOT IN``."""
        return self.operate(op.not_in_op, other)

    notin_ = not_in

    # -- text -----------------------------------------------------------------------------

    def like(self, other: Any, escape: str | None = None) -> Made:
        """``LIKE``: ``%`` stands for any text, ``_`` for any character."""
        return self.operate(op.like_op, other, escape=escape)

    def not_like(self, other: Any, escape: str | None = None) -> Made:
        """``NOT LIKE``."""
        return self.operate(op.not_like_op, other, escape=escape)

    notlike = not_like

    def ilike(self, other: Any, escape: str | None = None) -> Made:
        """``LIKE`` without regard to case."""
        return self.operate(op.ilike_op, other, escape=escape)

    def not_ilike(self, other: Any, escape: str | None = None) -> Made:
        """``NOT LIKE`` without regard to case."""
        return self.operate(op.not_ilike_op, other, escape=escape)

    notilike = not_ilike

    def startswith(self, other: Any, escape: str | None = None, autoescape: bool = False) -> Made:
        """Whether a text begins with another; ``autoescape`` takes ``%`` and ``_`` as they are.

        >>> from toolkit_core.expression.elements import column
        >>> str(column("name").startswith("a%b", autoescape=True))
        "name LIKE :name_1 || '%' ESCAPE '/'"
        """
        return self.operate(op.startswith_op, other, escape=escape, autoescape=autoescape)

    def istartswith(self, other: Any, escape: str | None = None, autoescape: bool = False) -> Made:
        """Whether a text begins with another, without regard to case."""
        return self.operate(op.istartswith_op, other, escape=escape, autoescape=autoescape)

    def endswith(self, other: Any, escape: str | None = None, autoescape: bool = False) -> Made:
        """Whether a text ends with another."""
        return self.operate(op.endswith_op, other, escape=escape, autoescape=autoescape)

    def iendswith(self, other: Any, escape: str | None = None, autoescape: bool = False) -> Made:
        """Whether a text ends with another, without regard to case."""
        return self.operate(op.iendswith_op, other, escape=escape, autoescape=autoescape)

    def contains(self, other: Any, **kw: Any) -> Made:
        """Whether a text has another in it."""
        return self.operate(op.contains_op, other, **kw)

    def icontains(self, other: Any, **kw: Any) -> Made:
        """Whether a text has another in it, without regard to case."""
        return self.operate(op.icontains_op, other, **kw)

    def match(self, other: Any, **kwargs: Any) -> Made:
        """The database's own full-text search."""
        return self.operate(op.match_op, other, **kwargs)

    def regexp_match(self, pattern: Any, flags: str | None = None) -> Made:
        """Whether a regular expression, in the database's own language, is found."""
        return self.operate(op.regexp_match_op, pattern, flags=flags)

    def regexp_replace(self, pattern: Any, replacement: Any, flags: str | None = None) -> Made:
        """The text with what a regular expression finds replaced."""
        return self.operate(op.regexp_replace_op, pattern, replacement, flags=flags)

    def concat(self, other: Any) -> Made:
        """``||``."""
        return self.operate(op.concat_op, other)

    def collate(self, collation: str) -> Made:
        """``COLLATE``: which order and equality of texts counts."""
        return self.operate(op.collate, collation)

    # -- order ----------------------------------------------------------------------------

    def asc(self) -> Made:
        """``ASC``, in an ORDER BY."""
        return self.operate(op.asc_op)

    def desc(self) -> Made:
        """``DESC``, in an ORDER BY."""
        return self.operate(op.desc_op)

    def nulls_first(self) -> Made:
        """``NULLS FIRST``, in an ORDER BY."""
        return self.operate(op.nulls_first_op)

    def nulls_last(self) -> Made:
        """``NULLS LAST``, in an ORDER BY."""
        return self.operate(op.nulls_last_op)

    nullsfirst = nulls_first
    nullslast = nulls_last

    def distinct(self) -> Made:
        """``DISTINCT``, inside an aggregate."""
        return self.operate(op.distinct_op)

    def any_(self) -> Made:
        """``ANY`` of an array or a SELECT, to be compared with."""
        return self.operate(op.any_op)

    def all_(self) -> Made:
        """``ALL`` of an array or a SELECT, to be compared with."""
        return self.operate(op.all_op)

    # -- arithmetic -----------------------------------------------------------------------

    def __add__(self, other: Any) -> Made:
        return self.operate(op.add, other)

    def __radd__(self, other: Any) -> Made:
        return self.reverse_operate(op.add, other)

    def __sub__(self, other: Any) -> Made:
        return self.operate(op.sub, other)

    def __rsub__(self, other: Any) -> Made:
        return self.reverse_operate(op.sub, other)

    def __mul__(self, other: Any) -> Made:
        return self.operate(op.mul, other)

    def __rmul__(self, other: Any) -> Made:
        return self.reverse_operate(op.mul, other)

    def __truediv__(self, other: Any) -> Made:
        return self.operate(op.truediv, other)

    def __rtruediv__(self, other: Any) -> Made:
        return self.reverse_operate(op.truediv, other)

    def __floordiv__(self, other: Any) -> Made:
        return self.operate(op.floordiv, other)

    def __rfloordiv__(self, other: Any) -> Made:
        return self.reverse_operate(op.floordiv, other)

    def __mod__(self, other: Any) -> Made:
        return self.operate(op.mod, other)

    def __rmod__(self, other: Any) -> Made:
        return self.reverse_operate(op.mod, other)

    def __pow__(self, other: Any) -> Made:
        return self.operate(op.pow_, other)

    def __rpow__(self, other: Any) -> Made:
        return self.reverse_operate(op.pow_, other)

    def __matmul__(self, other: Any) -> Made:
        return self.operate(op.matmul, other)

    def __rmatmul__(self, other: Any) -> Made:
        return self.reverse_operate(op.matmul, other)

    def __neg__(self) -> Made:
        return self.operate(op.neg)

    def __lshift__(self, other: Any) -> Made:
        return self.operate(op.lshift, other)

    def __rlshift__(self, other: Any) -> Made:
        return self.reverse_operate(op.lshift, other)

    def __rshift__(self, other: Any) -> Made:
        return self.operate(op.rshift, other)

    def __rrshift__(self, other: Any) -> Made:
        return self.reverse_operate(op.rshift, other)

    def __getitem__(self, index: Any) -> Made:
        return self.operate(op.getitem, index)

    def __contains__(self, other: Any) -> Made:
        return self.operate(op.contains, other)

    # That there is __getitem__ must not make an endless sequence of it.
    __iter__ = None

    # -- bits -----------------------------------------------------------------------------

    def bitwise_and(self, other: Any) -> Made:
        """``&``."""
        return self.operate(op.bitwise_and_op, other)

    def bitwise_or(self, other: Any) -> Made:
        """``|``."""
        return self.operate(op.bitwise_or_op, other)

    def bitwise_xor(self, other: Any) -> Made:
        """``^``, where the database has it, or what says the same."""
        return self.operate(op.bitwise_xor_op, other)

    def bitwise_not(self) -> Made:
        """``~``."""
        return self.operate(op.bitwise_not_op)

    def bitwise_lshift(self, other: Any) -> Made:
        """``<<``."""
        return self.operate(op.bitwise_lshift_op, other)

    def bitwise_rshift(self, other: Any) -> Made:
        """``>>``."""
        return self.operate(op.bitwise_rshift_op, other)


__all__ = ["ColumnOperators", "Operator", "Operators"]
