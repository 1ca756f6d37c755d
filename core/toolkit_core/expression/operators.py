"""The operators: what each is called, how strongly it binds, what its negation is.

An operator is also a function: ``operators.eq(a, b)`` is ``a == b``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar

from toolkit_core.errors import ArgumentError

Build = Callable[..., Any]


class Operator:
    """One operator of SQL, written between its operands, or before or after its only one.

    The strength orders operators: an operand that binds less strongly than the operator around
    it is put in parentheses.  ``build`` makes the expression; the file that has the classes of
    its expressions sets it.
    """

    __slots__ = (
        "__name__",
        "_negation",
        "after",
        "associative",
        "boolean",
        "build",
        "reversal",
        "strength",
        "text",
    )

    def __init__(
        self,
        name: str,
        text: str,
        strength: int,
        *,
        boolean: bool = False,
        associative: bool = False,
        after: bool = False,
    ) -> None:
        self.__name__ = name
        self.text = text
        self.strength = strength
        # Whether the result is true or false.
        self.boolean = boolean
        # Whether a op (b op c) may be written without parentheses.
        self.associative = associative
        # Whether it stands after its only operand.
        self.after = after
        self._negation: Operator | None = None
        # The operator that says the same with its operands exchanged.
        self.reversal: Operator | None = None
        self.build: Build = _unbuilt

    @property
    def negation(self) -> Operator | None:
        """The operator that is true where this one is false."""
        return self._negation

    @property
    def precedence(self) -> int:
        """How strongly it binds, as ``op(precedence=)`` counts."""
        return self.strength

    @property
    def is_comparison(self) -> bool:
        """Whether the result is true or false."""
        return self.boolean

    def __call__(self, left: Any, *others: Any, **options: Any) -> Any:
        """Apply the operator to expressions."""
        operate = getattr(left, "operate", None)
        if operate is not None:
            return operate(self, *others, **options)
        return others[0].reverse_operate(self, left, **options)

    def __repr__(self) -> str:
        return f"<operator {self.__name__}>"

    def __reduce__(self) -> Any:
        return _by_name, (self.__name__,)


def _unbuilt(left: Any, operator: Operator, *others: Any, **options: Any) -> Any:
    raise NotImplementedError(f"Operator {operator.__name__!r} is not supported on this expression")


class custom_op(Operator):  # noqa: N801 - a documented name
    """An operator that the user names.

    Two of the same text and strength are one: statements that use it are found in the cache.

    >>> custom_op("->>") == custom_op("->>"), custom_op("->>") == custom_op("->")
    (True, False)
    """

    __slots__ = ("eager_grouping", "natural_self_precedent", "opstring", "python_impl", "type")

    # What builds the expressions of all of them.
    builder: ClassVar[Build]

    def __init__(
        self,
        opstring: str,
        precedence: int = 0,
        is_comparison: bool = False,
        return_type: Any = None,
        natural_self_precedent: bool = False,
        eager_grouping: bool = False,
        python_impl: Build | None = None,
        visit_name: str | None = None,
    ) -> None:
        if not isinstance(opstring, str):
            raise ArgumentError(
                f"op() takes the operator as text, not {type(opstring).__name__}",
                hint='for example .op("->>")("name")',
            )
        super().__init__(
            visit_name or opstring,
            f" {opstring} ",
            precedence,
            boolean=is_comparison,
            associative=natural_self_precedent,
        )
        self.build = type(self).builder
        self.opstring = opstring
        self.type = return_type() if isinstance(return_type, type) else return_type
        self.natural_self_precedent = natural_self_precedent
        self.eager_grouping = eager_grouping
        self.python_impl = python_impl

    def identity(self) -> tuple[Any, ...]:
        """Return what makes it this operator and no other."""
        type_ = None if self.type is None else self.type.static_key()
        return (
            self.opstring,
            self.strength,
            self.boolean,
            self.associative,
            self.eager_grouping,
            type_,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, custom_op) and self.identity() == other.identity()

    def __hash__(self) -> int:
        return hash(self.identity())

    def __reduce__(self) -> Any:
        return (
            custom_op,
            (
                self.opstring,
                self.strength,
                self.boolean,
                self.type,
                self.natural_self_precedent,
                self.eager_grouping,
                self.python_impl,
            ),
        )


def alone(operator: Operator, *, after: bool) -> Operator:
    """Return an operator as it stands beside its only operand: one of the user's has no spaces."""
    if not isinstance(operator, custom_op):
        return operator
    return _alone(operator, after=after)


