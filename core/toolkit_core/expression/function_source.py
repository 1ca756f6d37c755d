"""What a function offers as something to select from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from toolkit_core.expression.makers import MAKERS

if TYPE_CHECKING:
    from toolkit_core.expression.select import Select
    from toolkit_core.expression.table_valued import (
        ScalarFunctionColumn,
        TableValuedAlias,
        TableValuedColumn,
    )


class FunctionSource:
    """The methods of functions that return rows."""

    # It may stand in FROM as it is.
    stands_as_source: ClassVar[bool] = True
    schema: ClassVar[str | None] = None

    def table_valued(
        self,
        *expr: Any,
        name: str | None = None,
        with_ordinality: str | None = None,
        joins_implicitly: bool = False,
    ) -> TableValuedAlias:
        """Return the function as a source with these columns.

        >>> from toolkit_core.expression.functions import func
        >>> rows = func.json_each("[1, 2]").table_valued("key", "value")
        >>> rows.c.keys()
        ['key', 'value']
        """
        return MAKERS.table_valued(
            self,
            *expr,
            name=name,
            with_ordinality=with_ordinality,
            joins_implicitly=joins_implicitly,
        )

    def column_valued(
        self, name: str | None = None, joins_implicitly: bool = False
    ) -> TableValuedColumn:
        """Return the column that the function returns, read from the function."""
        return MAKERS.column_valued(self, name, joins_implicitly=joins_implicitly)

    def scalar_table_valued(self, name: str, type_: Any = None) -> ScalarFunctionColumn:
        """Return one column of what the function returns, without reading from it."""
        return MAKERS.scalar_table_valued(self, name, type_)

    def alias(self, name: str | None = None, joins_implicitly: bool = False) -> TableValuedAlias:
        """Return the function as a source with one column, which is called as it is."""
        return MAKERS.table_valued(self, name=name, joins_implicitly=joins_implicitly)

    def select(self) -> Select[Any]:
        """Return a SELECT of what the function returns."""
        return MAKERS.select(self)
