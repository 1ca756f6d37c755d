"""The operators: what each is called, how strongly it binds, what its negation is.

An operator is also a function: ``operators.eq(a, b)`` is ``a == b``.
"""

from __future__ import annotations

from typing import Any


class Operator:
    """One operator of SQL, written ``left text right``, or before or after its operand.

    The strength orders operators: an operand that binds less strongly than the operator around
    it is put in parentheses.
    """

    __slots__ = ("__name__", "_negation", "associative", "boolean", "strength", "text")

    def __init__(
        self,
        name: str,
        text: str,
        strength: int,
        *,
        boolean: bool = False,
        associative: bool = False,
    ) -> None:
        self.__name__ = name
        self.text = text
        self.strength = strength
        # Whether the result is true or false.
        self.boolean = boolean
        # Whether a op (b op c) may be written without parentheses.
        self.associative = associative
        self._negation: Operator | None = None

    @property
    def negation(self) -> Operator | None:
        """The operator that is true where this one is false."""
        return self._negation

    def __call__(self, left: Any, *others: Any, **options: Any) -> Any:
        """Apply the operator to expressions."""
        return left.operate(self, *others, **options)

    def __repr__(self) -> str:
        return f"<operator {self.__name__}>"

    def __reduce__(self) -> Any:
        return _by_name, (self.__name__,)


OPERATORS: dict[str, Operator] = {}


def _by_name(name: str) -> Operator:
    return OPERATORS[name]


def _operator(name: str, text: str, strength: int, **options: bool) -> Operator:
    made = OPERATORS[name] = Operator(name, text, strength, **options)
    return made


def _comparison(name: str, text: str) -> Operator:
    return _operator(name, text, COMPARING, boolean=True)


def _opposites(one: Operator, other: Operator) -> None:
    one._negation, other._negation = other, one


# How strongly things bind, from the weakest.
LISTED = 0
DISJOINT = 2
JOINT = 3
NEGATED = 4
COMPARING = 5
CONCATENATED = 6
SUMMED = 7
MULTIPLIED = 8
SIGNED = 9
ATOMIC = 20

comma_op = _operator("comma_op", ", ", LISTED)
or_ = _operator("or_", " OR ", DISJOINT, boolean=True, associative=True)
and_ = _operator("and_", " AND ", JOINT, boolean=True, associative=True)
inv = _operator("inv", "NOT ", NEGATED, boolean=True)

eq = _comparison("eq", " = ")
ne = _comparison("ne", " != ")
lt = _comparison("lt", " < ")
le = _comparison("le", " <= ")
gt = _comparison("gt", " > ")
ge = _comparison("ge", " >= ")
is_ = _comparison("is_", " IS ")
is_not = _comparison("is_not", " IS NOT ")
is_distinct_from = _comparison("is_distinct_from", " IS DISTINCT FROM ")
is_not_distinct_from = _comparison("is_not_distinct_from", " IS NOT DISTINCT FROM ")
in_op = _comparison("in_op", " IN ")
not_in_op = _comparison("not_in_op", " NOT IN ")
like_op = _comparison("like_op", " LIKE ")
not_like_op = _comparison("not_like_op", " NOT LIKE ")
between_op = _comparison("between_op", " BETWEEN ")
not_between_op = _comparison("not_between_op", " NOT BETWEEN ")

add = _operator("add", " + ", SUMMED, associative=True)
sub = _operator("sub", " - ", SUMMED)
mul = _operator("mul", " * ", MULTIPLIED, associative=True)
truediv = _operator("truediv", " / ", MULTIPLIED)
floordiv = _operator("floordiv", " / ", MULTIPLIED)
mod = _operator("mod", " % ", MULTIPLIED)
neg = _operator("neg", "-", SIGNED)
concat_op = _operator("concat_op", " || ", CONCATENATED, associative=True)

asc_op = _operator("asc_op", " ASC", LISTED)
desc_op = _operator("desc_op", " DESC", LISTED)
nulls_first_op = _operator("nulls_first_op", " NULLS FIRST", LISTED)
nulls_last_op = _operator("nulls_last_op", " NULLS LAST", LISTED)

for _one, _other in (
    (eq, ne),
    (lt, ge),
    (gt, le),
    (is_, is_not),
    (is_distinct_from, is_not_distinct_from),
    (in_op, not_in_op),
    (like_op, not_like_op),
    (between_op, not_between_op),
):
    _opposites(_one, _other)