@lru_cache(maxsize=256)
def _alone(operator: custom_op, *, after: bool) -> Operator:
    # Kept, since statements with the same operator have the same key.
    text = f" {operator.opstring}" if after else f"{operator.opstring} "
    return Operator(
        operator.opstring, text, operator.strength, boolean=operator.boolean, after=after
    )


OPERATORS: dict[str, Operator] = {}


def _by_name(name: str) -> Operator:
    return OPERATORS[name]


def operator_of(found: Any) -> Operator:
    """Return an operator, also for a function of Python's ``operator`` module.

    >>> import operator
    >>> operator_of(operator.add) is add
    True
    """
    if isinstance(found, Operator):
        return found
    known = OPERATORS.get(getattr(found, "__name__", ""))
    if known is None:
        raise NotImplementedError(f"Operator {found!r} is not supported on this expression")
    return known


def is_comparison(operator: Operator) -> bool:
    """Tell whether an operator's result is true or false."""
    return operator.boolean


def is_commutative(operator: Operator) -> bool:
    """Tell whether the operands may change places."""
    return operator in (eq, ne, add, mul)


def is_associative(operator: Operator) -> bool:
    """Tell whether a row of the same operator needs no parentheses."""
    return operator.associative


def is_precedent(operator: Operator, against: Operator | None) -> bool:
    """Tell whether an operand needs parentheses inside another operator."""
    if against is None or (operator is against and operator.associative):
        return False
    return operator.strength <= against.strength


def is_ordering_modifier(operator: Operator) -> bool:
    """Tell whether an operator belongs to an ORDER BY."""
    return operator in (asc_op, desc_op, nulls_first_op, nulls_last_op)


def mirror(operator: Operator) -> Operator:
    """Return the operator that says the same with its operands exchanged.

    >>> mirror(lt)
    <operator gt>
    """
    return operator.reversal or operator


def _operator(name: str, text: str, strength: int, **options: bool) -> Operator:
    made = OPERATORS[name] = Operator(name, text, strength, **options)
    return made


def _comparison(name: str, text: str) -> Operator:
    return _operator(name, text, COMPARING, boolean=True)


def _opposites(one: Operator, other: Operator) -> None:
    one._negation, other._negation = other, one


# How strongly things bind, from the weakest; ``op(precedence=)`` counts the same, from 0.
ALWAYS_GROUPED = -1000
LISTED = -1
CUSTOM = 0
DISJOINT = 2
JOINT = 3
ORDERED = 3
COLLATED = 4
COMPARING = 5
CONCATENATED = 5
SUMMED = 7
MULTIPLIED = 8
SIGNED = 8
# As an operator around: whatever has an operator is put in parentheses.
EVERYTHING = 1000
ATOMIC = 2000

comma_op = _operator("comma_op", ", ", LISTED)
or_ = _operator("or_", " OR ", DISJOINT, boolean=True, associative=True)
and_ = _operator("and_", " AND ", JOINT, boolean=True, associative=True)
inv = _operator("inv", "NOT ", COMPARING, boolean=True)
is_true = _operator("is_true", "", COMPARING, boolean=True)
is_false = _operator("is_false", "NOT ", COMPARING, boolean=True)
exists = _operator("exists", "EXISTS ", ALWAYS_GROUPED, boolean=True)

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
not_in_op = _operator("not_in_op", " NOT IN ", ATOMIC, boolean=True)
like_op = _comparison("like_op", " LIKE ")
not_like_op = _comparison("not_like_op", " NOT LIKE ")
ilike_op = _comparison("ilike_op", " ILIKE ")
not_ilike_op = _comparison("not_ilike_op", " NOT ILIKE ")
between_op = _comparison("between_op", " BETWEEN ")
not_between_op = _comparison("not_between_op", " NOT BETWEEN ")
match_op = _comparison("match_op", " MATCH ")
not_match_op = _comparison("not_match_op", " NOT MATCH ")
regexp_match_op = _comparison("regexp_match_op", " <regexp> ")
not_regexp_match_op = _comparison("not_regexp_match_op", " <not regexp> ")
regexp_replace_op = _operator("regexp_replace_op", "<regexp replace>", COMPARING)


def _search(name: str) -> Operator:
    # Written with || inside, which binds as LIKE does: safest in parentheses, always.
    return _operator(name, " LIKE ", ALWAYS_GROUPED, boolean=True)


