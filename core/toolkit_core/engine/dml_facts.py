"""What can be asked of an INSERT, UPDATE or DELETE that was executed: worked out when asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.compiler.column_defaults import counted_column, key_columns
from toolkit_core.engine.execution_facts import ExecutionFacts
from toolkit_core.engine.row_shape import plain_shape

if TYPE_CHECKING:
    from toolkit_core.compiler.dml import CompiledDML


class DMLFacts(ExecutionFacts):
    """The facts of one execution; it keeps what was compiled and what was sent, no more."""

    # Rows of what RETURNING has fetched for us.
    fetched_rows: Sequence[Any] | None = None

    def __init__(
        self, compiled: CompiledDML, sets: Sequence[Mapping[str, Any]], many: bool
    ) -> None:
        self.compiled = compiled
        self.sets = sets
        self.executemany = many

    @property
    def is_insert(self) -> bool:  # type: ignore[override]
        """Whether it is an INSERT."""
        return self.compiled.is_insert

    @property
    def is_update(self) -> bool:  # type: ignore[override]
        """Whether it is an UPDATE."""
        return self.compiled.is_update

    @property
    def statement(self) -> str:
        """The SQL."""
        return self.compiled.sql

    @property
    def parameters(self) -> Any:
        """The values, for who reports an error."""
        sets = self.compiled_parameters
        return sets if self.executemany else sets[0]

    @property
    def isdelete(self) -> bool:
        """Whether it is a DELETE."""
        return not self.compiled.is_insert and not self.compiled.is_update

    @property
    def is_returning(self) -> bool:  # type: ignore[override]
        """Whether the user has asked for rows back."""
        return self.compiled.returns and not self.compiled.shows_defaults

    @property
    def compiled_parameters(self) -> Sequence[Mapping[str, Any]]:  # type: ignore[override]
        """The values of each set, by the names of their parameters."""
        own = {name: key for key, name in self.compiled.spelled.items()}
        names = [own.get(name, name) for name in self.compiled.names]
        return [{name: one[name] for name in names} for one in self.sets]

    @property
    def prefetch_cols(self) -> Sequence[Any]:  # type: ignore[override]
        """The columns whose defaults were computed before sending."""
        return [column for _, _, column, number in self.compiled.sent if not number]

    @property
    def postfetch_cols(self) -> Sequence[Any]:  # type: ignore[override]
        """The columns whose values the server has computed and nobody has fetched."""
        fetched = set(map(id, self.compiled.fetched))
        return [one for one in self.compiled.computed if id(one) not in fetched]

    @property
    def lastrow_has_defaults(self) -> bool:  # type: ignore[override]
        """Whether there are such columns."""
        return bool(self.postfetch_cols)

    @property
    def inserted_primary_key_rows(self) -> Sequence[Any]:  # type: ignore[override]
        """The keys of the inserted rows, as far as they are known."""
        return inserted_keys(self)

    @property
    def returned_defaults_rows(self) -> Sequence[Any] | None:  # type: ignore[override]
        """What RETURNING has fetched for us, row by row."""
        if self.fetched_rows is None:
            return None
        make: Any = self.compiled.shapes.rows.many
        rows: Sequence[Any] = make(self.fetched_rows)
        return rows


def inserted_keys(facts: DMLFacts) -> list[Any]:
    """Return the keys of inserted rows: as given, as fetched, or as the driver counted."""
    compiled = facts.compiled
    columns = key_columns(compiled.table)
    make = plain_shape(tuple([column.key for column in columns])).row
    fetched = facts.returned_defaults_rows
    counted = counted_column(compiled.table) if compiled.learns_key else None
    keys = []
    for position, one in enumerate(facts.sets):
        back = None if fetched is None or position >= len(fetched) else fetched[position]._mapping
        key = []
        for column in columns:
            found = one.get(compiled.renamed.get(column.key, column.key))
            if found is None and back is not None and column in back:
                found = back[column]
            if found is None and column is counted and not facts.executemany:
                found = facts.lastrowid
            key.append(found)
        keys.append(make(key))
    return keys
