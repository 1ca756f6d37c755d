"""Functions: ``func.anything(...)``, and classes for those whose type or spelling is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, TypeVar

from toolkit_core.errors import warn
from toolkit_core.expression.coerce import expression
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.elements import ClauseList, ColumnElement
from toolkit_core.expression.function_source import FunctionSource
from toolkit_core.expression.known_functions import KnownFunctions
from toolkit_core.expression.node import Node, child, children, declared, derived, value
from toolkit_core.expression.params import as_type
from toolkit_core.expression.windows import (
    AggregateOrderBy,
    Windowed,
    WithinGroup,
    aggregate_order_by,
    within_group,
)
from toolkit_core.facts.quoted_name import quoting_of
from toolkit_core.plugins import load_object
from toolkit_core.types import NULLTYPE, Boolean, TypeEngine

T = TypeVar("T")


@declared
class FunctionElement(FunctionSource, Windowed[T]):
    """A function of SQL and its arguments; the base of users' own classes of functions."""

    visit_name = "function"

    arguments: tuple[ColumnElement[Any], ...] = children(default=())
    # What the type is, where one was given: it tells how results are read.
    type_key: object = value(default=None)
    type: TypeEngine[Any] = derived(default=NULLTYPE)
    packagenames: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *clauses: Any) -> None:
        self.arguments = self._taken(clauses)

    def _taken(self, clauses: tuple[Any, ...]) -> tuple[ColumnElement[Any], ...]:
        for one in clauses:
            if not isinstance(one, ColumnElement):
                break
        else:
            return clauses
        hint = self.names_parameter
        return tuple(
            [
                one if isinstance(one, ColumnElement) else expression(one, None, hint)
                for one in clauses
            ]
        )

    @property
    def names_parameter(self) -> str | None:  # type: ignore[override]
        """Parameters among the arguments, and beside it, are named after it."""
        return self.name

    @property
    def clauses(self) -> ClauseList:
        """The arguments, as one node that writes them with commas between."""
        return ClauseList(self.arguments)

    clause_expr = clauses

    @property
    def columns(self) -> ColumnCollection:
        """The function as the only column of what it returns."""
        return ColumnCollection([(str(self.name), self)])

    c = exported_columns = columns

    def executed_as(self) -> Node:
        """Return what is executed in its place: a SELECT of it."""
        made: Node = self.select()
        return made

    def __iter__(self) -> Iterator[ColumnElement[Any]]:  # type: ignore[override]
        return iter(self.arguments)

    def within_group(self, *order_by: Any) -> WithinGroup[T]:
        """Give the order that an ordered-set aggregate works on."""
        return within_group(self, *order_by)

    def aggregate_order_by(self, *order_by: Any) -> AggregateOrderBy[T]:
        """Give the order in which it takes its rows.

        >>> from toolkit_core.expression.elements import column
        >>> str(func.array_agg(column("x")).aggregate_order_by(column("y").desc()))
        'array_agg(x ORDER BY y DESC)'
        """
        return aggregate_order_by(self, *order_by)

    def as_comparison(self, left_index: int, right_index: int) -> FunctionAsBinary:
        """Tell which two arguments it compares, so that relationships can follow it."""
        return FunctionAsBinary(self, left_index, right_index)


@declared
class FunctionAsBinary(ColumnElement[bool]):
    """A function that compares two of its arguments."""

    visit_name = "function_as_comparison"

    sql_function: FunctionElement[Any] = child()
    left_index: int = value()
    right_index: int = value()
    type: TypeEngine[Any] = derived(default=Boolean())
    is_condition = True

    @property
    def left(self) -> ColumnElement[Any]:
        """The one argument, by its number from 1."""
        return self.sql_function.arguments[self.left_index - 1]

    @property
    def right(self) -> ColumnElement[Any]:
        """The other argument."""
        return self.sql_function.arguments[self.right_index - 1]


@declared
class Function(FunctionElement[T]):
    """A function by its name."""

    name: str = value(default="")
    package: tuple[str, ...] = value(default=())
    # What the name says of its quotes, where it says it.
    quoting: bool | None = value(default=None)

    def __init__(
        self,
        name: str,
        *clauses: Any,
        type_: TypeEngine[T] | type[TypeEngine[T]] | None = None,
        packagenames: Sequence[str] | None = None,
    ) -> None:
        self.name = name
        if name.__class__ is not str and (quoting := quoting_of(name)) is not None:
            self.quoting = quoting
        if packagenames:
            self.package = tuple(packagenames)
        if type_ is not None:
            self.type = as_type(type_)
            self.type_key = self.type.static_key()
        self.arguments = self._taken(clauses)

    @property
    def packagenames(self) -> tuple[str, ...]:  # type: ignore[override]
        """What stands before the name, with dots between."""
        return self.package


