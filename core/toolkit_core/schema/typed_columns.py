"""Columns declared as the attributes of a class, so that type checkers know them."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar, Union, get_args, get_origin
from typing import get_type_hints as hints_of

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.schema.column import Column
from toolkit_core.types import NULLTYPE, PLAIN

T = TypeVar("T", covariant=True)


class Named(Generic[T]):
    """In an annotation: a column with values of a Python type."""

    if TYPE_CHECKING:

        def __get__(self, instance: object, owner: Any) -> Column[T]: ...

        def __set__(self, instance: object, value: Any) -> None: ...


class TypedColumns:
    """The columns of a table, as a class that is never instantiated.

    >>> from toolkit_core.types import Integer
    >>> class person_columns(TypedColumns):
    ...     id = Column(Integer, primary_key=True)
    ...     name: "Named[str]"
    >>> columns_from(person_columns)
    [Column('id', Integer(), table=None, primary_key=True, nullable=False), \
Column('name', String(), table=None, nullable=False)]
    """

    def __new__(cls, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a table has the columns."""
        raise InvalidRequestError("Cannot instantiate a TypedColumns object.")


def columns_from(cls: type[TypedColumns]) -> list[Column[Any]]:
    """Make the columns that a class declares, those of its parents first."""
    hints = hints_of(cls)
    names: dict[str, None] = {}
    for parent in reversed(cls.__mro__):
        if parent is not object and parent is not TypedColumns:
            names.update(dict.fromkeys(parent.__dict__.get("__annotations__", ())))
            own = (name for name, found in vars(parent).items() if isinstance(found, Column))
            names.update(dict.fromkeys(own))
    return [_column(cls, name, hints.get(name)) for name in names if not name.startswith("__")]


def _column(cls: type, name: str, hint: Any) -> Column[Any]:
    given = getattr(cls, name, None)
    if given is not None and not isinstance(given, Column):
        raise ArgumentError(f"{cls.__name__}.{name} is no Column: {given!r}")
    made: Column[Any] = Column() if given is None else given._copy()
    if made.name is None:
        made.name = name
    made.key = name if made.key is None or given is not None and given.key is None else made.key
    python_type, optional = _read(hint)
    if made.type is NULLTYPE and python_type is not None:
        found = PLAIN.get(python_type)
        if found is None and not made.foreign_keys:
            raise ArgumentError(
                f"Could not find a SQL type for type {python_type!r} of {cls.__name__}.{name}",
                hint=f"give it: {name} = Column(…)",
            )
        made.type = NULLTYPE if found is None else found
    if python_type is not None and not made._nullable_given and not made.primary_key:
        made.nullable = optional
    return made


def _read(hint: Any) -> tuple[Any, bool]:
    """Return the Python type of a column's annotation, and whether it may be None."""
    if get_origin(hint) not in (Named, Column):
        return None, False
    (inner,) = get_args(hint)
    if get_origin(inner) in (Union, UnionType):
        parts = [one for one in get_args(inner) if one is not NoneType]
        return (parts[0] if len(parts) == 1 else None), NoneType in get_args(inner)
    return (None, False) if inner is Any else (inner, False)
