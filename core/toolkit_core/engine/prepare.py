"""Before sending: what can be executed, its compiled form, and the values that go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit_core.compiler import Compiled, compile_text
from toolkit_core.engine.parts import EngineParts
from toolkit_core.engine.row_shape import Shapes
from toolkit_core.errors import ArgumentError, ObjectNotExecutableError, warn_deprecated
from toolkit_core.expression.node import Node
from toolkit_core.expression.text import TextClause


def executable(statement: Any) -> TextClause | Node:
    """Return what can be executed: a string, as older programs give it, becomes a text."""
    if isinstance(statement, TextClause):
        return statement
    if isinstance(statement, Node) and statement.is_executable:
        return statement
    if isinstance(statement, str):
        return TextClause(statement)
    raise ObjectNotExecutableError(statement)


def compiled_text(parts: EngineParts, statement: TextClause) -> Compiled:
    """Return the compiled form of a text that was not used lately: written now, and kept."""
    kept = parts.cache.recall(statement.text)
    if kept is not None:
        return kept
    compiled = compile_text(statement.text, parts.dialect.style)
    compiled.shapes = Shapes()
    parts.cache.put(statement.text, compiled)
    return compiled


def bound_values(compiled: Compiled, statement: TextClause, parameters: Any) -> tuple[Any, bool]:
    """Return the values for the driver, and whether they are for ``executemany``."""
    sets, many = parameter_sets(parameters)
    if statement.values:
        sets = [{**statement.values, **one} for one in sets] if sets else [statement.values]
    if many:
        return compiled.many_values(sets), True
    if not sets:
        return (compiled.values({}) if compiled.names else compiled.no_values), False
    return compiled.values(sets[0]), False


def parameter_sets(parameters: Any) -> tuple[Sequence[Mapping[str, Any]], bool]:
    """Sort out what was given as parameters: nothing, one dictionary, or a list of them."""
    if parameters is None:
        return (), False
    if isinstance(parameters, Mapping):
        return (parameters,), False
    if not isinstance(parameters, Sequence) or isinstance(parameters, (str, bytes)):
        raise ArgumentError(
            f"mapping or list expected for parameters, got {type(parameters).__name__}",
            hint='a dictionary such as {"id": 5}, or a list of them',
        )
    if not parameters:
        warn_deprecated("Empty parameter sequence passed to execute(): pass none at all", "2.0")
        return (), False
    for position, one in enumerate(parameters):
        if not isinstance(one, Mapping):
            raise ArgumentError(
                "List argument must consist only of dictionaries; "
                f"item {position} is a {type(one).__name__}",
                hint="text() takes parameters by name; exec_driver_sql() takes them by position",
            )
    return parameters, True


def driver_values(parameters: Any, *, positional: bool) -> tuple[Any, bool]:
    """Sort out the driver's parameters: one set, or a list of them for ``executemany``."""
    if parameters is None:
        return (() if positional else {}), False
    if isinstance(parameters, list):
        if parameters and not isinstance(parameters[0], (tuple, list, Mapping)):
            raise ArgumentError(
                "List argument must consist only of tuples or dictionaries",
                hint="one set of values is a tuple, not a list",
            )
        return (parameters, True) if parameters else (() if positional else {}, False)
    if isinstance(parameters, (tuple, Mapping)):
        if (
            isinstance(parameters, tuple)
            and parameters
            and isinstance(parameters[0], (tuple, Mapping))
        ):
            return list(parameters), True
        return parameters, False
    raise ArgumentError(
        f"tuple, dictionary or a list of them expected, got {type(parameters).__name__}"
    )