startswith_op = _search("startswith_op")
not_startswith_op = _search("not_startswith_op")
endswith_op = _search("endswith_op")
not_endswith_op = _search("not_endswith_op")
contains_op = _search("contains_op")
not_contains_op = _search("not_contains_op")
istartswith_op = _search("istartswith_op")
not_istartswith_op = _search("not_istartswith_op")
iendswith_op = _search("iendswith_op")
not_iendswith_op = _search("not_iendswith_op")
icontains_op = _search("icontains_op")
not_icontains_op = _search("not_icontains_op")

add = _operator("add", " + ", SUMMED, associative=True)
sub = _operator("sub", " - ", SUMMED)
mul = _operator("mul", " * ", MULTIPLIED, associative=True)
truediv = _operator("truediv", " / ", MULTIPLIED)
floordiv = _operator("floordiv", " / ", MULTIPLIED)
mod = _operator("mod", " % ", MULTIPLIED)
pow_ = _operator("pow_", " ^ ", MULTIPLIED)
matmul = _operator("matmul", " @ ", MULTIPLIED)
neg = _operator("neg", "-", SIGNED)
concat_op = _operator("concat_op", " || ", CONCATENATED, associative=True)
lshift = _operator("lshift", " << ", MULTIPLIED)
rshift = _operator("rshift", " >> ", MULTIPLIED)
contains = _operator("contains", " CONTAINS ", COMPARING, boolean=True)
getitem = _operator("getitem", "[]", 15)
json_getitem_op = _operator("json_getitem_op", " -> ", 15)
json_path_getitem_op = _operator("json_path_getitem_op", " #> ", 15)
bitwise_and_op = _operator("bitwise_and_op", " & ", SUMMED)
bitwise_or_op = _operator("bitwise_or_op", " | ", SUMMED)
bitwise_xor_op = _operator("bitwise_xor_op", " ^ ", SUMMED)
bitwise_lshift_op = _operator("bitwise_lshift_op", " << ", SUMMED)
bitwise_rshift_op = _operator("bitwise_rshift_op", " >> ", SUMMED)
bitwise_not_op = _operator("bitwise_not_op", "~", SIGNED)

collate = _operator("collate", " COLLATE ", COLLATED)
distinct_op = _operator("distinct_op", "DISTINCT ", COMPARING)
any_op = _operator("any_op", "ANY ", ATOMIC)
all_op = _operator("all_op", "ALL ", ATOMIC)
asc_op = _operator("asc_op", " ASC", ORDERED, after=True)
desc_op = _operator("desc_op", " DESC", ORDERED, after=True)
nulls_first_op = _operator("nulls_first_op", " NULLS FIRST", ORDERED, after=True)
nulls_last_op = _operator("nulls_last_op", " NULLS LAST", ORDERED, after=True)
filter_op = _operator("filter_op", " FILTER ", COMPARING)
function_as_comparison_op = _operator("function_as_comparison_op", "", ATOMIC, boolean=True)

for _one, _other in (
    (eq, ne),
    (lt, ge),
    (gt, le),
    (is_, is_not),
    (is_distinct_from, is_not_distinct_from),
    (in_op, not_in_op),
    (like_op, not_like_op),
    (ilike_op, not_ilike_op),
    (between_op, not_between_op),
    (match_op, not_match_op),
    (regexp_match_op, not_regexp_match_op),
    (startswith_op, not_startswith_op),
    (endswith_op, not_endswith_op),
    (contains_op, not_contains_op),
    (istartswith_op, not_istartswith_op),
    (iendswith_op, not_iendswith_op),
    (icontains_op, not_icontains_op),
    (is_true, is_false),
):
    _opposites(_one, _other)

for _one, _other in ((eq, eq), (ne, ne), (lt, gt), (gt, lt), (le, ge), (ge, le)):
    _one.reversal = _other

# As Python's own module has it.
OPERATORS["pow"] = pow_
from_ = _operator("from_", " FROM ", LISTED)
as_ = _operator("as_", " AS ", LISTED)

# The names before 1.4.
isnot = is_not
isnot_distinct_from = is_not_distinct_from
notin_op = not_in_op
notlike_op = not_like_op
notilike_op = not_ilike_op
notbetween_op = not_between_op
notmatch_op = not_match_op
nullsfirst_op = nulls_first_op
nullslast_op = nulls_last_op
notstartswith_op = not_startswith_op
notendswith_op = not_endswith_op
notcontains_op = not_contains_op
