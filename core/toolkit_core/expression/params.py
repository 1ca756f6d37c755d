"""Parameters: values that travel beside the SQL and never in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, overload

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.keys import Key, find_key, keep_parameter_key, new_key, parameter_keys
from toolkit_core.expression.node import ITSELF, Node, declared, derived, value
from toolkit_core.types import NULLTYPE, TypeEngine, type_of_value

T = TypeVar("T")


class NoArgument:
    """In place of an argument that was not given, where None is a value."""


NO_ARG = NoArgument()


@declared
class BindParameter(ColumnElement[T]):
    """A value, or the place for one.

    ``key`` is its name where the user gave one; ``hint`` is what an anonymous one is named after.
    """

    visit_name = "bindparam"
    _leaves = ITSELF
    inherits_key: ClassVar[bool] = True

    key: str | None = value(default=None)
    hint: str | None = value(default=None)
    expanding: bool = value(default=False)
    required: bool = value(default=False)
    literal_execute: bool = value(default=False)
    isoutparam: bool = value(default=False)
    quote: bool | None = value(default=None)
    type: TypeEngine[Any] = derived(default=NULLTYPE)
    value: Any = derived(default=None)
    callable: Callable[[], Any] | None = derived(default=None)

    def _make_key(self) -> Key:
        type_ = self.type
        parts: tuple[Any, ...] = (
            self.__class__,
            self.key,
            self.hint,
            type_.static_key(),
            self.expanding,
            self.required,
        )
        if self.literal_execute or self.isoutparam or self.quote is not None:
            parts += (self.literal_execute, self.isoutparam, self.quote)
        if self.callable is not None:
            parts += ("called",)
        key = find_key(parts) or new_key(parts, leaf=True)
        plain = (BindParameter, None, self.hint, parts[3], False, False)
        if parts == plain and key.interned:
            # What is made as a plain parameter gets it at once from then on.
            keep_parameter_key(type_, self.hint, key)
        self._key = key
        return key

    @property
    def unique(self) -> bool:
        """Whether it gets a name of its own, apart from others."""
        return self.key is None

    @property
    def effective_value(self) -> Any:
        """The value, asked for now where a function gives it."""
        return self.value if self.callable is None else self.callable()

    def same_leaf(self, other: Node) -> bool:
        """Tell whether the other has the same value."""
        return (
            isinstance(other, BindParameter)
            and self.callable is other.callable
            and bool(self.value == other.value)
        )

    def __repr__(self) -> str:
        return f"BindParameter({self.key!r}, {self.value!r}, type={self.type!r})"


def plain_parameter(
    found: Any, type_: TypeEngine[Any], hint: str | None = None
) -> BindParameter[Any]:
    """Return a value as a parameter about which nothing else is said."""
    made: BindParameter[Any] = BindParameter.__new__(BindParameter)
    made.value = found
    made.type = type_
    if hint is not None:
        made.hint = hint
    key = parameter_keys.get((id(type_), hint))
    if key is not None:
        made._key = key
    return made


def as_type(found: Any) -> TypeEngine[Any]:
    """Return a type that was given as an instance or as a class."""
    if isinstance(found, TypeEngine):
        return found
    if isinstance(found, type) and issubclass(found, TypeEngine):
        return found()
    raise ArgumentError(
        f"a type is expected, not {found!r}", hint="for example Integer, or String(50)"
    )


@overload
def bindparam(
    key: str | None,
    value: Any = ...,
    type_: None = ...,
    unique: bool = ...,
    required: Any = ...,
    quote: bool | None = ...,
    callable_: Callable[[], Any] | None = ...,
    expanding: bool = ...,
    isoutparam: bool = ...,
    literal_execute: bool = ...,
) -> BindParameter[Any]: ...
@overload
def bindparam(
    key: str | None,
    value: Any = ...,
    type_: TypeEngine[T] | type[TypeEngine[T]] = ...,
    unique: bool = ...,
    required: Any = ...,
    quote: bool | None = ...,
    callable_: Callable[[], Any] | None = ...,
    expanding: bool = ...,
    isoutparam: bool = ...,
    literal_execute: bool = ...,
) -> BindParameter[T]: ...
def bindparam(
    key: str | None,
    value: Any = NO_ARG,
    type_: Any = None,
    unique: bool = False,
    required: Any = NO_ARG,
    quote: bool | None = None,
    callable_: Callable[[], Any] | None = None,
    expanding: bool = False,
    isoutparam: bool = False,
    literal_execute: bool = False,
) -> BindParameter[Any]:
    """Make a parameter with a name, to be given its value now or at execution.

    >>> from toolkit_core.expression.elements import column
    >>> str(column("name") == bindparam("who"))
    'name = :who'
    """
    if key is not None and not isinstance(key, str):
        raise ArgumentError(
            f"bindparam() takes the name of a parameter first, and {key!r} is no text",
            hint="literal() makes a parameter of a value",
        )
    made: BindParameter[Any] = BindParameter()
    missing = value is NO_ARG
    fields: dict[str, Any] = {
        "hint" if unique else "key": key,
        "required": missing and callable_ is None if required is NO_ARG else required,
        "callable": callable_,
        "quote": quote,
        "expanding": expanding,
        "isoutparam": isoutparam,
        "literal_execute": literal_execute,
    }
    if type_ is not None:
        fields["type"] = as_type(type_)
    elif not missing:
        fields["type"] = _type_of(value, expanding=expanding)
    made.__dict__.update(
        {name: found for name, found in fields.items() if found is not None and found is not False}
    )
    if not missing:
        made.value = value
    return made


def _type_of(value: Any, *, expanding: bool) -> TypeEngine[Any]:
    if not expanding:
        return type_of_value(value)
    return next((type_of_value(one) for one in value or () if one is not None), NULLTYPE)


def outparam(
    key: str, type_: TypeEngine[T] | type[TypeEngine[T]] | None = None
) -> BindParameter[T]:
    """Make a parameter that the database fills in."""
    made: Any = bindparam(key, None, isoutparam=True)
    if type_ is not None:
        made.type = as_type(type_)
    bound: BindParameter[T] = made
    return bound


@overload
def literal(
    value: Any, type_: TypeEngine[T] | type[TypeEngine[T]], literal_execute: bool = ...
) -> BindParameter[T]: ...
@overload
def literal(value: T, type_: None = ..., literal_execute: bool = ...) -> BindParameter[T]: ...
def literal(value: Any, type_: Any = None, literal_execute: bool = False) -> BindParameter[Any]:
    """Return a Python value as an expression.

    >>> str(literal(5) + 2)
    ':param_1 + :param_2'
    """
    if isinstance(value, Node):
        raise ArgumentError(f"Literal Python value expected, got {value!r}")
    made: BindParameter[Any] = BindParameter()
    made.value = value
    made.type = type_of_value(value) if type_ is None else as_type(type_)
    if literal_execute:
        made.literal_execute = True
    return made
