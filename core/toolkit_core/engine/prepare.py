"""Before sending: what can be executed, its compiled form, and the values that go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit_core.compiler.cache import keep, kept
from toolkit_core.compiler.compiled import Compiled
from toolkit_core.compiler.text import compile_text
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
    # A function, a sequence: a statement is made of it.
    executed_as = getattr(statement, "executed_as", None)
    if executed_as is not None:
        made: Node = executed_as()
        return made
    raise ObjectNotExecutableError(statement)


def compiled_text(parts: EngineParts, statement: TextClause, cache: Any) -> Compiled:
    """Return the compiled form of a text that was not used lately: written now, and kept."""
    compiled: Compiled | None = kept(cache, statement.text)
    if compiled is None:
        compiled = compile_text(statement.text, parts.dialect.style)
        compiled.shapes = Shapes()
        keep(cache, statement.text, compiled)
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


def with_named(parameters: Any, named: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put parameters together that were given as a dictionary and by keyword."""
    if parameters is not None and not isinstance(parameters, Mapping):
        raise ArgumentError(
            f"parameters were given by keyword and as a {type(parameters).__name__}",
            hint="give them all in the dictionary, or in a list of dictionaries",
        )
    return {**(parameters or {}), **named}


def parameter_sets(parameters: Any) -> tuple[Sequence[Mapping[str, Any]], bool]:
    """Sort out what was given as parameters: nothing, one dictionary, or a list of them.

    A list of one dictionary is one set: the statement may return rows then.
    """
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
    if set(map(type, parameters)) == {dict}:
        # Asking an abstract class of each of 100,000 dictionaries takes longer than sending them.
        return parameters, len(parameters) > 1
    for position, one in enumerate(parameters):
        if not isinstance(one, Mapping):
            raise ArgumentError(
                "List argument must consist only of dictionaries; "
                f"item {position} is a {type(one).__name__}",
                hint="text() takes parameters by name; exec_driver_sql() takes them by position",
            )
    return parameters, len(parameters) > 1


def driver_values(parameters: Any, *, positional: bool) -> tuple[Any, bool]:
    """Sort out the driver's parameters: one set, or a list of several for ``executemany``.

    A tuple is always one set, whatever is in it: for some drivers a tuple is a value, too.
    """
    if parameters is None or (isinstance(parameters, list) and not parameters):
        return (() if positional else {}), False
    if isinstance(parameters, (tuple, Mapping)):
        return parameters, False
    if not isinstance(parameters, list):
        raise ArgumentError(
            f"tuple, dictionary or a list of them expected, got {type(parameters).__name__}",
            hint="a tuple such as (5,), or a list of them",
        )
    if not all(isinstance(one, (tuple, Mapping)) for one in parameters):
        raise ArgumentError(
            "List argument must consist only of tuples or dictionaries",
            hint="one set of values is a tuple, not a list",
        )
    return (parameters, True) if len(parameters) > 1 else (parameters[0], False)
