"""How the rows of two classes belong together: the condition, and what it says of its columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.errors import AmbiguousForeignKeysError, ArgumentError, NoForeignKeysError
from toolkit_core.expression import operators
from toolkit_core.expression.binary import BinaryExpression
from toolkit_core.expression.conditions import joined
from toolkit_core.expression.join_condition import paths_between
from toolkit_core.expression.node import Node
from toolkit_core.schema import Column
from toolkit_orm.mapping.column_pairs import comparisons, nodes_in
from toolkit_orm.mapping.direction import MANYTOMANY, RelationshipDirection, direction_of
from toolkit_orm.mapping.marked_column import MarkedColumn, plain

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
        marked = [given_primary] + ([] if given_secondary is None else [given_secondary])
        # With the marks: which of two columns of one name is the far one.
        self.marked: tuple[Any, Any] = (given_primary, given_secondary)
        self.primaryjoin = plain(given_primary)
        self.secondaryjoin = None if given_secondary is None else plain(given_secondary)
        self.foreign: list[Any] = self._foreign(marked)
        self._check_foreign()
        self.remote: list[Any] = self._remote(marked)
        self.direction: RelationshipDirection = (
            MANYTOMANY
            if self.secondaryjoin is not None
            else direction_of(name, sides.parent, sides.target, self.foreign, self.remote)
        )
        self.local_remote_pairs: Pairs = []
        self.synchronize_pairs: Pairs = self._pairs(self.primaryjoin)
        self.secondary_synchronize_pairs: Pairs = []
        if self.secondaryjoin is not None:
            self.secondary_synchronize_pairs = self._pairs(self.secondaryjoin)
        self._check_pairs()

    # -- the condition --------------------------------------------------------------------

    def _found(self, side: Any, local: Any, argument: str) -> Any:
        """Return the condition that foreign keys give."""
        sides = self.sides
        other = sides.target if sides.secondary is None else sides.secondary
        paths = paths_between(side, other, local)
        if len(paths) > 1 and self.foreign_keys:
            chosen = [path for path in paths if self._is_chosen(path)]
            paths = chosen or paths
        if not paths:
            raise self._no_path(side, argument)
        if len(paths) > 1:
            raise self._several_paths(side, paths, argument)
        return joined(operators.and_, tuple([one == another for one, another in paths[0]]))

    def _is_chosen(self, path: Pairs) -> bool:
        return all(
            _has(self.foreign_keys, one) or _has(self.foreign_keys, two) for one, two in path
        )

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

    def _marked(self, conditions: list[Any], mark: str) -> list[Any]:
        found: list[Any] = []
        for condition in conditions:
            for node in nodes_in(condition):
                if isinstance(node, MarkedColumn) and getattr(node, mark):
                    found += _columns(plain(node))
        return _each_once(found)

    def _foreign(self, marked: list[Any]) -> list[Any]:
        """Return the columns that refer to others."""
        told = self._marked(marked, "is_foreign")
        if self.foreign_keys:
            here = [column for one in self._conditions() for column in _columns(one)]
            told = told + [column for column in self.foreign_keys if _has(here, column)]
        if told:
            return _each_once(told)
        found: list[Any] = []
        for condition in self._conditions():
            for comparison in comparisons(condition):
                left, right = comparison.left, comparison.right
                if isinstance(left, Column) and isinstance(right, Column):
                    found += self._referring(left, right)
        return _each_once(found)

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

    def _remote(self, marked: list[Any]) -> list[Any]:
        """Return the columns of the far side."""
        told = self._marked(marked, "is_remote")
        if self.remote_side:
            if told:
                raise ArgumentError("remote_side argument is redundant against remote annotation.")
            return list(self.remote_side)
        if told:
            return told
        sides = self.sides
        here = _each_once([column for one in self._conditions() for column in _columns(one)])
        if sides.secondary is not None:
            return [column for column in here if sides.secondary.c.contains_column(column)]
        if sides.is_self_referential:
            return [column for column in here if _has(self.foreign, column)]
        return [
            column
            for column in here
            if sides.target.c.contains_column(column)
            and (
                not sides.parent_local.c.contains_column(column)
                or sides.target_local.c.contains_column(column)
            )
        ]

    # -- pairs ----------------------------------------------------------------------------

    def _pairs(self, condition: Any) -> Pairs:
        """Return source and destination of what a flush copies; note what is near and far."""
        found: Pairs = []
        for comparison in comparisons(condition):
            for left, right in _both(comparison):
                if _has(self.remote, right) and not _has(self.remote, left):
                    _add(self.local_remote_pairs, left, right)
                equal = comparison.operator is operators.eq
                if equal and _has(self.foreign, right) and not _has(self.foreign, left):
                    _add(found, left, right)
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
        return {
            column
            for column in _columns(self.primaryjoin)
            if not _has(self.remote, column) and parent.c.contains_column(column)
        }

    def reversed_primaryjoin(self) -> Any:
        """Return the condition as the other side has it: what was near is far."""

        def mark(node: Node) -> Any:
            if isinstance(node, Column):
                return MarkedColumn(
                    node,
                    is_foreign=_has(self.foreign, node),
                    is_remote=not _has(self.remote, node),
                    type=node.type,
                    name=node.name,
                    names_parameter=node.names_parameter,
                )
            return node.rewritten(mark)

        return mark(self.primaryjoin)


def _both(comparison: BinaryExpression[Any]) -> Pairs:
    left, right = comparison.left, comparison.right
    pairs = [(one, two) for one in _columns(left) for two in _columns(right)]
    return [pair for one, two in pairs for pair in ((one, two), (two, one))]


def _columns(node: Any) -> list[Any]:
    """Return the columns in an expression."""
    return _each_once([one for one in nodes_in(node) if getattr(one, "table", None) is not None])


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
