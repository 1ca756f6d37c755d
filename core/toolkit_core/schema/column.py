"""A column of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from toolkit_core.expression.elements import ColumnElement
from toolkit_core.expression.node import Key
from toolkit_core.types import NULLTYPE, TypeEngine

if TYPE_CHECKING:
    from toolkit_core.schema.table import Table

T = TypeVar("T")


class Column(ColumnElement[T]):
    """A column of a table: as an expression, it stands for itself."""

    visit_name = "column"

    def __init__(
        self,
        name: str,
        type_: TypeEngine[T] | type[TypeEngine[T]] | None = None,
        *,
        primary_key: bool = False,
        nullable: bool | None = None,
    ) -> None:
        self.name: str = name
        self.key = name
        self.names_parameter = name
        self.table: Table | None = None
        self.type = NULLTYPE if type_ is None else type_() if isinstance(type_, type) else type_
        self.primary_key = primary_key
        self.nullable = not primary_key if nullable is None else nullable
        # A column is itself and no other, however alike: its key is its own.
        self._key = Key()

    def __repr__(self) -> str:
        return f"Column({self.name!r}, {self.type!r})"
