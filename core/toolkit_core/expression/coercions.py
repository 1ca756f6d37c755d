"""From what users give to the parts of a statement: columns, sources, numbers of rows."""

from __future__ import annotations

from typing import Any, NoReturn

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.coerce import condition, expression
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.columns import literal_column
from toolkit_core.expression.from_clause import FromClause, ReturnsRows
from toolkit_core.expression.label_reference import LabelReference
from toolkit_core.expression.node import Node
from toolkit_core.expression.params import BindParameter, plain_parameter
from toolkit_core.expression.singles import FALSE, NULL, TRUE
from toolkit_core.types import Integer, type_of_value

_INTEGER = Integer()


def resolved(found: Any) -> Any:
    """Return the node that an object of the user's stands for, or the object itself."""
    while not isinstance(found, Node):
        if isinstance(found, type):
            # A mapped class stands for its entity.
            return found.__dict__.get("__entity__", found)
        element = getattr(found, "__clause_element__", None)
        if element is None:
            return found
        found = element()
    return found


def stands_in_from(found: Any) -> bool:
    """Tell whether a node may stand in FROM: a source does, and so does text."""
    return isinstance(found, FromClause) or getattr(found, "stands_as_source", False)


# -- what is selected ---------------------------------------------------------------------


def as_columns(entities: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what is selected: expressions and sources."""
    made: list[Any] = []
    for entity in entities:
        if isinstance(entity, ColumnCollection):
            made.extend(entity)
        else:
            made.append(as_column(entity))
    return tuple(made)


def as_column(entity: Any) -> Any:
    """Return one thing that is selected."""
    found = resolved(entity)
    if isinstance(found, (ColumnElement, FromClause)):
        return found
    if isinstance(found, Node) and getattr(found, "stands_as_expression", False):
        return found
    constant = _constant(found)
    if constant is not None:
        return constant
    if isinstance(found, str):
        raise ArgumentError(
            f"Textual column expression {found!r} should be explicitly declared with "
            f"text({found!r}), or use column({found!r}) for more specificity"
        )
    message = "Column expression, FROM clause, or other columns clause element expected, got "
    if isinstance(found, ReturnsRows):
        _is_a_statement(message, found)
    if isinstance(found, (list, tuple)) and found:
        inner = ", ".join(map(repr, found))
        raise ArgumentError(f"{message}{entity!r}. Did you mean to say select({inner})?")
    raise ArgumentError(f"{message}{entity!r}.")


def _constant(found: Any) -> ColumnElement[Any] | None:
    """Return what is selected for a plain value: NULL, true, or a number as it is."""
    if found is None:
        return NULL
    if found is True or found is False:
        return TRUE if found else FALSE
    if isinstance(found, (int, float)):
        return literal_column(str(found), type_of_value(found))
    return None


def parameter(found: Any, type_: Any = None) -> BindParameter[Any]:
    """Return a value as a parameter."""
    return plain_parameter(found, type_of_value(found) if type_ is None else type_)


def as_onclause(found: Any) -> Any:
    """Return the condition of a join."""
    element = resolved(found)
    if isinstance(element, (FromClause, str)):
        raise ArgumentError(
            "ON clause, typically a SQL expression or ORM relationship attribute expected, got "
            f"{found!r}.",
            hint="join one thing at a time: .join(target, onclause)",
        )
    return condition(element)


# -- sources ------------------------------------------------------------------------------


def as_source(found: Any) -> Any:
    """Return what may stand in FROM."""
    element = resolved(found)
    if stands_in_from(element):
        return element
    if isinstance(element, str):
        raise ArgumentError(
            f"Textual SQL expression {element!r} should be explicitly declared as text({element!r})"
        )
    message = "FROM expression, such as a Table or alias() object expected, got "
    if isinstance(element, ReturnsRows):
        _is_a_statement(message, element)
    raise ArgumentError(f"{message}{found!r}.")


def as_named_source(found: Any, *, statements: bool = False) -> Any:
    """Return what may get an alias; where ``statements`` is set, also a statement."""
    element = resolved(found)
    if statements and isinstance(element, ReturnsRows):
        return element
    source = as_source(element)
    if isinstance(source, FromClause):
        return source
    raise ArgumentError(f"FROM expression with columns expected, got {found!r}.")


def as_join_target(found: Any) -> Any:
    """Return what may stand on the right of a JOIN."""
    element = resolved(found)
    if stands_in_from(element):
        return element
    message = "Join target, typically a FROM expression, or ORM relationship attribute expected, "
    if isinstance(element, ReturnsRows):
        _is_a_statement(message + "got ", element)
    raise ArgumentError(f"{message}got {found!r}.")


def _is_a_statement(message: str, found: Any) -> NoReturn:
    raise ArgumentError(
        f"{message}{found!r}. To create a FROM clause from a {type(found)!r} object, use the "
        ".subquery() method.",
        code="89ve",
    )


# -- order, and numbers of rows -----------------------------------------------------------


def as_orderings(found: tuple[Any, ...], clause: str) -> tuple[Any, ...]:
    """Return what rows are ordered or grouped by; text is the name of a column or label.

    A mapped class, or an alias of one, has rows grouped by all its columns.
    """
    made: list[Any] = []
    for one in found:
        if isinstance(one, ColumnElement):
            made.append(one)
            continue
        element = resolved(one)
        if isinstance(element, FromClause) and clause == "GROUP BY" and hasattr(element, "shown"):
            made += [as_ordering(column, clause) for column in element.c]
        else:
            made.append(as_ordering(one, clause))
    return tuple(made)


def as_ordering(found: Any, clause: str) -> Any:
    """Return one thing that rows are ordered or grouped by."""
    element = resolved(found)
    if isinstance(element, ColumnElement):
        return element
    if isinstance(element, str):
        return LabelReference(element)
    if element is None:
        return NULL
    if isinstance(element, Node) and (
        element.visit_name == "subquery" or not isinstance(element, FromClause)
    ):
        return expression(element)
    raise ArgumentError(f"{clause} expression expected, got {found!r}.")


def as_row_count(found: Any) -> ColumnElement[Any] | None:
    """Return a number of rows as a parameter; an expression stays what it is."""
    if found is None or found.__class__ is int:
        return None if found is None else parameter(found, _INTEGER)
    element = resolved(found)
    if isinstance(element, Node):
        return expression(element)
    return parameter(int(element), _INTEGER)
