"""Values that a column gets when none is given: from Python, from SQL, from the server."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType, MethodType
from typing import Any, ClassVar

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.node import Node
from toolkit_core.expression.text import TextClause
from toolkit_core.newer_typing import Self
from toolkit_core.schema.item import SchemaItem


class FetchedValue(SchemaItem):
    """A value that the server makes by itself, with a trigger for instance."""

    visit_name = "fetched_value"

    is_server_default: ClassVar[bool] = True
    is_sequence: ClassVar[bool] = False
    is_identity: ClassVar[bool] = False
    reflected = False
    has_argument = False
    is_clause_element = False
    for_update = False
    column: Any = None

    def __init__(self, for_update: bool = False) -> None:
        if for_update:
            self.for_update = True

    def _set_parent(self, parent: Any) -> None:
        self.column = parent
        if self.for_update:
            parent.server_onupdate = self
        else:
            parent.server_default = self

    def _clone(self, for_update: bool) -> FetchedValue:
        if for_update == self.for_update:
            return self
        copy = type(self).__new__(type(self))
        copy.__dict__.update(self.__getstate__())
        copy.for_update = for_update
        return copy

    def __repr__(self) -> str:
        return f"{type(self).__name__}(for_update={self.for_update})"


class DefaultClause(FetchedValue):
    """The DEFAULT of a column, in DDL: a string is written as one, ``text()`` as it is.

    >>> DefaultClause("x").arg
    'x'
    """

    has_argument = True

    def __init__(self, arg: Any, for_update: bool = False, _reflected: bool = False) -> None:
        if not isinstance(arg, (str, TextClause, Node)) and not hasattr(arg, "__clause_element__"):
            raise ArgumentError(
                f"Argument 'arg' is expected to be one of type {str!r} or {Node!r} or "
                f"{TextClause!r}, got {type(arg)!r}",
                hint=f"server_default is SQL: {str(arg)!r}, or text({str(arg)!r})",
            )
        super().__init__(for_update)
        if hasattr(arg, "__clause_element__"):
            arg = arg.__clause_element__()
        self.arg = arg
        if not isinstance(arg, str):
            self.is_clause_element = True
        if _reflected:
            self.reflected = True

    def __repr__(self) -> str:
        return f"DefaultClause({self.arg!r}, for_update={self.for_update})"


class DefaultGenerator(SchemaItem):
    """The base of what makes a value before a row is inserted or updated."""

    visit_name = "default_generator"

    is_sequence: ClassVar[bool] = False
    is_identity: ClassVar[bool] = False
    is_server_default: ClassVar[bool] = False
    is_clause_element: ClassVar[bool] = False
    is_callable: ClassVar[bool] = False
    is_scalar: ClassVar[bool] = False
    is_sentinel: ClassVar[bool] = False
    has_arg: ClassVar[bool] = False
    for_update = False
    column: Any = None

    def __init__(self, for_update: bool = False) -> None:
        if for_update:
            self.for_update = True

    def _set_parent(self, parent: Any) -> None:
        self.column = parent
        if self.for_update:
            parent.onupdate = self
        else:
            parent.default = self

    def _copy(self) -> DefaultGenerator:
        copy = type(self).__new__(type(self))
        copy.__dict__.update(self.__getstate__())
        copy.__dict__.pop("column", None)
        return copy


class ColumnDefault(DefaultGenerator):
    """A default value: a plain one, a function, or SQL.

    >>> ColumnDefault(5), ColumnDefault(list).is_callable
    (ScalarElementColumnDefault(5), True)
    """

    visit_name = "column_default"
    has_arg = True

    def __new__(cls, arg: Any = None, for_update: bool = False) -> Self:
        """Make a default of the kind that the argument asks for."""
        if cls is not ColumnDefault:
            return super().__new__(cls)
        if isinstance(arg, FetchedValue):
            raise ArgumentError(
                "ColumnDefault may not be a server-side default type.",
                hint="pass it as server_default",
            )
        made: Any = object.__new__(_kind_of(arg))
        return made  # type: ignore[no-any-return]

    def __init__(self, arg: Any = None, for_update: bool = False) -> None:
        super().__init__(for_update)
        self.arg: Any = arg

    def __reduce__(self) -> Any:
        return _blank, (type(self),), dict(self.__getstate__())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.arg!r})"


class ScalarElementColumnDefault(ColumnDefault):
    """A plain Python value."""

    is_scalar = True
    __init__ = ColumnDefault.__init__


class ColumnElementColumnDefault(ColumnDefault):
    """SQL that stands in the statement."""

    is_clause_element = True

    def __init__(self, arg: Any = None, for_update: bool = False) -> None:
        super().__init__(arg, for_update)
        if hasattr(arg, "__clause_element__"):
            self.arg = arg.__clause_element__()


class CallableColumnDefault(ColumnDefault):
    """A function that is called for each row; ``arg`` takes the context in any case.

    ``plain`` is the function itself if it takes nothing.
    """

    is_callable = True
    plain: Callable[[], Any] | None = None

    def __init__(self, arg: Any = None, for_update: bool = False) -> None:
        super().__init__(arg, for_update)
        if not takes_context(arg):
            self.plain = arg
            self.arg = WithoutContext(arg)


class WithoutContext:
    """Calls a function that takes nothing as if it took a context."""

    __slots__ = ("__wrapped__",)

    def __init__(self, function: Callable[[], Any]) -> None:
        self.__wrapped__ = function

    def __call__(self, context: Any = None) -> Any:
        """Call the function."""
        return self.__wrapped__()

    def __repr__(self) -> str:
        return repr(self.__wrapped__)


class SentinelDefault(DefaultGenerator):
    """The default of a column that only puts rows in order."""

    visit_name = "sentinel_default"
    is_sentinel = True
    __init__ = DefaultGenerator.__init__

    def _set_parent(self, parent: Any) -> None:
        parent._insert_sentinel = True
        super()._set_parent(parent)


def _blank(cls: type[ColumnDefault]) -> ColumnDefault:
    return object.__new__(cls)


def _kind_of(arg: Any) -> type[ColumnDefault]:
    if isinstance(arg, (Node, TextClause)) or hasattr(arg, "__clause_element__"):
        return ColumnElementColumnDefault
    return CallableColumnDefault if callable(arg) else ScalarElementColumnDefault


def takes_context(function: Any) -> bool:
    """Tell whether a default's function wants the context of execution.

    >>> takes_context(dict), takes_context(lambda: 1), takes_context(lambda context: 1)
    (False, False, True)
    """
    bound = 0
    if isinstance(function, type):
        function, bound = vars(function).get("__init__"), 1
    elif not isinstance(function, (FunctionType, MethodType)):
        function, bound = vars(type(function)).get("__call__"), 1
    if isinstance(function, MethodType):
        function, bound = function.__func__, 1
    code = getattr(function, "__code__", None)
    if code is None:
        # Written in C: what such a function takes cannot be seen.
        return False
    required = code.co_argcount - bound - len(function.__defaults__ or ())
    if required > 1:
        raise ArgumentError(
            "ColumnDefault Python function takes zero or one positional arguments",
            hint="the one is the context of execution",
        )
    return bool(required == 1)
