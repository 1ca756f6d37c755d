"""What related objects mean for a flush: keys to be copied, rows between, objects to go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from toolkit_core.errors import warn
from toolkit_orm.instrument.history import History, history_of, members
from toolkit_orm.instrument.parenthood import is_orphan
from toolkit_orm.instrument.state import InstanceState, state_of
from toolkit_orm.mapping.direction import MANYTOMANY, MANYTOONE
from toolkit_orm.mapping.relationship_link import link_of
from toolkit_orm.mapping.relationship_property import RelationshipProperty
from toolkit_orm.mapping.setting import set_noted
from toolkit_orm.unit_of_work.written import written

Pairs = tuple[tuple[str, str], ...]


class Copy(NamedTuple):
    """A key that an object takes over from another when that has been written; or loses."""

    source: InstanceState | None
    dest: InstanceState
    # Attributes of the source, and those of the other that get their values.
    pairs: Pairs
    # Whether it is written when both rows are there, in an UPDATE of its own.
    is_late: bool = False

    def is_done(self) -> bool:
        """Tell whether the values are there already."""
        values: dict[str, Any] = self.dest().__dict__
        if self.source is None:
            expired = self.dest.stale or ()
            return all(values.get(to) is None and to not in expired for _, to in self.pairs)
        source = self.source
        return source.pk is not None and all(
            to in values and values[to] == current(source, start) for start, to in self.pairs
        )

    def carry_out(self) -> None:
        """Take the values over."""
        instance: Any = self.dest()
        source = self.source
        for start, to in self.pairs:
            if (
                source is None
                and to in written(self.dest.mapper).key_names
                and self.dest.pk is not None
            ):
                mapper: Any = self.dest.mapper
                raise AssertionError(
                    f"Dependency rule tried to blank-out primary key column "
                    f"'{mapper.props[to].columns[0]}' on instance '{instance!r}'"
                )
            set_noted(instance, to, None if source is None else current(source, start))


def current(state: InstanceState, name: str) -> Any:
    """Return the value of a column attribute, loaded only if it is not part of the key."""
    values = state.dict
    if name in values:
        return values[name]
    if state.pk is not None and name in state.mapper.key_names:
        return state.key_part(name)
    return getattr(state(), name)


class Row(NamedTuple):
    """A row of the table between two objects."""

    prop: Any
    near: InstanceState
    far: InstanceState
    # What its columns are, where a key that they have has changed.
    before: dict[str, Any] | None = None


class Relations:
    """All of them, for the objects that a flush is about."""

    __slots__ = (
        "added_rows",
        "copies",
        "followers",
        "held",
        "kept",
        "moved_rows",
        "orphans",
        "removed_rows",
    )

    def __init__(self) -> None:
        self.copies: list[Copy] = []
        self.added_rows: dict[Any, Row] = {}
        self.removed_rows: dict[Any, Row] = {}
        self.moved_rows: dict[Any, Row] = {}
        # Keys that the database has others take over, by whose they are.
        self.followers: dict[InstanceState, list[Copy]] = {}
        # Objects that nobody has any more, and that are to go for it.
        self.orphans: dict[InstanceState, Any] = {}
        # Objects that were taken out: nothing else may hold them when their turn comes.
        self.held: list[Any] = []
        # Objects that were to go, and have been given to another.
        self.kept: set[InstanceState] = set()


def written_relationships(mapper: Any) -> list[RelationshipProperty[Any]]:
    """Return the relationships of a class that a flush writes."""
    found: list[RelationshipProperty[Any]] | None = mapper.memo.get("written_relationships")
    if found is None:
        mapper.check_configure()
        found = mapper.memo["written_relationships"] = [
            prop
            for prop in mapper.props.values()
            if isinstance(prop, RelationshipProperty) and not prop.viewonly
        ]
    return found


def relations_of(states: Iterator[InstanceState], deleted: dict[InstanceState, Any]) -> Relations:
    """Find out what the changes in relationships mean."""
    relations = Relations()
    for state in states:
        is_going = state in deleted
        if state.parents is not None and not is_going and is_orphan(state):
            relations.orphans[state] = state()
        for prop in written_relationships(state.mapper):
            history = related_history(state, prop, everything=is_going)
            if is_going:
                _of_deleted(relations, state, prop, _objects_only(history), deleted)
            elif history.added or history.deleted:
                relations.held += history.deleted
                told = _of_session(state, prop, _objects_only(history))
                if told is not None:
                    _of_changed(relations, state, prop, told, deleted)
    relations.copies = _settled(relations.copies)
    return relations


def _settled(copies: list[Copy]) -> list[Copy]:
    """Leave out that an object loses a key which it gets from another."""
    if not any(copy.source is None for copy in copies):
        return copies
    given = {(copy.dest, to) for copy in copies if copy.source is not None for _, to in copy.pairs}
    return [
        copy
        for copy in copies
        if copy.source is not None or not any((copy.dest, to) in given for _, to in copy.pairs)
    ]


def related_history(
    state: InstanceState, prop: RelationshipProperty[Any], *, everything: bool = False
) -> History:
    """Return what has become of a relationship; ``everything`` loads it where it matters."""
    instance: Any = state()
    link = link_of(prop)
    is_collection = link.collection_class is not None
    missing = prop.key not in instance.__dict__
    if missing and state.pk is not None:
        if everything and prop.direction is not MANYTOONE and not prop.passive_deletes:
            getattr(instance, prop.key)
        elif state.waiting is not None and prop.key in state.waiting:
            added, removed = state.waiting[prop.key]
            return History(added, (), removed)
    return history_of(state, prop.key, is_collection=is_collection)


def _objects_only(history: History) -> History:
    """Leave out None, and of what was there before, objects that an earlier flush has deleted."""
    return History(
        [one for one in history.added if one is not None],
        *[
            [one for one in part if one is not None and not state_of(one).is_deleted]
            for part in (history.unchanged, history.deleted)
        ],
    )


def _of_changed(
    relations: Relations,
    state: InstanceState,
    prop: RelationshipProperty[Any],
    history: History,
    deleted: dict[InstanceState, Any],
) -> None:
    if prop.direction is MANYTOMANY:
        for one in history.added:
            note_row(relations.added_rows, Row(prop, state, state_of(one)))
        for one in history.deleted:
            note_row(relations.removed_rows, Row(prop, state, state_of(one)))
    elif prop.direction is MANYTOONE:
        pairs = copied_pairs(prop)
        source = state_of(history.added[0]) if history.added else None
        if source is not None and source in deleted:
            source = None
        relations.copies.append(Copy(source, state, pairs, prop.post_update))
    else:
        pairs = copied_pairs(prop)
        relations.copies += [
            Copy(state, state_of(one), pairs, prop.post_update) for one in history.added
        ]
        relations.kept.update(state_of(one) for one in history.added if state_of(one) in deleted)
        for one in history.deleted:
            _parted(relations, state_of(one), prop, state, deleted)
        return
    if prop.cascade.delete_orphan:
        _orphaned(relations, history)


def _of_session(
    state: InstanceState, prop: RelationshipProperty[Any], history: History
) -> History | None:
    """Leave out what was added and is in no session, or in another: it has no row to refer to."""
    if all(state_of(one).home is state.home for one in history.added):
        return history
    added = []
    for one in history.added:
        if state_of(one).home is state.home:
            added.append(one)
        else:
            left_out = "won't" if prop.direction is MANYTOONE else "will not"
            warn(
                f"Object of type <{type(one).__name__}> not in session, add operation along "
                f"'{prop.parent.class_.__name__}.{prop.key}' {left_out} proceed"
            )
    if prop.direction is MANYTOONE:
        # The reference stays what it was.
        return None
    return History(added, history.unchanged, history.deleted)


def _parted(
    relations: Relations,
    state: InstanceState,
    prop: RelationshipProperty[Any],
    parent: InstanceState,
    deleted: dict[InstanceState, Any],
) -> None:
    """Deal with an object that was taken out of another's attribute."""
    if state in deleted or state.pk is None:
        return
    if prop.cascade.delete_orphan and is_orphan(state):
        relations.orphans[state] = state()
    elif prop.passive_deletes != "all" and not _has_other_parent(state, prop, parent):
        relations.copies.append(Copy(None, state, copied_pairs(prop), prop.post_update))


