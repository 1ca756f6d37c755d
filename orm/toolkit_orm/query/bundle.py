"""Several expressions that are one thing of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from toolkit_core.engine.row_shape import plain_shape
from toolkit_core.expression.coercions import as_columns
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.node import children, declared, derived, value
from toolkit_core.inspectable import inspects_itself
from toolkit_core.newer_typing import Self
from toolkit_orm.instrument.inspection_attr import InspectionAttr


@declared
class BundleNode(ColumnElement[Any]):
    """What a bundle is in a statement."""

    visit_name = "bundle"
    lowering = "toolkit_orm.query.lowering:lowered"

    name: str = value()
    columns: tuple[Any, ...] = children()
    # Its class, since what makes rows of it may be a method of the user's own.
    kind: Any = value()
    bundle: Any = derived(default=None)

    def described(self) -> dict[str, Any]:
        """Return what ``column_descriptions`` says of it."""
        bundle = self.bundle
        return {
            "name": self.name,
            "type": type(bundle),
            "aliased": False,
            "expr": bundle,
            "entity": None,
        }


@inspects_itself
class Bundle(InspectionAttr):
    """Several expressions under one name, which are one thing of each row.

    >>> from toolkit.sql import column, select
    >>> pair = Bundle("pair", column("x"), column("y"))
    >>> print(select(pair).where(pair.c.x == 5))
    SELECT x, y
    WHERE x = :x_1
    """

    single_entity = False
    is_bundle = True

    def __init__(self, name: str, *exprs: Any, **kw: Any) -> None:
        self.name = name
        self.exprs = list(as_columns(tuple([getattr(one, "_node", one) for one in exprs])))
        self.single_entity = bool(kw.pop("single_entity", self.single_entity))
        self.c = self.columns = ColumnCollection((_key(one), one) for one in self.exprs)
        self._node = BundleNode(name, tuple(self.exprs), type(self), bundle=self)

    def __clause_element__(self) -> BundleNode:
        return self._node

    def create_row_processor(
        self, query: Any, procs: Sequence[Callable[[Any], Any]], labels: Sequence[str]
    ) -> Callable[[Any], Any]:
        """Return the function that makes the bundle of a row; subclasses have their own."""
        make = plain_shape(tuple(labels), True).row
        return lambda row: make([proc(row) for proc in procs])

    def label(self, name: str) -> Self:
        """Return the same under another name."""
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__, name=name)
        made._node = self._node.but(name=name, bundle=made)
        return made


class DictBundle(Bundle):
    """A bundle that is a dictionary of each row."""

    def create_row_processor(
        self, query: Any, procs: Sequence[Callable[[Any], Any]], labels: Sequence[str]
    ) -> Callable[[Any], Any]:
        """Return the function that makes the dictionary of a row."""
        return lambda row: dict(zip(labels, [proc(row) for proc in procs], strict=True))


def _key(column: Any) -> str:
    return str(getattr(column, "key", None) or getattr(column, "name", None) or "_no_label")
