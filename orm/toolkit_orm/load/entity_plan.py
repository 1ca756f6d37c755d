"""How the entities of one statement are loaded: what is read of each, joined to it, asked after."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import ArgumentError, InvalidRequestError, NoSuchColumnError
from toolkit_orm.errors import UnmappedError
from toolkit_orm.load.after import After
from toolkit_orm.load.choices import Choice, Choices, choices_of
from toolkit_orm.load.column_choice import ColumnChoice
from toolkit_orm.load.eager_joins import EagerJoins
from toolkit_orm.load.given_rows import GivenRows
from toolkit_orm.load.immediate import ImmediateLoader
from toolkit_orm.load.noload import NoLoader
from toolkit_orm.load.polymorphic import SubclassLoader, is_below
from toolkit_orm.load.row_source import BundleParts, EntityColumns, Joined, Kinds
from toolkit_orm.load.selectin import SelectinLoader
from toolkit_orm.load.subquery import SubqueryLoader
from toolkit_orm.load.told import Told
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.mapping.relationship_link import link_of
from toolkit_orm.mapping.relationship_property import RelationshipProperty
from toolkit_orm.query.aliased_entity import AliasedEntity
from toolkit_orm.query.bundle import BundleNode
from toolkit_orm.query.join_steps import target_of
from toolkit_orm.query.load_option import NothingRelated, Trail
from toolkit_orm.query.row_criteria import criteria_in
from toolkit_orm.query.sides import adapted
from toolkit_orm.query.user_option import propagated

_AFTER = {
    "selectin": SelectinLoader,
    "subquery": SubqueryLoader,
    "immediate": ImmediateLoader,
    "noload": NoLoader,
}
_BY_KEYS = frozenset(_AFTER) - {"noload"}
# What asks for something of each row, or of all rows; the rest waits until it is asked for.
EAGER = frozenset((*_AFTER, "joined", "contains"))


class PlannedEntity:
    """One entity: where its columns are, what is asked for after it, what was said of it."""

    __slots__ = ("afters", "apart", "columns", "root", "source", "told", "way")

    def __init__(
        self, columns: EntityColumns, source: Any, told: Told, root: int, way: Any
    ) -> None:
        self.columns = columns
        self.source = source
        self.told = told
        self.afters: list[After] = []
        # The subclasses that have queries of their own.
        self.apart: list[Any] = []
        # Where it is: which of the things that are selected, and the relationships from there.
        self.root = root
        self.way: tuple[Any, ...] = way


class Planning:
    """The plan of one statement, as it is made."""

    def __init__(self, lowering: Any, statement: Any, raw: Any, *, is_watched: bool) -> None:
        self.lowering = lowering
        self.statement = statement
        self.raw = list(raw)
        self.is_watched = is_watched
        self.columns: list[Any] = []
        self.planned: dict[int, PlannedEntity] = {}
        self.repeats = False
        entities = _entities(self.raw)
        self.choices = choices_of(statement, entities)
        self.criteria = criteria_in(statement)
        # Whether options of users' own go on to what is loaded later.
        self.passes = bool(propagated(getattr(statement, "with_options", ())))
        self.kept_criteria = tuple([one for one in self.criteria if one.propagates])
        self.lowering.criteria = self.criteria
        options = getattr(statement, "loader_options", ())
        # Whether values are in what was said: then each execution has its own.
        self.is_valued = any(one.structure().leafy for one in options)
        self.joins = EagerJoins(self)
        # Where the statement itself comes from.
        self.trail = next((one for one in options if isinstance(one, Trail)), None)
        # Whether its rows can have related objects, too: those that RETURNING gives cannot.
        self.may_join = True
        self.loads_related = not any(isinstance(one, NothingRelated) for one in options)
        # The rows, where the statement is given as it is.
        self.given: GivenRows | None = None

    # -- what is selected -----------------------------------------------------------------

    def part(self, raw: Any) -> Any:
        """Plan one thing that is selected."""
        if isinstance(raw, (Entity, AliasedEntity)):
            root = next(n for n, one in enumerate(self.raw) if one is raw)
            choices = self.choices.get(id(raw)) or Choices()
            return self.entity(raw, choices, root, ())
        if isinstance(raw, BundleNode):
            return self._bundle(raw)
        if self.given is not None:
            element = getattr(raw, "element", raw)
            place = self.given.place(raw.key, self.lowering.node(element))
            if place is None:
                raise InvalidRequestError(f"The rows of the statement have no column {raw.key!r}")
            return place
        return self._place_of(self.lowering.node(raw))

    def _place_of(self, column: Any) -> int:
        """Return where a column is, selected now if it is not yet."""
        for place, one in enumerate(self.columns):
            if one is column:
                return place
        self.columns.append(column)
        return len(self.columns) - 1

    def _bundle(self, node: BundleNode) -> Any:
        parts = [self.part(one) for one in node.columns]
        bundle = node.bundle
        labels = bundle.c.keys()
        procs = [_picker(place) for place in range(len(parts))]
        return BundleParts(parts, bundle.create_row_processor(None, procs, labels))

    def entity(
        self,
        source: Any,
        choices: Choices,
        root: int,
        way: tuple[Any, ...],
        *,
        rows: Any = None,
    ) -> EntityColumns:
        """Plan an entity: its columns, and what is related."""
        mapper = source.mapper
        mapper.check_configure()
        rows = source if rows is None else rows
        chosen = ColumnChoice(mapper, mapper.column_keys, choices.said_of_columns)
        places = self._places(rows, mapper, chosen, chosen.read)
        places |= self._places(rows, mapper, chosen, self._needed(mapper, choices, places))
        if not all(mapper.key_of[column] in places for column in mapper.primary_key):
            missing = [one for one in mapper.primary_key if mapper.key_of[one] not in places]
            raise NoSuchColumnError(
                f"The rows have no {missing[0]}, and without its primary key nobody knows which "
                f"{mapper.class_.__name__} it is",
                hint=f"select {mapper.class_.__name__}.{mapper.key_of[missing[0]]} as well",
            )
        key = tuple([places[mapper.key_of[column]] for column in mapper.primary_key])
        deferred = frozenset(mapper.column_keys) - places.keys()
        made = EntityColumns(mapper, key, list(places.items()), deferred or None)
        told = Told(
            choices,
            self.kept_criteria,
            deferred=deferred,
            raising=frozenset(chosen.raising),
            undeferred=frozenset(key for key in places if mapper.props[key].deferred),
        )
        planned = PlannedEntity(made, source, told, root, way)
        self.planned[id(made)] = planned
        made.refuses = choices.refuses
        made.later = bool(
            choices or self.kept_criteria or self.is_watched or chosen.raising or self.passes
        )
        self._kinds(planned, rows, choices)
        self._related(planned, choices, rows)
        made.is_met = bool(planned.afters) or self.is_watched
        return made

    def _needed(self, mapper: Any, choices: Choices, places: Any) -> list[str]:
        """Return what the queries that follow tell the owners of what they find by."""
        found: list[str] = []
        for prop in mapper.relationships:
            if choices.how(prop) in _BY_KEYS:
                found += [
                    mapper.key_of[local]
                    for local, _ in prop.local_remote_pairs
                    if local in mapper.key_of
                ]
        return [name for name in dict.fromkeys(found) if name not in places]

    def _places(
        self, rows: Any, mapper: Any, chosen: ColumnChoice, keys: list[str]
    ) -> dict[str, int]:
        places = {}
        for key in keys:
            prop = mapper.props[key]
            said = chosen.expressions.get(key)
            if self.given is not None:
                place = self.given.place(key, *map(self.lowering.node, prop.columns))
                if place is not None:
                    places[key] = place
                continue
            if said is not None:
                about = adapted(said, rows) if isinstance(rows, AliasedEntity) else said
                column = self.lowering.node(about)
            else:
                column = self.lowering.column_of(rows, prop, mapper)
                if rows.__class__ is AliasedEntity and self._is_elsewhere(rows, column, prop):
                    # A subquery without it: it is loaded when it is asked for.
                    continue
            places[key] = self._place_of(column)
        return places

    def _is_elsewhere(self, rows: Any, column: Any, prop: Any) -> bool:
        """Tell whether a column is none of what an alias reads from."""
        if getattr(column, "table", None) is None:
            return False
        return self.lowering.found_in(rows, column, prop) is None

    # -- classes of a hierarchy -----------------------------------------------------------

    def _kinds(self, planned: PlannedEntity, rows: Any, choices: Choices) -> None:
        """Plan which class each row is of, if there are several."""
        columns = planned.columns
        mapper = columns.mapper
        key = mapper.polymorphic_key
        below = list(mapper.polymorphic_iterator())
        places = dict(columns.attributes)
        if key is None or key not in places or (len(below) == 1 and mapper.inherits is None):
            return
        kinds = columns.kinds = Kinds(places[key], _unknown(mapper))
        with_columns = _with_mappers(rows)
        apart: list[Any] = []
        extras: dict[Any, int] = {}
        for one in below:
            attributes = self._own(one, mapper, rows, choices, extras)
            read = places.keys() | {name for name, _ in attributes}
            missing = frozenset(one.column_keys) - read
            kinds.extras.append(attributes)
            if one.polymorphic_identity is not None:
                state_class = one.class_.__state_class__
                told = (one.class_, state_class, missing or None, len(kinds.extras) - 1)
                kinds.by_value[one.polymorphic_identity] = told
            if one is not mapper and one not in with_columns and _is_selectin(one, choices):
                apart.append(one)
        if apart:
            planned.apart = apart
            planned.afters.append(SubclassLoader(mapper, apart, choices))

    def _own(
        self, one: Any, mapper: Any, rows: Any, choices: Choices, places: dict[Any, int]
    ) -> list[tuple[str, int]]:
        """Return where the attributes are that a subclass has and the class has not."""
        read = [above for above in _with_mappers(rows) if one.isa(above)]
        named = {name for above in read for name in above.column_keys}
        own = [name for name in one.column_keys if name in named and name not in mapper.props]
        for name in ColumnChoice(one, own, choices.said_of_columns).read:
            prop = one.props[name]
            if prop not in places:
                found = self._places(
                    rows, one, ColumnChoice(one, [name], choices.said_of_columns), [name]
                )
                if name in found:
                    places[prop] = found[name]
        return [(name, places[one.props[name]]) for name in own if one.props[name] in places]

    # -- what is related ------------------------------------------------------------------

    def _related(self, planned: PlannedEntity, choices: Choices, rows: Any) -> None:
        mapper = planned.columns.mapper
        if not self.loads_related:
            return
        for prop in self._relationships(planned, rows, choices):
            choice = choices.of(prop)
            how = choices.how(prop)
            if how not in EAGER:
                continue
            _check_depth(prop, choice)
            is_named = choice is not None and choice.step is not None and choice.how != "default"
            if not is_named and self._is_enough(planned, prop, how):
                continue
            found = choice or choices.nothing_said(how)
            only = None if mapper.isa(prop.parent) else prop.parent.class_
            if only is not None and any(is_below(prop, mapper, one) for one in planned.apart):
                # The query of the subclass sees to it.
                continue
            if how == "joined" and not (self.may_join and self._can_join(prop, mapper, rows)):
                how = "selectin"
            if how in ("joined", "contains"):
                self._joined(planned, prop, found, rows, only)
            else:
                after = _AFTER[how](prop, found, planned, only)
                trail = self.trail_of(planned)
                after.trail = trail.but(way=(*trail.way, prop))
                planned.afters.append(after)

    def _can_join(self, prop: Any, mapper: Any, rows: Any) -> bool:
        """Tell whether a relationship's own columns are among those that are read."""
        if self.given is not None:
            return False
        here = (mapper, *_with_mappers(rows))
        return any(one.isa(prop.parent) for one in here) or prop.parent.single

    def _relationships(self, planned: PlannedEntity, rows: Any, choices: Choices) -> list[Any]:
        mapper = planned.columns.mapper
        found = {
            id(one): one for one in mapper.props.values() if isinstance(one, RelationshipProperty)
        }
        if planned.columns.kinds is not None:
            for below in mapper.polymorphic_iterator():
                for prop in below.props.values():
                    eager = isinstance(prop, RelationshipProperty) and (
                        prop in choices.related or below in _with_mappers(rows)
                    )
                    if eager:
                        found.setdefault(id(prop), prop)
        return list(found.values())

    def _is_enough(self, planned: PlannedEntity, prop: Any, how: str) -> bool:
        """Tell whether what is loaded by itself has come far enough: a class comes but once.

        Joins count from what the statement selects, queries that follow from where it all began.
        """
        trail = self.trail_of(planned)
        if how == "joined":
            trail = Trail(self.raw[planned.root].mapper, planned.way)
        if prop.join_depth is not None:
            return len(trail.way) >= int(prop.join_depth)
        met = [trail.root, *[one.mapper for one in trail.way]]
        found: bool = any(prop.mapper.isa(one) or one.isa(prop.mapper) for one in met)
        return found

    def trail_of(self, planned: PlannedEntity) -> Trail:
        """Return how a statement came to an entity."""
        before = self.trail
        if before is None:
            return Trail(self.raw[planned.root].mapper, planned.way)
        return Trail(before.root, (*before.way, *planned.way))

    def _joined(
        self, planned: PlannedEntity, prop: Any, choice: Choice, rows: Any, only: Any
    ) -> None:
        path = choice.path or getattr(prop.parent.class_, prop.key)
        depth = choice.setting("recursion_depth")
        way = (*planned.way, prop)
        if choice.how == "contains":
            source = choice.step.source if choice.step is not None else None
            far = _contained(source, path)
        else:
            far = self.joins.add(rows, path, prop, choice)
        if depth is not None:
            raise ArgumentError("joinedload() takes no recursion_depth")
        part = self.entity(far, choice.below, planned.root, way)
        self.repeats = self.repeats or bool(prop.uselist)
        planned.columns.joined.append(Joined(prop.key, link_of(prop), part, only))

    # -- the statement --------------------------------------------------------------------

    def written(self) -> Any:
        """Return the plain statement."""
        statement = self.statement
        self.lowering.criteria = ()
        if not self.joins.steps:
            return self.lowering.with_columns(statement, self.columns)
        return self.joins.written(statement, self.columns)

    def in_order(self, parts: list[Any]) -> list[EntityColumns]:
        """Return all entities of the parts, what is joined to them included."""
        found: list[EntityColumns] = []
        for part in parts:
            if isinstance(part, BundleParts):
                found += self.in_order(part.parts)
            elif isinstance(part, EntityColumns):
                found.append(part)
                found += self.in_order([joined.part for joined in part.joined])
        return found

    # -- rows of a statement that is given as it is ---------------------------------------

    def placed(self, given: GivenRows) -> Planning:
        """Return a plan in which columns are found in rows that are as they are."""
        made = Planning(self.lowering, self.statement, self.raw, is_watched=self.is_watched)
        made.given = given
        return made