def _has_other_parent(
    child: InstanceState, prop: RelationshipProperty[Any], parent: InstanceState
) -> bool:
    """Tell whether an object has been given to another than it was taken from."""
    values = child.dict
    now = [values[other.key] for other in prop.reverse if other.key in values]
    return any(one is not None and one is not parent() for one in now)


def _of_deleted(
    relations: Relations,
    state: InstanceState,
    prop: RelationshipProperty[Any],
    history: History,
    deleted: dict[InstanceState, Any],
) -> None:
    if prop.direction is MANYTOONE:
        if prop.post_update and state.pk is not None:
            relations.copies.append(Copy(None, state, copied_pairs(prop), is_late=True))
        return
    before = [*history.unchanged, *history.deleted]
    if prop.direction is MANYTOMANY:
        for one in before:
            note_row(relations.removed_rows, Row(prop, state, state_of(one)))
        return
    if prop.passive_deletes == "all":
        return
    if prop.cascade.delete_orphan:
        _orphaned(relations, history)
    for one in before:
        child = state_of(one)
        if child in deleted or child.pk is None:
            continue
        if not _has_other_parent(child, prop, state):
            relations.copies.append(Copy(None, child, copied_pairs(prop), prop.post_update))


def _orphaned(relations: Relations, history: History) -> None:
    """Have objects go that were taken out, and are nobody's now."""
    for one in history.deleted:
        state = state_of(one)
        if state.pk is not None and is_orphan(state):
            relations.orphans[state] = one


