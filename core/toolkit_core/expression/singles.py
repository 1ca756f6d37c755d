"""NULL, true and false: one of each is enough."""

from __future__ import annotations

from typing import Any, ClassVar

from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.node import declared, derived
from toolkit_core.types import Boolean, TypeEngine

_BOOLEAN = Boolean()


class Null(ColumnElement[None]):
    """``NULL``."""

    visit_name = "null"
    # What types ask whose None is a value, as JSON's is: given as one, it is NULL all the same.
    is_sql_null: ClassVar[bool] = True


@declared
class True_(ColumnElement[bool]):  # noqa: N801 - a documented name
    """``true``."""

    visit_name = "true"

    type: TypeEngine[Any] = derived(default=_BOOLEAN)


@declared
class False_(ColumnElement[bool]):  # noqa: N801 - a documented name
    """``false``."""

    visit_name = "false"

    type: TypeEngine[Any] = derived(default=_BOOLEAN)


NULL = Null()
TRUE = True_()
FALSE = False_()


def null() -> Null:
    """Return ``NULL``.

    >>> str(null())
    'NULL'
    """
    return NULL


def true() -> True_:
    """Return what is always true.

    >>> str(true())
    'true'
    """
    return TRUE


def false() -> False_:
    """Return what is never true.

    >>> str(false())
    'false'
    """
    return FALSE
