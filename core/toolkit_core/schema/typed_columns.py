"""Columns declared as the attributes of a class, so that type checkers know them."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin
from typing import get_type_hints as hints_of

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.late_annotations import own_annotations
from toolkit_core.newer_typing import Self
from toolkit_core.schema.column import Column
from toolkit_core.schema.named import Named
from toolkit_core.types import NULLTYPE, PLAIN


class TypedColumns(ColumnCollection):
    """The columns of a table, as a class that is never instantiated.

    >>> from toolkit_core.types import Integer
    >>> class person_columns(TypedColumns):
    ...     id = Column(Integer, primary_key=True)
    ...     name: "Named[str]"
    >>> columns_from(person_columns)
    [Column('id', Integer(), table=None, primary_key=True, nullable=False), \
Column('name', String(), table=None, nullable=False)]
    """

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        """Refuse: a table has the columns."""
        raise InvalidRequestError("Cannot instantiate a TypedColumns object.")


def columns_from(cls: type[TypedColumns]) -> list[Column[Any]]:
    """Make the columns that a class declares, those of its parents first."""
    hints = _hints(cls)
    names: dict[str, None] = {}
    for parent in reversed(cls.__mro__):
        if parent is not object and parent not in (TypedColumns, ColumnCollection):
            names.update(dict.fromkeys(_own_names(parent)))
    return [_column(cls, name, hints.get(name)) for name in names if not name.startswith("__")]


def _hints(cls: type[TypedColumns]) -> dict[str, Any]:
    try:
        return hints_of(cls)
    except NameError as error:
        raise ArgumentError(
            f"Could not interpret the annotations of {cls.__name__}: {error}",
            hint="import it at run time, not for type checkers only, and name nothing that is "
            "local to a function",
        ) from error


def _own_names(cls: type) -> list[str]:
    """Return the names of a class's own columns, as nearly in order as can be told.

    Python keeps apart what is annotated and what is assigned; what is both links the two.
    """
    annotated = list(own_annotations(cls))
    assigned = [name for name in vars(cls) if not name.startswith("_")]
    both = [position for position, name in enumerate(assigned) if name in annotated]
    first = both[0] if both else len(assigned)
    return [*assigned[:first], *annotated, *assigned[first:]]


def _column(cls: type, name: str, hint: Any) -> Column[Any]:
    # The nearest class that says anything of the name says it all.
    nearest = next(one for one in cls.__mro__ if name in vars(one) or name in _own_names(one))
    given: Any = vars(nearest).get(name)
    if given is not None and not isinstance(given, Column):
        raise ArgumentError(
            f"Unexpected value for attribute '{cls.__name__}.{name}'. Expected a Column, not: "
            f"{type(given)}"
        )
    made: Column[Any] = Column() if given is None else given._copy()
    named: str | None = made.name
    if named is None:
        made.name = name
    if given is None or given.key is None or given.key == given.name:
        made.key = name
    _infer(made, hint, f"{cls.__name__}.{name}")
    return made


def _infer(column: Column[Any], hint: Any, where: str) -> None:
    """Take from an annotation what the column does not say itself."""
    python_type, optional = _read(hint)
    if python_type is None:
        return
    if column.type is NULLTYPE:
        found = PLAIN.get(python_type)
        if found is not None:
            column.type = found
        elif not column.foreign_keys:
            raise ArgumentError(
                f"Could not find a SQL type for type {python_type!r} obtained from annotation "
                f"{hint!r} in attribute '{where}'",
                hint="give the column a type: Column(…)",
            )
    if not column._nullable_given and not column.primary_key:
        column.nullable = optional


def _read(hint: Any) -> tuple[Any, bool]:
    """Return the Python type of a column's annotation, and whether it may be None."""
    if get_origin(hint) not in (Named, Column):
        return None, False
    (inner,) = get_args(hint)
    if get_origin(inner) in (Union, UnionType):
        parts = [one for one in get_args(inner) if one is not NoneType]
        return (parts[0] if len(parts) == 1 else None), NoneType in get_args(inner)
    return (None, False) if inner is Any else (inner, False)
