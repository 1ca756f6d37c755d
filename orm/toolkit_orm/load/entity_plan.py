"""How the entities of one statement are loaded: what is read of each, joined to it, asked after."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.processors import result_processor
from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_orm.errors import UnmappedError
from toolkit_orm.load.after import After
from toolkit_orm.load.choices import Choice, Choices, choices_of
from toolkit_orm.load.column_choice import ColumnChoice
from toolkit_orm.load.eager_joins import EagerJoins
from toolkit_orm.load.immediate import ImmediateLoader
from toolkit_orm.load.noload import NoLoader
from toolkit_orm.load.polymorphic import SubclassLoader
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
from toolkit_orm.query.load_option import Trail
from toolkit_orm.query.row_criteria import criteria_in
from toolkit_orm.query.user_option import propagated

_AFTER = {
    "selectin": SelectinLoader,
    "subquery": SubqueryLoader,
    "immediate": ImmediateLoader,
    "noload": NoLoader,
}
# What asks for something of each row, or of all rows; the rest waits until it is asked for.
EAGER = frozenset((*_AFTER, "joined", "contains"))


class PlannedEntity:
    """One entity: where its columns are, what is asked for after it, what was said of it."""

    __slots__ = ("afters", "columns", "root", "source", "told", "way")

    def __init__(
        self, columns: EntityColumns, source: Any, told: Told, root: int, way: Any
    ) -> None:
        self.columns = columns
        self.source = source
        self.told = told
        self.afters: list[After] = []
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
        self.names: list[str] | None = None

    # -- what is selected -----------------------------------------------------------------

    def part(self, raw: Any) -> Any:
        """Plan one thing that is selected."""
        if isinstance(raw, (Entity, AliasedEntity)):
            root = next(n for n, one in enumerate(self.raw) if one is raw)
            choices = self.choices.get(id(raw)) or Choices()
            return self.entity(raw, choices, root, ())
        if isinstance(raw, BundleNode):
            return self._bundle(raw)
        if self.names is not None:
            place = self._named_place(raw.key, getattr(raw, "element", raw))
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
        chosen = ColumnChoice(mapper, mapper.column_keys, choices.columns)
        places = self._places(rows, mapper, chosen, chosen.read)
        if not all(mapper.key_of[column] in places for column in mapper.primary_key):
            raise InvalidRequestError(f"The rows have no primary key of {mapper}")
        key = tuple([places[mapper.key_of[column]] for column in mapper.primary_key])
        deferred = frozenset(mapper.column_keys) - places.keys()
        made = EntityColumns(mapper, key, list(places.items()), deferred or None)
        told = Told(
            choices, self.kept_criteria, deferred=deferred, raising=frozenset(chosen.raising)
        )
        planned = PlannedEntity(made, source, told, root, way)
        self.planned[id(made)] = planned
        made.later = bool(
            choices or self.kept_criteria or self.is_watched or chosen.raising or self.passes
        )
        self._kinds(planned, rows, choices)
        self._related(planned, choices, rows)
        made.is_met = bool(planned.afters) or self.is_watched
        return made

    def _places(
        self, rows: Any, mapper: Any, chosen: ColumnChoice, keys: list[str]
    ) -> dict[str, int]:
        places = {}
        for key in keys:
            prop = mapper.props[key]
            said = chosen.expressions.get(key)
            if self.names is not None:
                place = self._named_place(key, mapper.column_of(prop))
                if place is not None:
                    places[key] = place
                continue
            if said is not None:
                column = self.lowering.node(said)
            else:
                column = self.lowering.column_of(rows, prop, mapper)
            places[key] = self._place_of(column)
        return places

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
        kinds = columns.kinds = Kinds(places[key], _unknown(mapper, columns))
        with_columns = _with_mappers(rows)
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
                planned.afters.append(SubclassLoader(one))

    def _own(
        self, one: Any, mapper: Any, rows: Any, choices: Choices, places: dict[Any, int]
    ) -> list[tuple[str, int]]:
        """Return where the attributes are that a subclass has and the class has not."""
        read = [above for above in _with_mappers(rows) if one.isa(above)]
        named = {name for above in read for name in above.column_keys}
        own = [name for name in one.column_keys if name in named and name not in mapper.props]
        for name in ColumnChoice(one, own, choices.columns).read:
            prop = one.props[name]
            if prop not in places:
                found = self._places(rows, one, ColumnChoice(one, [name], choices.columns), [name])
                if name in found:
                    places[prop] = found[name]
        return [(name, places[one.props[name]]) for name in own if one.props[name] in places]

    # -- what is related ------------------------------------------------------------------

    def _related(self, planned: PlannedEntity, choices: Choices, rows: Any) -> None:
        mapper = planned.columns.mapper
        for prop in self._relationships(planned, rows, choices):
            choice = choices.of(prop)
            how = prop.lazy if choice is None or choice.how == "default" else choice.how
            if how not in EAGER:
                continue
            is_said = choice is not None and choice.how != "default"
            if not is_said and self._is_enough(planned, prop):
                continue
            found = choice or Choice(how, None, None)
            only = None if mapper.isa(prop.parent) else prop.parent.class_
            if self.names is not None and how == "joined":
                how = "selectin"
            if how in ("joined", "contains"):
                self._joined(planned, prop, found, rows, only)
            else:
                after = _AFTER[how](prop, found, planned, only)
                trail = self.trail_of(planned)
                after.trail = trail.but(way=(*trail.way, prop))
                planned.afters.append(after)

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

    def _is_enough(self, planned: PlannedEntity, prop: Any) -> bool:
        """Tell whether what is loaded by itself has come far enough: a class comes but once."""
        trail = self.trail_of(planned)
        if prop.join_depth is not None:
            return sum(one is prop for one in trail.way) >= int(prop.join_depth)
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
            far = self.joins.add(planned, rows, path, prop, choice)
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

    def placed(self, names: tuple[str, ...]) -> Planning:
        """Return a plan in which columns are found by the names that rows have."""
        made = Planning(self.lowering, self.statement, self.raw, is_watched=self.is_watched)
        made.names = list(names)
        made.columns = [None] * len(names)
        return made

    def _named_place(self, key: str, column: Any) -> int | None:
        names = self.names or []
        table = getattr(getattr(column, "table", None), "name", None)
        for name in (getattr(column, "name", None), f"{table}_{column.name}", key):
            if name in names:
                place = names.index(name)
                self.columns[place] = column
                return place
        return None

    def processors(self, dialect: Any) -> list[Any]:
        """Return what processes the values of the columns that were found."""
        return [
            None if column is None else result_processor(column.type, dialect)
            for column in self.columns
        ]


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
    return any(
        step.how == "selectin_polymorphic"
        and any(mapper.isa(one.mapper) for one in step.attributes)
        for step in choices.columns
    )


def _unknown(mapper: Any, columns: EntityColumns) -> Any:
    def unknown(value: Any) -> Any:
        if value is None:
            missing = frozenset(mapper.column_keys) - {name for name, _ in columns.attributes}
            return (mapper.class_, mapper.class_.__state_class__, missing or None, 0)
        if value in mapper.polymorphic_map:
            other = mapper.polymorphic_map[value]
            raise InvalidRequestError(
                f"A row can't be loaded into an object; the polymorphic discriminator column "
                f"'{mapper.polymorphic_on}' refers to {other}, which is not a sub mapper of the "
                f"requested {mapper}"
            )
        raise UnmappedError(f"No such polymorphic_identity {value!r} is defined")

    return unknown


def _contained(source: Any, path: Any) -> Any:
    """Return what the statement reads related objects from, as contains_eager() says."""
    if source is None:
        return target_of(path)
    if hasattr(source, "attribute_of"):
        return source
    return AliasedEntity(source, path.mapper, is_named=True)
