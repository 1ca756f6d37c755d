"""An expression with a name."""

from __future__ import annotations

from typing import Any, TypeVar

from toolkit_core.errors import ArgumentError
from toolkit_core.expression import operators as op
from toolkit_core.expression.casts import type_coerce
from toolkit_core.expression.coerce import expression
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.node import child, declared, derived, value
from toolkit_core.expression.operators import Operator
from toolkit_core.facts.quoted_name import quoting_of
from toolkit_core.types import NULLTYPE, TypeEngine

T = TypeVar("T")
_new: Any = object.__new__


@declared
class Label(ColumnElement[T]):
    """An expression with a name in the result; None: one that is found when it is written."""

    visit_name = "label"

    name: str | None = value()
    element: ColumnElement[T] = child()
    # What the name says of its quotes, where it says it.
    quoting: bool | None = value(default=None)
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    @property
    def operator(self) -> Operator | None:  # type: ignore[override]
        """The operator of what it names: inside other expressions, that is what is written."""
        return self.element.operator

    @property
    def is_condition(self) -> bool:  # type: ignore[override]
        """Whether what it names is a condition."""
        return self.element.is_condition

    @property
    def proxy_set(self) -> frozenset[Any]:
        """The label, and all that what it names comes from."""
        below = getattr(self.element, "proxy_set", None)
        return frozenset((self,)) | (frozenset((self.element,)) if below is None else below)

    def self_group(self, against: Any = None) -> Any:
        """Return itself: a name needs no parentheses."""
        return self


def label(name: str | None, element: Any, type_: TypeEngine[Any] | None = None) -> Label[Any]:
    """Give an expression a name.

    >>> from toolkit_core.expression.elements import column
    >>> label("double", column("x") * 2).name
    'double'
    """
    found = expression(element)
    return _labelled(found if type_ is None else type_coerce(found, type_), name)


def _labelled(element: ColumnElement[Any], name: str | None) -> Label[Any]:
    if name is not None and not isinstance(name, str):
        raise ArgumentError(
            f"A label's name is a text, and {name!r} is none",
            hint="label(None) has a name found for it",
        )
    made: Label[Any] = _new(Label)
    # An empty name is none.
    made.name = name or None
    if name.__class__ is not str and (quoting := quoting_of(name)) is not None:
        made.quoting = quoting
    made.element = inner = element.element if isinstance(element, Label) else element
    made.type = inner.type
    return made


# No operators of SQL, but found by the same door from where the base of expressions stands.
op.OPERATORS["label"] = op.Operator("label", "", op.ATOMIC)
op.OPERATORS["label"].build = _labelled