def _entities(raw: list[Any]) -> list[Any]:
    found = []
    for one in raw:
        if isinstance(one, (Entity, AliasedEntity)):
            found.append(one)
        elif isinstance(one, BundleNode):
            found += _entities(list(one.columns))
    return found


def _picker(place: int) -> Any:
    return lambda row: row[place]


def _with_mappers(rows: Any) -> tuple[Any, ...]:
    found: tuple[Any, ...] = getattr(rows, "with_mappers", ())
    return found or tuple(rows.mapper.with_polymorphic_mappers)


def _is_selectin(mapper: Any, choices: Choices) -> bool:
    if mapper.polymorphic_load == "selectin":
        return True
    return mapper in choices.kinds


def _known(mapper: Any) -> str:
    return ", ".join(sorted(map(repr, mapper.polymorphic_map)))


def _unknown(mapper: Any) -> Any:
    def unknown(value: Any) -> Any:
        if value is None:
            raise InvalidRequestError(
                f"A row can't be loaded into an object of {mapper.class_.__name__}; the "
                f"polymorphic discriminator column '{mapper.polymorphic_on}' is NULL",
                hint=f"one of {_known(mapper)} is expected there",
            )
        if value in mapper.polymorphic_map:
            other = mapper.polymorphic_map[value]
            raise InvalidRequestError(
                f"A row can't be loaded into an object; the polymorphic discriminator column "
                f"'{mapper.polymorphic_on}' refers to {other}, which is not a sub mapper of the "
                f"requested {mapper}"
            )
        raise UnmappedError(
            f"No such polymorphic_identity {value!r} is defined; the polymorphic discriminator "
            f"column is '{mapper.polymorphic_on}' of {mapper.class_.__name__}",
            hint=f"one of {_known(mapper)} is expected there, or the class is not imported yet",
        )

    return unknown


def _contained(source: Any, path: Any) -> Any:
    """Return what the statement reads related objects from, as contains_eager() says."""
    if source is None:
        return target_of(path)
    if hasattr(source, "attribute_of"):
        return source
    return AliasedEntity(source, path.mapper, is_named=True)


def _check_depth(prop: Any, choice: Choice | None) -> None:
    """Refuse a depth where there is nothing that a relationship could lead to again."""
    if choice is None or not choice.setting("recursion_depth"):
        return
    if not (prop.mapper.isa(prop.parent) or prop.parent.isa(prop.mapper)):
        raise InvalidRequestError(
            f"recursion_depth option on relationship {prop} not valid for non-self-referential "
            "relationship",
            hint=f"it leads to {prop.mapper.class_.__name__}; leave the depth out",
        )
