"""JSON and JSONB, which the drivers read by themselves.

https://www.postgresql.org/docs/current/functions-json.html
"""

from __future__ import annotations

import re
from typing import Any

from toolkit_core.dialect.expressions import (
    BindParameter,
    ColumnElement,
    JSONComparator,
    cast,
    custom_op,
    expression,
    operators,
)
from toolkit_core.dialect.types import (
    JSON as STANDARD_JSON,
)
from toolkit_core.dialect.types import (
    JSON_NULL,
    OperatorClass,
    Processor,
    Text,
    TypeDialect,
    TypeEngine,
    Writes,
    serializer,
    text_literal,
)
from toolkit_postgresql.types.array import ARRAY
from toolkit_postgresql.types.array_expression import array
from toolkit_postgresql.types.literals import typed
from toolkit_postgresql.types.operators import comparing
from toolkit_postgresql.types.table import postgresql_types

CONTAINS = comparing("@>")
CONTAINED_BY = comparing("<@")
HAS_KEY = comparing("?")
HAS_ANY = comparing("?|")
HAS_ALL = comparing("?&")
PATH_EXISTS = comparing("@?")
PATH_MATCH = comparing("@@")


class Comparator(JSONComparator):
    """The operators of JSON."""

    @property
    def astext(self) -> Any:
        """Take what was found for text, as ``->>`` gives it.

        >>> from toolkit_core.dialect.expressions import func
        >>> func.f(type_=JSON)["a"].astext.type
        Text()
        """
        expr = self.expr
        if getattr(expr, "operator", None) not in (
            operators.json_getitem_op,
            operators.json_path_getitem_op,
        ):
            raise AttributeError("astext is of what was found in JSON: col['key'].astext")
        kind = getattr(expr.type, "astext_type", TEXT)
        return expr.but(type=kind, modifiers=(("astext", kind.static_key()),))


class JSONBComparator(Comparator):
    """The operators of JSONB."""

    def has_key(self, other: Any) -> ColumnElement[bool]:
        """Whether a key is there."""
        return self._applied(HAS_KEY, other)

    def has_all(self, other: Any) -> ColumnElement[bool]:
        """Whether all of some keys are there."""
        return self._applied(HAS_ALL, _keys(other))

    def has_any(self, other: Any) -> ColumnElement[bool]:
        """Whether one of some keys is there."""
        return self._applied(HAS_ANY, _keys(other))

    def contains(self, other: Any, **kwargs: Any) -> ColumnElement[bool]:
        """Whether all of another document is in this one."""
        return self._applied(CONTAINS, self._document(other))

    def contained_by(self, other: Any) -> ColumnElement[bool]:
        """Whether all of this document is in another one."""
        return self._applied(CONTAINED_BY, self._document(other))

    def __sub__(self, other: Any) -> ColumnElement[Any]:
        """Leave out a key or a position."""
        return WITHOUT.build(self.expr, WITHOUT, other)  # type: ignore[no-any-return]

    def delete_path(self, array: Any) -> ColumnElement[Any]:
        """Leave out what a path leads to: an ``array()`` of keys and positions, or a list."""
        return DELETE_PATH.build(self.expr, DELETE_PATH, cast(_array(array), ARRAY(TEXT)))  # type: ignore[no-any-return]

    def path_exists(self, other: Any) -> ColumnElement[bool]:
        """Whether a JSONPath finds something."""
        return self._applied(PATH_EXISTS, expression(other, JSONPATH(), self._hint))

    def path_match(self, other: Any) -> ColumnElement[bool]:
        """Whether what a JSONPath asks is true."""
        return self._applied(PATH_MATCH, expression(other, JSONPATH(), self._hint))

    @property
    def _hint(self) -> str | None:
        found: str | None = self.expr.names_parameter
        return found

    def _document(self, found: Any) -> ColumnElement[Any]:
        return expression(found, self.expr.type, self._hint)

    def _applied(self, operator: custom_op, other: Any) -> ColumnElement[bool]:
        return operator.build(self.expr, operator, other)  # type: ignore[no-any-return]


