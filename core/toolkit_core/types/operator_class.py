"""Which operators belong to which kind of types."""

from __future__ import annotations

from enum import Flag

from toolkit_core.errors import SADeprecationWarning, warn


class OperatorClass(Flag):
    """Kinds of operators; a type says by ``operator_classes`` which it has."""

    UNSPECIFIED = 1
    BASE = 2
    BOOLEAN_ALGEBRA = 4
    EQUALITY = 8
    ORDERING = 16
    INDEXABLE = 32
    CONTAINS = 64
    CONCATENABLE = 128
    STRING_MATCH = 256
    MATH = 512
    BITWISE = 1024
    DATE_ARITHEMETIC = 2048
    JSON_GETITEM = 4096

    COMPARISON = EQUALITY | ORDERING
    STRING = BASE | COMPARISON | INDEXABLE | CONTAINS | CONCATENABLE | STRING_MATCH
    INTEGER = BASE | COMPARISON | MATH | BITWISE
    NUMERIC = INTEGER
    BOOLEAN = BASE | BOOLEAN_ALGEBRA | COMPARISON
    BINARY = BASE | COMPARISON | INDEXABLE | CONTAINS | CONCATENABLE
    ARRAY = BINARY
    TUPLE = BINARY
    DATETIME = BASE | COMPARISON | DATE_ARITHEMETIC
    JSON = BASE | EQUALITY | INDEXABLE | JSON_GETITEM
    ANY = 8190


_BASE = OperatorClass.BASE
_MEMBERS = {
    OperatorClass.MATH: "mul truediv floordiv mod neg pow_",
    OperatorClass.BOOLEAN_ALGEBRA: "and_ or_ is_true is_false",
    OperatorClass.EQUALITY: "eq ne in_op not_in_op distinct_op any_op all_op",
    OperatorClass.ORDERING: "lt le gt ge between_op not_between_op asc_op desc_op "
    "nulls_first_op nulls_last_op",
    OperatorClass.CONTAINS: "contains_op not_contains_op icontains_op not_icontains_op",
    OperatorClass.STRING_MATCH: "startswith_op not_startswith_op istartswith_op "
    "not_istartswith_op endswith_op not_endswith_op iendswith_op not_iendswith_op like_op "
    "not_like_op ilike_op not_ilike_op match_op not_match_op regexp_match_op "
    "not_regexp_match_op regexp_replace_op collate",
    OperatorClass.BITWISE: "bitwise_and_op bitwise_or_op bitwise_xor_op bitwise_not_op "
    "bitwise_lshift_op bitwise_rshift_op",
    OperatorClass.INDEXABLE: "getitem",
    OperatorClass.JSON_GETITEM: "json_getitem_op json_path_getitem_op",
    # What several kinds of types have, each with a meaning of its own.
    OperatorClass.CONCATENABLE | OperatorClass.BITWISE: "concat_op",
    OperatorClass.MATH | OperatorClass.DATE_ARITHEMETIC: "sub",
    OperatorClass.BOOLEAN_ALGEBRA | OperatorClass.BITWISE: "inv",
    OperatorClass.CONCATENABLE
    | OperatorClass.MATH
    | OperatorClass.BITWISE
    | OperatorClass.DATE_ARITHEMETIC: "add",
}
_CLASS_OF = {name: kind for kind, names in _MEMBERS.items() for name in names.split()}


def allows(offered: OperatorClass, operator: str) -> bool:
    """Tell whether a type that offers these classes has an operator.

    >>> allows(OperatorClass.BOOLEAN, "and_"), allows(OperatorClass.BOOLEAN, "add")
    (True, False)
    """
    return offered is OperatorClass.ANY or bool(_CLASS_OF.get(operator, _BASE) & offered)


def check_operator(type_: object, offered: OperatorClass, operator: str) -> None:
    """Warn of an operator that makes no sense for a type."""
    if not allows(offered, operator):
        warn(
            f"Type object {type(type_)} does not include operator {operator!r} in its operator "
            "classes.  Using built-in operators (not including custom or overridden operators) "
            "outside of a type's stated operator classes is deprecated and will raise "
            "InvalidRequestError in a future release",
            SADeprecationWarning,
        )