def note_row(rows: dict[Any, Row], row: Row) -> None:
    """Note a row, which both sides may tell of."""
    near = [to for _, to in row.prop.synchronize_pairs]
    far = [to for _, to in row.prop.secondary_synchronize_pairs]
    ends = frozenset(((*near, id(row.near)), (*far, id(row.far))))
    rows.setdefault((row.prop.secondary, ends), row)


def copied_pairs(prop: RelationshipProperty[Any]) -> Pairs:
    """Return which attribute's value goes to which; not for rows of a table between."""
    start, end = prop.parent, prop.mapper
    if prop.direction is MANYTOONE:
        start, end = end, start
    return tuple([(start.key_of[one], end.key_of[two]) for one, two in prop.synchronize_pairs])


def cascade(
    kind: str, state: InstanceState, halt_on: Callable[[InstanceState], bool] | None = None
) -> Iterator[tuple[Any, Any, InstanceState, dict[str, Any]]]:
    """Yield those objects with their mappers, states and values, as the mapper tells of them."""
    for one in cascaded(state(), kind, halt_on):
        found = state_of(one)
        yield one, found.mapper, found, one.__dict__


def cascaded(
    instance: Any, kind: str, halt_on: Callable[[InstanceState], bool] | None = None
) -> Iterator[Any]:
    """Yield the objects that something done to one is done to as well.

    ``halt_on`` tells of which neither they nor what they lead to are meant.
    """
    seen = {id(instance)}
    waiting = [instance]
    while waiting:
        one = waiting.pop()
        state = state_of(one)
        for prop in _cascading(state.mapper, kind):
            found = one.__dict__.get(prop.key)
            if found is None and kind == "delete" and state.pk is not None:
                found = None if prop.passive_deletes else getattr(one, prop.key)
            if found is None:
                if kind != "save-update" or state.waiting is None or not prop.uselist:
                    continue
                found = state.waiting.get(prop.key, ((),))[0]
            for other in members(found) if prop.uselist else [found]:
                if id(other) not in seen:
                    seen.add(id(other))
                    if halt_on is not None and halt_on(state_of(other)):
                        continue
                    waiting.append(other)
                    yield other


def _cascading(mapper: Any, kind: str) -> list[Any]:
    memo = f"cascading {kind}"
    found: list[Any] | None = mapper.memo.get(memo)
    if found is None:
        mapper.check_configure()
        found = mapper.memo[memo] = [
            prop
            for prop in mapper.props.values()
            if isinstance(prop, RelationshipProperty) and kind in prop.cascade
        ]
    return found
