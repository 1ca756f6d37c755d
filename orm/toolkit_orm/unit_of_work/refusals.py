"""What a flush says of objects that cannot be written: class, object, attribute, cure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.errors import ErrorFacts, IntegrityKind, StatementError
from toolkit_orm.errors import FlushError, MissingKeyError
from toolkit_orm.instrument.state import InstanceState


def shown_object(state: InstanceState) -> str:
    """Return how messages call an object; its own ``repr`` might load something."""
    return f"<{state.mapper.class_.__name__} at {id(state()):#x}>"


def missing_key(state: InstanceState, key: str, column: Any) -> MissingKeyError:
    """Return the error for a new object without a part of its key that nobody makes up."""
    named = f"{state.mapper.class_.__name__}.{key}"
    return MissingKeyError(
        f"Instance {shown_object(state)} has no value for {named}, and column {str(column)!r} is a "
        "part of the primary key that neither a default nor the database makes up",
        hint=f"set {named} before the flush, or give the column a default, a server_default or "
        "autoincrement",
        facts=ErrorFacts(
            kind=IntegrityKind.NOT_NULL, table=column.table.name, columns=(column.name,)
        ),
    )


def not_written(mapper: Any) -> FlushError:
    """Return the error for objects of a class that can only be read."""
    name = mapper.class_.__name__
    return FlushError(
        f"Objects of class {name} cannot be written: it is mapped to "
        f"'{mapper.local_table.description}', which is no table",
        hint=f"write objects of a class that is mapped to a table, and read {name}",
    )


def null_key(state: InstanceState) -> FlushError:
    """Return the error for an object that has no key though its row was inserted."""
    return FlushError(
        f"Instance {shown_object(state)} has a NULL identity key.  If this is an auto-generated "
        "value, check that the database table allows generation of new primary key values, and "
        "that the mapped Column object is configured to expect these generated values.  Ensure "
        "also that this flush() is not occurring at an inappropriate time, such as within a "
        "load() event."
    )


def tell_of(
    error: StatementError, verb: str, states: list[InstanceState], columns: dict[str, Any]
) -> None:
    """Add to an error of a statement which objects it was about, and which value looks wrong."""
    shown = shown_object(states[0])
    if len(states) > 1:
        shown = f"{len(states)} objects, the first of them {shown}"
    error.add_detail(f"raised while a flush was to {verb} {shown}")
    for state in states:
        for key, found in _strange(state.dict, columns):
            error.add_detail(
                f"{state.mapper.class_.__name__}.{key} of {shown_object(state)} is of class "
                f"{type(found).__name__}, and its column of type {columns[key].type!r}"
            )
            return


def _strange(values: dict[str, Any], columns: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    """Yield values that are not of the class that the type of their column suggests."""
    for key, column in columns.items():
        found = values.get(key)
        try:
            expected = column.type.python_type
        except NotImplementedError:
            continue
        if found is not None and not isinstance(found, expected):
            yield key, found