# Package → name in lower case → class.
REGISTRY: dict[str, dict[str, type[GenericFunction[Any]]]] = {}
_DEFAULT_PACKAGE = "_default"
# Ours are looked up after the user's of the same name, and loaded when a function is first made.
_OURS = "toolkit_core.expression.generic_functions"


def register_function(
    identifier: str, fn: type[GenericFunction[Any]], package: str = _DEFAULT_PACKAGE
) -> None:
    """Let ``func`` make a class's instances under a name."""
    _MADE_BY.clear()
    registered = REGISTRY.setdefault(package, {})
    name = identifier.lower()
    if name in registered and registered[name] is not fn:
        warn(
            f"The GenericFunction {identifier!r} is already registered and is going to be "
            "overridden."
        )
    registered[name] = fn


@declared
class GenericFunction(FunctionElement[T]):
    """A function whose type is known; a subclass is found by its name.

    >>> from toolkit_core.types import String
    >>> class as_utc(GenericFunction):
    ...     type = String()
    ...     inherit_cache = True
    >>> func.as_utc(5).type, str(func.as_utc(5))
    (String(), 'as_utc(:as_utc_1)')
    """

    inherit_cache = True
    # The class's own name, unless it says another.
    identifier: ClassVar[str]
    package: ClassVar[str] = _DEFAULT_PACKAGE
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    def __init_subclass__(cls, *, register: bool = True) -> None:
        super().__init_subclass__()
        own = cls.__dict__
        if "name" not in own:
            cls.name = own.get("identifier", cls.__name__)
        if "identifier" not in own:
            cls.identifier = cls.name or cls.__name__
        given = own.get("type")
        if isinstance(given, type):
            cls.type = as_type(given)
        if register:
            register_function(
                cls.identifier, cls, _OURS if cls.__module__ == _OURS else cls.package
            )

    def __init__(self, *args: Any, type_: Any = None, **kwargs: Any) -> None:
        if kwargs:
            raise TypeError(f"{self.name}() takes no {', '.join(kwargs)}")
        self.arguments = self._taken(args)
        if type_ is not None:
            self.type = as_type(type_)
            self.type_key = self.type.static_key()
        elif self.__class__.type is NULLTYPE:
            found = self.type_from(self.arguments)
            if found is not NULLTYPE:
                self.type = found

    def type_from(self, arguments: tuple[ColumnElement[Any], ...]) -> TypeEngine[Any]:
        """Return the type of the result where the arguments decide it."""
        return NULLTYPE

    @property
    def packagenames(self) -> tuple[str, ...]:  # type: ignore[override]
        """What stands before the name, with dots between: nothing, a package is only ours."""
        return ()


def _registered(package: str, name: str) -> type[GenericFunction[Any]] | None:
    found = REGISTRY.get(package, {}).get(name)
    if found is None and package == _DEFAULT_PACKAGE:
        if _OURS not in REGISTRY:
            load_object(f"{_OURS}:count")
        found = REGISTRY[_OURS].get(name)
    return found


# What makes the function of a name, with its packages; forgotten when a class is registered.
_MADE_BY: dict[tuple[str, ...], Any] = {}
# Names that a program makes up at run time must not fill the memory.
_MOST = 5_000


def _made_by(names: tuple[str, ...]) -> Any:
    """Return the class of a function, or None where nothing but its name is known."""
    *package, name = names
    found = None
    if len(package) < 2:
        found = _registered(package[0] if package else _DEFAULT_PACKAGE, name.lower())
    if len(_MADE_BY) >= _MOST:
        _MADE_BY.clear()
    _MADE_BY[names] = found
    return found


class FunctionGenerator(KnownFunctions):
    """Makes functions by attribute names: ``func.coalesce(a, b)``, ``func.package.name(x)``.

    >>> str(func.lower("A")), str(func.pkg.f(1))
    ('lower(:lower_1)', 'pkg.f(:f_1)')
    """

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        self._names = names

    def __getattr__(self, name: str) -> FunctionGenerator:
        if name.startswith("__"):
            raise AttributeError(name)
        # A name that is a word of Python is written with an underscore after it.
        plain = name.removesuffix("_")
        made = FunctionGenerator((*self._names, plain))
        if len(self.__dict__) < _MOST:
            self.__dict__[name] = made
        return made

    def __call__(self, *c: Any, **kwargs: Any) -> Any:
        """Make the function, of its class if it is known."""
        names = self._names
        found = _MADE_BY[names] if names in _MADE_BY else _made_by(names)
        if found is not None:
            return found(*c, **kwargs)
        *package, name = names
        return Function(name, *c, packagenames=package, **kwargs)


func = FunctionGenerator()
modifier = FunctionGenerator()
