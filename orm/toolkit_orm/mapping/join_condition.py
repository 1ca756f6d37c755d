"""How the rows of two classes belong together: the condition, and what it says of its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from toolkit_core.errors import (
    AmbiguousForeignKeysError,
    ArgumentError,
    NoForeignKeysError,
    warn,
)
from toolkit_core.expression import operators
from toolkit_core.expression.binary import BinaryExpression
from toolkit_core.expression.conditions import joined
from toolkit_core.expression.join_condition import paths_between
from toolkit_core.schema import Column
from toolkit_orm.mapping.column_pairs import comparisons, nodes_in
from toolkit_orm.mapping.direction import MANYTOMANY, RelationshipDirection, direction_of
from toolkit_orm.mapping.marked_column import (
    MarkedColumn,
    equated,
    marked,
    plain,
    with_marked_equals,
    with_marks,
)

Pairs = list[tuple[Any, Any]]


class Sides:
    """The two sources that a relationship joins, and the table between them if there is one."""

    def __init__(
        self, parent: Any, parent_local: Any, target: Any, target_local: Any, secondary: Any
    ) -> None:
        self.parent = parent
        self.parent_local = parent_local
        self.target = target
        self.target_local = target_local
        self.secondary = secondary

    @property
    def is_self_referential(self) -> bool:
        """Whether both sides are rows of the same table."""
        parent, target = self.parent, self.target
        return bool(parent.is_derived_from(target) or target.is_derived_from(parent))


class JoinCondition:
    """The condition of one relationship, worked out when its mappers are configured."""

    def __init__(
        self,
        name: str,
        sides: Sides,
        *,
        primaryjoin: Any = None,
        secondaryjoin: Any = None,
        foreign_keys: Iterable[Any] = (),
        remote_side: Iterable[Any] = (),
        viewonly: bool = False,
    ) -> None:
        self.name = name
        self.sides = sides
        self.viewonly = viewonly
        self.foreign_keys = [plain(column) for column in foreign_keys]
        self.remote_side = [plain(column) for column in remote_side]
        if secondaryjoin is not None and sides.secondary is None:
            raise ArgumentError(
                f"Property {name} specified with secondary join condition but no secondary argument"
            )
        given_primary, given_secondary = primaryjoin, secondaryjoin
        if sides.secondary is not None and given_secondary is None:
            given_secondary = self._found(sides.target, sides.target_local, "secondaryjoin")
        if given_primary is None:
            given_primary = self._found(sides.parent, sides.parent_local, "primaryjoin")
        self.primaryjoin = plain(given_primary)
        self.secondaryjoin = None if given_secondary is None else plain(given_secondary)
        # The same with each column's marks: a column may stand on both sides, as near and as far.
        self._marked = [marked(one) for one in (given_primary, given_secondary) if one is not None]
        self._found_leaves: list[MarkedColumn[Any]] | None = None
        # Columns that are compared with themselves: of two rows of one table.
        self._equal = [
            one.left.element
            for condition in self._marked
            for one in comparisons(condition)
            if equated(one)
        ]
        self._mark_foreign()
        self.foreign: list[Any] = self._with("is_foreign")
        self._check_foreign()
        self._mark_remote()
        self.remote: list[Any] = self._with("is_remote")
        self.direction: RelationshipDirection = (
            MANYTOMANY
            if self.secondaryjoin is not None
            else direction_of(name, sides.parent, sides.target, self._of_direction())
        )
        self.local_remote_pairs: Pairs = []
        self.synchronize_pairs: Pairs = self._pairs(self._marked[0])
        self.secondary_synchronize_pairs: Pairs = []
        if self.secondaryjoin is not None:
            self.secondary_synchronize_pairs = self._pairs(self._marked[1])
        self._check_pairs()

    @property
    def marked(self) -> tuple[Any, Any]:
        """Both conditions with each column's marks; the second is None without a table between."""
        return self._marked[0], self._marked[1] if len(self._marked) > 1 else None

    # -- the condition --------------------------------------------------------------------

    def _found(self, side: Any, local: Any, argument: str) -> Any:
        """Return the condition that foreign keys give."""
        sides = self.sides
        other = sides.target if sides.secondary is None else sides.secondary
        paths = paths_between(side, other, local)
        if self.foreign_keys:
            told = [path for path in paths if self._is_chosen(path, all)]
            paths = told or [path for path in paths if self._is_chosen(path, any)]
        if not paths:
            raise self._no_path(side, argument)
        if len(paths) > 1:
            raise self._several_paths(side, paths, argument)
        return joined(operators.and_, tuple([one == another for one, another in paths[0]]))

    def _is_chosen(self, path: Pairs, how_many: Callable[[Iterable[bool]], bool]) -> bool:
        told = self.foreign_keys
        return how_many(_has(told, one) or _has(told, two) for one, two in path)

    def _no_path(self, side: Any, argument: str) -> NoForeignKeysError:
        by = ""
        if self.sides.secondary is not None:
            by = f" via secondary table '{self.sides.secondary.description}'"
        return NoForeignKeysError(
            "Could not determine join condition between parent/child tables on relationship "
            f"{self.name} - there are no foreign keys linking these tables{by}.  Ensure that "
            "referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or "
            f"specify a '{argument}' expression.",
            hint=self._example(side),
        )

    def _example(self, side: Any) -> str:
        other = self.sides.secondary if self.sides.secondary is not None else self.sides.target
        key = next(iter(side.primary_key), None)
        column = getattr(key, "name", "id")
        return (
            f"a column with ForeignKey('{side.description}.{column}') in {other.description!r}, or "
            "the other way round"
        )

    def _several_paths(
        self, side: Any, paths: list[Pairs], argument: str
    ) -> AmbiguousForeignKeysError:
        by = ""
        more = ""
        if self.sides.secondary is not None:
            by = f" via secondary table '{self.sides.secondary.description}'"
            more = " from the secondary table"
        ways = "; or ".join(_described(path) for path in paths)
        columns = " or ".join(
            f"foreign_keys=[{', '.join(f'{two.table.description}.{two.name}' for _, two in path)}]"
            for path in paths
        )
        return AmbiguousForeignKeysError(
            "Could not determine join condition between parent/child tables on relationship "
            f"{self.name} - there are multiple foreign key paths linking the tables{by}.  Specify "
            "the 'foreign_keys' argument, providing a list of those columns which should be "
            f"counted as containing a foreign key reference{more} to the parent table.",
            hint=f"{columns}, of the paths {ways}",
        )

    # -- what its columns are -------------------------------------------------------------

    def _leaves(self) -> list[MarkedColumn[Any]]:
        """Return the columns with their marks, as often as they stand there."""
        found = self._found_leaves
        if found is None:
            found = [node for condition in self._marked for node in _leaves_in(condition)]
            self._found_leaves = found
        return found

    def _with(self, mark: str) -> list[Any]:
        return _each_once([leaf.element for leaf in self._leaves() if getattr(leaf, mark)])

    def _of_direction(self) -> list[tuple[Any, bool]]:
        """Return the referring columns, each with whether it is far.

        What is compared with itself says nothing of that, if others do.
        """
        told = [leaf for leaf in self._leaves() if leaf.is_foreign]
        others = [leaf for leaf in told if not _has(self._equal, leaf.element)]
        return [(leaf.element, leaf.is_remote) for leaf in others or told]

    def _mark(self, change: Callable[[MarkedColumn[Any]], Any]) -> None:
        self._marked = [with_marks(condition, change) for condition in self._marked]
        self._found_leaves = None

    def _mark_all(self, mark: str, columns: list[Any]) -> None:
        """Mark columns wherever they stand; of what is compared with itself, the left."""
        equal = self._equal
        here = [column for column in columns if not _has(equal, column)]
        self._mark(lambda leaf: leaf.but(**{mark: True}) if _has(here, leaf.element) else leaf)
        if equal:
            self._marked = [with_marked_equals(one, mark, columns) for one in self._marked]
            self._found_leaves = None

    def _mark_foreign(self) -> None:
        """Mark the columns that refer to others."""
        told = self.foreign_keys
        if told:
            self._mark_all("is_foreign", told)
        elif not self._with("is_foreign"):
            found: list[Any] = []
            for condition in self._conditions():
                for comparison in comparisons(condition):
                    left, right = comparison.left, comparison.right
                    if isinstance(left, Column) and isinstance(right, Column):
                        found += self._referring(left, right)
            self._mark_all("is_foreign", found)

    def _referring(self, left: Any, right: Any) -> list[Any]:
        secondary = self.sides.secondary
        if secondary is not None:
            for column in (left, right):
                if secondary.c.contains_column(column):
                    return [column]
        if left.references(right):
            return [left]
        return [right] if right.references(left) else []

    def _conditions(self) -> list[Any]:
        both = (self.primaryjoin, self.secondaryjoin)
        return [one for one in both if one is not None]

    def _check_foreign(self) -> None:
        if self.foreign:
            return
        raise ArgumentError(
            "Could not locate any relevant foreign key columns for primary join condition "
            f"'{self.primaryjoin}' on relationship {self.name}.  Ensure that referencing columns "
            "are associated with a ForeignKey or ForeignKeyConstraint, or are annotated in the "
            "join condition with the foreign() annotation."
        )

    def _mark_remote(self) -> None:
        """Mark the columns of the far side."""
        # Marks come before remote_side.
        if not self._with("is_remote"):
            self._mark_all("is_remote", [leaf.element for leaf in self._far_leaves()])
        sides = self.sides
        if sides.secondary is not None or sides.is_self_referential:
            return
        for leaf in self._leaves():
            near = sides.parent.c.contains_column(leaf.element)
            if leaf.is_remote and near and not sides.target.c.contains_column(leaf.element):
                warn(
                    f"Expression {leaf.element} is marked as 'remote', but these column(s) are "
                    "local to the local side.  The remote() annotation is needed only for a "
                    "self-referential relationship, where both sides of the relationship refer to "
                    "the same tables."
                )

    def _far_leaves(self) -> list[MarkedColumn[Any]]:
        return [leaf for leaf in self._leaves() if self._is_far(leaf)]

    def _is_far(self, leaf: MarkedColumn[Any]) -> bool:
        column, sides = leaf.element, self.sides
        if self.remote_side:
            return _has(self.remote_side, column)
        if sides.secondary is not None:
            return bool(sides.secondary.c.contains_column(column))
        if sides.is_self_referential:
            return leaf.is_foreign
        return bool(
            sides.target.c.contains_column(column)
            and (
                not sides.parent_local.c.contains_column(column)
                or sides.target_local.c.contains_column(column)
            )
        )

    # -- pairs ----------------------------------------------------------------------------

    def _pairs(self, condition: Any) -> Pairs:
        """Return source and destination of what a flush copies; note what is near and far."""
        found: Pairs = []
        for comparison in comparisons(condition):
            for left, right in _both(comparison):
                if right.is_remote and not left.is_remote:
                    _add(self.local_remote_pairs, left.element, right.element)
                equal = getattr(comparison, "operator", None) is operators.eq
                if equal and right.is_foreign and not left.is_foreign:
                    _add(found, left.element, right.element)
        return found

    def _check_pairs(self) -> None:
        if not self.synchronize_pairs and not self.viewonly:
            raise ArgumentError(
                "Could not locate any simple equality expressions involving locally mapped foreign "
                f"key columns for primary join condition '{self.primaryjoin}' on relationship "
                f"{self.name}.  Ensure that referencing columns are associated with a ForeignKey "
                "or ForeignKeyConstraint, or are annotated in the join condition with the "
                "foreign() annotation. To allow comparison operators other than '==', the "
                "relationship can be marked as viewonly=True."
            )
        if not self.local_remote_pairs:
            raise ArgumentError(
                f"Relationship {self.name} could not determine any unambiguous local/remote column "
                "pairs based on join condition and remote_side arguments.  Consider using the "
                "remote() annotation to accurately mark those elements of the join condition that "
                "are on the remote side of the relationship."
            )

    @property
    def local_columns(self) -> set[Any]:
        """The columns of the near side."""
        parent = self.sides.parent
        near = [leaf.element for leaf in _leaves_in(self._marked[0]) if not leaf.is_remote]
        return {column for column in near if parent.c.contains_column(column)}

    def reversed_primaryjoin(self, *, told: bool) -> Any:
        """Return the condition as the other side has it: what was near is far.

        ``told``: the other side is told its far columns otherwise.
        """
        if told:
            return with_marks(self._marked[0], lambda leaf: leaf.but(is_remote=False))
        return with_marks(self._marked[0], lambda leaf: leaf.but(is_remote=not leaf.is_remote))


def _both(comparison: BinaryExpression[Any]) -> list[tuple[Any, Any]]:
    left, right = comparison.left, comparison.right
    pairs = [(one, two) for one in _leaves_in(left) for two in _leaves_in(right)]
    return [pair for one, two in pairs for pair in ((one, two), (two, one))]


def _leaves_in(node: Any) -> list[MarkedColumn[Any]]:
    return [one for one in nodes_in(node) if isinstance(one, MarkedColumn)]


def _each_once(columns: list[Any]) -> list[Any]:
    return list({id(column): column for column in columns}.values())


def _has(columns: Iterable[Any], column: Any) -> bool:
    return any(column is one for one in columns)


def _add(pairs: Pairs, one: Any, two: Any) -> None:
    if not any(one is left and two is right for left, right in pairs):
        pairs.append((one, two))


def _described(path: Pairs) -> str:
    return " and ".join(
        f"{one.table.description}.{one.name} = {two.table.description}.{two.name}"
        for one, two in path
    )
