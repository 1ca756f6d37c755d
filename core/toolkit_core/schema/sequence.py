"""A sequence of numbers that the server keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from toolkit_core.expression.node import Node
from toolkit_core.facts import named
from toolkit_core.lazy_module import lazy_module
from toolkit_core.schema.constants import BLANK_SCHEMA
from toolkit_core.schema.counting import Counting
from toolkit_core.schema.defaults import DefaultGenerator
from toolkit_core.schema.dialect_options import TakesDialectOptions
from toolkit_core.schema.fullname import table_key
from toolkit_core.types import Integer, TypeEngine

if TYPE_CHECKING:
    from toolkit_core.expression import generic_functions
    from toolkit_core.expression.generic_functions import next_value
    from toolkit_core.schema import create
else:
    # Most programs have no sequence of their own, and need nothing of these.
    create = lazy_module("toolkit_core.schema.create")
    generic_functions = lazy_module("toolkit_core.expression.generic_functions")

_INTEGER = Integer()


class Sequence(DefaultGenerator, Counting, TakesDialectOptions):
    """A named sequence: as the default of a column, or on its own.

    >>> Sequence("numbers", start=5)
    Sequence('numbers', start=5)
    """

    visit_name = "sequence"
    is_sequence: ClassVar[bool] = True
    metadata: Any = None

    def __init__(
        self,
        name: str,
        start: int | None = None,
        increment: int | None = None,
        minvalue: int | None = None,
        maxvalue: int | None = None,
        nominvalue: bool | None = None,
        nomaxvalue: bool | None = None,
        cycle: bool | None = None,
        schema: Any = None,
        cache: int | None = None,
        order: bool | None = None,
        data_type: Any = None,
        optional: bool = False,
        quote: bool | None = None,
        metadata: Any = None,
        quote_schema: bool | None = None,
        for_update: bool = False,
        **dialect_kw: Any,
    ) -> None:
        super().__init__(for_update)
        self._stamp()
        self._take_options(dialect_kw)
        self.name: str = named(name, quote)
        self.start = start
        self.increment = increment
        self.minvalue = minvalue
        self.maxvalue = maxvalue
        self.nominvalue = nominvalue
        self.nomaxvalue = nomaxvalue
        self.cycle = cycle
        self.cache = cache
        self.order = order
        self.optional = optional
        self.data_type: TypeEngine[Any] | None = (
            data_type() if isinstance(data_type, type) else data_type
        )
        self._inherits_schema = schema is None
        self.schema: str | None = None
        if schema is not BLANK_SCHEMA:
            if schema is None and metadata is not None:
                schema = metadata.schema
            self.schema = None if schema is None else named(schema, quote_schema)
        self._key_name = table_key(self.name, self.schema)
        if metadata is not None:
            self._join(metadata)

    def executed_as(self) -> Node:
        """Return what is executed in its place: a SELECT of its next number."""
        made: Node = self.next_value().select()
        return made

    def next_value(self) -> next_value:
        """Return an expression for the next number."""
        return generic_functions.next_value(self, type_=self.data_type or _INTEGER)

    def create(self, bind: Any, checkfirst: Any = True) -> None:
        """Create the sequence in the database."""
        create.create_one(self, bind, checkfirst)

    def drop(self, bind: Any, checkfirst: Any = True) -> None:
        """Drop the sequence from the database."""
        create.drop_one(self, bind, checkfirst)

    def _set_parent(self, parent: Any) -> None:
        super()._set_parent(parent)
        parent._when_in_table(self._column_in_table)

    def _column_in_table(self, column: Any, table: Any) -> None:
        if self.metadata is None:
            self._join(table.metadata)

    def _join(self, metadata: Any) -> None:
        if self._inherits_schema and self.schema is None and metadata.schema is not None:
            self.schema = metadata.schema
        self._key_name = table_key(self.name, self.schema)
        self.metadata = metadata
        metadata._sequences[self._key_name] = self

    def _copy(self) -> Sequence:
        copy = super()._copy()
        copy.__dict__.pop("metadata", None)
        assert isinstance(copy, Sequence)  # noqa: S101 - what _copy says of itself
        return copy

    def __repr__(self) -> str:
        shown = self._shown()
        if self.schema is not None:
            shown += f"{', ' if shown else ''}schema={str(self.schema)!r}"
        return f"Sequence({str(self.name)!r}{', ' if shown else ''}{shown})"
