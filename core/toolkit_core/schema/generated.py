"""Columns that the server fills: computed from others, or counted up."""

from __future__ import annotations

from typing import Any, ClassVar

from toolkit_core.errors import ArgumentError
from toolkit_core.schema.counting import Counting
from toolkit_core.schema.defaults import FetchedValue
from toolkit_core.schema.dialect_options import TakesDialectOptions
from toolkit_core.schema.sql_text import as_sql


class Computed(FetchedValue):
    """``GENERATED ALWAYS AS (…)``: put it into a column.

    >>> Computed("width * height", persisted=True).persisted
    True
    """

    visit_name = "computed_column"
    has_argument = True

    def __init__(self, sqltext: Any, persisted: bool | None = None) -> None:
        super().__init__()
        self.sqltext = as_sql(sqltext)
        self.persisted = persisted

    def _set_parent(self, parent: Any) -> None:
        if parent.server_default is not None or parent.server_onupdate is not None:
            raise ArgumentError(
                "A generated column cannot specify a server_default or a server_onupdate argument"
            )
        self.column = parent
        parent.computed = self
        parent.server_default = self
        parent.server_onupdate = self

    def _copy(self) -> Computed:
        return Computed(self.sqltext, persisted=self.persisted)

    def __repr__(self) -> str:
        return f"Computed({str(self.sqltext)!r}, persisted={self.persisted})"


class Identity(FetchedValue, Counting, TakesDialectOptions):
    """``GENERATED … AS IDENTITY``: put it into a column.

    >>> Identity(start=42, cycle=True)
    Identity(start=42, cycle=True)
    """

    visit_name = "identity_column"
    is_identity: ClassVar[bool] = True

    def __init__(
        self,
        always: bool | None = False,
        on_null: bool | None = None,
        start: int | None = None,
        increment: int | None = None,
        minvalue: int | None = None,
        maxvalue: int | None = None,
        nominvalue: bool | None = None,
        nomaxvalue: bool | None = None,
        cycle: bool | None = None,
        cache: int | None = None,
        order: bool | None = None,
        **dialect_kw: Any,
    ) -> None:
        super().__init__()
        self._take_options(dialect_kw)
        self.always = always
        self.on_null = on_null
        self.start = start
        self.increment = increment
        self.minvalue = minvalue
        self.maxvalue = maxvalue
        self.nominvalue = nominvalue
        self.nomaxvalue = nomaxvalue
        self.cycle = cycle
        self.cache = cache
        self.order = order

    def _set_parent(self, parent: Any) -> None:
        if parent.server_default is not None or parent.server_onupdate is not None:
            raise ArgumentError(
                "A column with an Identity object cannot specify a server_default or a "
                "server_onupdate argument"
            )
        if parent.autoincrement is False:
            raise ArgumentError(
                "A column with an Identity object cannot specify autoincrement=False"
            )
        self.column = parent
        parent.identity = self
        parent.server_default = self
        if not parent._nullable_given:
            parent.nullable = False

    def _copy(self) -> Identity:
        copy = Identity()
        copy.__dict__.update({k: v for k, v in self.__getstate__().items() if k != "column"})
        return copy

    def __repr__(self) -> str:
        return f"Identity({self._shown('always')})"
