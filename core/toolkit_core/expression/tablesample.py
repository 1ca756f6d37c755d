"""A sample of a table's rows."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.alias import AliasedReturnsRows
from toolkit_core.expression.coerce import expression
from toolkit_core.expression.coercions import as_named_source
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.functions import FunctionElement, func
from toolkit_core.expression.node import Node, child, declared


@declared
class TableSample(AliasedReturnsRows):
    """A source of which only some rows are read: ``TABLESAMPLE``.

    ``sampling`` is a function of the database, or a number: then it is ``system(number)``.
    """

    visit_name = "tablesample"

    sampling: Any = child(kw_only=True)
    seed: Any = child(default=None, kw_only=True)

    def _own_parts(self) -> tuple[Any, ...]:
        seed = None if self.seed is None else self.seed.structure()
        return (self.name, self.sampling.structure(), seed)

    def inner_leaves(self) -> tuple[Node, ...]:
        """Return the leaves of what it is made of."""
        leaves = super().inner_leaves()
        for below in (self.sampling, self.seed):
            if below is not None:
                below.structure()
                leaves += below._leaves
        return leaves

    @property
    def names_alias(self) -> str:  # type: ignore[override]
        """What a name that is found for it begins with."""
        return getattr(self.element, "name", None) or "anon"


def tablesample(
    selectable: FromClause, sampling: Any, name: str | None = None, seed: Any | None = None
) -> TableSample:
    """Return a sample of a source's rows.

    >>> from toolkit_core.expression.table_clause import table
    >>> tablesample(table("person"), 5, "some")
    <TableSample some>
    """
    return made_sample(as_named_source(selectable), sampling, name, seed)


def made_sample(
    source: Any, sampling: Any, name: str | None = None, seed: Any | None = None
) -> TableSample:
    """Return a sample of a source's rows."""
    if not isinstance(sampling, FunctionElement):
        sampling = func.system(sampling)
    return TableSample(
        element=source,
        name=name,
        sampling=sampling,
        seed=None if seed is None else expression(seed),
    )
