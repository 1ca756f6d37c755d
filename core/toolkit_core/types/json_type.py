"""JSON."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, ClassVar, Final

from toolkit_core.newer_typing import TypeVar
from toolkit_core.types.operator_class import OperatorClass
from toolkit_core.types.shapes import Indexable
from toolkit_core.types.string import text_literal
from toolkit_core.types.table import Processor, TypeDialect, Writes, generic
from toolkit_core.types.type_engine import Later, TypeEngine

J_co = TypeVar("J_co", default=Any, covariant=True)


class JSONNull:
    """JSON's own ``null``, which is a value, where SQL's NULL is none."""

    def __repr__(self) -> str:
        return "JSON.NULL"

    def __reduce__(self) -> str:
        return "JSON_NULL"


JSON_NULL: Final = JSONNull()


class JSON(Indexable, TypeEngine[J_co]):
    """Lists, dictionaries and what is in them, stored as JSON.

    None is JSON's ``null`` unless ``none_as_null``; ``JSON.NULL`` always is, and ``null()`` is
    always SQL's NULL.
    """

    visit_name = "json"
    operator_classes = OperatorClass.JSON
    hashable = False

    Comparator: Any = Later("toolkit_core.expression.comparator:JSONComparator")
    NULL: ClassVar[JSONNull] = JSON_NULL

    none_as_null: bool = False

    def __init__(self, none_as_null: bool = False) -> None:
        if none_as_null:
            self.none_as_null = none_as_null

    class JSONElementType(TypeEngine[Any]):
        """What stands in brackets after a JSON expression."""

    class JSONIndexType(JSONElementType):
        """One step: a key or a position."""

        visit_name = "json_index"

    class JSONIntIndexType(JSONIndexType):
        """A position."""

        visit_name = "json_int_index"

    class JSONStrIndexType(JSONIndexType):
        """A key."""

        visit_name = "json_str_index"

    class JSONPathType(JSONElementType):
        """A tuple of keys and positions."""

        visit_name = "json_path"

    @property
    def should_evaluate_none(self) -> bool:  # type: ignore[override]
        """Whether None is JSON's null."""
        return not self.none_as_null

    def evaluates_none(self) -> JSON[J_co]:
        """Return a type for which None is JSON's null."""
        return self._changed(none_as_null=False)


JSON.family = JSON


def serializer(dialect: TypeDialect) -> Callable[[Any], str]:
    """Return what the engine was given as ``json_serializer``, or Python's own."""
    found: Callable[[Any], str] | None = getattr(dialect, "json_serializer", None)
    return found or import_module("json").dumps


def deserializer(dialect: TypeDialect) -> Callable[[Any], Any]:
    """Return what the engine was given as ``json_deserializer``, or Python's own."""
    found: Callable[[Any], Any] | None = getattr(dialect, "json_deserializer", None)
    return found or import_module("json").loads


@generic.bind(JSON)
def bind_json(type_: JSON[Any], dialect: TypeDialect) -> Processor:
    """Store the text."""
    dump, none_as_null = serializer(dialect), type_.none_as_null

    def convert(value: Any) -> Any:
        if (value is None and none_as_null) or getattr(value, "is_sql_null", False):
            return None
        return dump(None if value is JSON_NULL else value)

    return convert


@generic.result(JSON)
def read_json(type_: JSON[Any], dialect: TypeDialect, coltype: Any) -> Processor:
    """Read the text."""
    load = deserializer(dialect)
    return lambda value: None if value is None else load(value)


@generic.literal(JSON)
def write_json(type_: JSON[Any], dialect: TypeDialect) -> Writes:
    """Write the text."""
    dump, write = serializer(dialect), text_literal(dialect)
    return lambda value: write(dump(None if value is JSON_NULL else value))


def path_text(steps: Any) -> str:
    """Return keys and positions as a path of SQL/JSON.

    >>> path_text(("a", 1))
    '$."a"[1]'
    """
    return "$" + "".join(map(_step, steps))


def _step(step: Any) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if not isinstance(step, str):
        raise TypeError(f"a step into JSON is a key or a position, not {step!r}")
    return f'."{step}"'


def one_step(value: Any) -> str:
    """Return a key or position as a path of one step."""
    return path_text((value,))


@generic.bind(JSON.JSONIndexType)
def bind_index(type_: TypeEngine[Any], dialect: TypeDialect) -> Processor:
    """Make a path of one step."""
    return one_step


@generic.bind(JSON.JSONPathType)
def bind_path(type_: TypeEngine[Any], dialect: TypeDialect) -> Processor:
    """Make a path."""
    return path_text


@generic.literal(JSON.JSONIndexType)
def write_index(type_: TypeEngine[Any], dialect: TypeDialect) -> Writes:
    """Write a path of one step."""
    write = text_literal(dialect)
    return lambda value: write(one_step(value))


@generic.literal(JSON.JSONPathType)
def write_path(type_: TypeEngine[Any], dialect: TypeDialect) -> Writes:
    """Write a path."""
    write = text_literal(dialect)
    return lambda value: write(path_text(value))