def _array(found: Any) -> Any:
    return array(found) if isinstance(found, (list, tuple)) else found


def _keys(found: Any) -> Any:
    """Return keys as an array of text, which is what PostgreSQL asks for."""
    if not isinstance(found, (list, tuple)):
        return found
    made: BindParameter[Any] = BindParameter(type=ARRAY(TEXT))
    made.value = list(found)
    return made


class JSON(STANDARD_JSON[Any]):
    """PostgreSQL's ``JSON``: ``astext_type`` is the type of ``column["key"].astext``."""

    Comparator: Any = Comparator

    def __init__(
        self, none_as_null: bool = False, astext_type: TypeEngine[str] | None = None
    ) -> None:
        super().__init__(none_as_null)
        if astext_type is not None:
            self.astext_type = astext_type

    astext_type: TypeEngine[str] = Text()


class JSONB(JSON):
    """PostgreSQL's ``JSONB``: JSON that can be indexed, and asked for what is in it."""

    visit_name = "JSONB"
    operator_classes = OperatorClass.JSON | OperatorClass.CONTAINS | OperatorClass.CONCATENABLE

    Comparator: Any = JSONBComparator
    comparator_factory: Any = JSONBComparator


class JSONPATH(STANDARD_JSON.JSONPathType):
    """PostgreSQL's ``JSONPATH``: a query as text."""

    visit_name = "JSONPATH"


TEXT = Text()
DELETE_PATH = custom_op("#-", precedence=5, return_type=JSONB())
WITHOUT = custom_op("-", precedence=operators.sub.strength, return_type=JSONB())


@postgresql_types.result(STANDARD_JSON)
def read_json(type_: Any, dialect: TypeDialect, coltype: Any) -> None:
    """Do nothing: the drivers read it."""


@postgresql_types.literal(STANDARD_JSON)
def write_json(type_: Any, dialect: TypeDialect) -> Writes:
    """Write the text."""
    dump = serializer(dialect)
    kind = "JSONB" if isinstance(type_, JSONB) else "JSON"
    return typed(kind, dialect, lambda value: dump(None if value is JSON_NULL else value))


# -- what stands in brackets --------------------------------------------------------------


@postgresql_types.bind(STANDARD_JSON.JSONIndexType)
def bind_index(type_: Any, dialect: TypeDialect) -> None:
    """Send a key or a position as it is."""


@postgresql_types.literal(STANDARD_JSON.JSONIndexType)
def write_index(type_: Any, dialect: TypeDialect) -> Writes:
    """Write a key or a position."""
    write = text_literal(dialect)
    return lambda value: str(int(value)) if isinstance(value, int) else write(value)


@postgresql_types.bind(STANDARD_JSON.JSONPathType)
def bind_path(type_: Any, dialect: TypeDialect) -> Processor:
    """Send an array of keys and positions."""
    return path_of


@postgresql_types.literal(STANDARD_JSON.JSONPathType)
def write_path(type_: Any, dialect: TypeDialect) -> Writes:
    """Write an array of keys and positions."""
    write = text_literal(dialect)
    return lambda value: write(path_of(value))


@postgresql_types.bind(JSONPATH)
def bind_json_path(type_: JSONPATH, dialect: TypeDialect) -> None:
    """Send the text of a query as it is."""


@postgresql_types.literal(JSONPATH)
def write_json_path(type_: JSONPATH, dialect: TypeDialect) -> Writes:
    """Write the text of a query."""
    return typed("JSONPATH", dialect)


_PLAIN = re.compile(r"\w+")


def path_of(steps: Any) -> str:
    r"""Return keys and positions as the text of an array.

    >>> print(path_of(("a", 1, 'q"', "null")))
    {a, 1, "q\"", "null"}
    """
    return "{" + ", ".join(map(_step, steps)) + "}"


def _step(step: Any) -> str:
    text = str(step)
    if _PLAIN.fullmatch(text) and text.lower() != "null":
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
