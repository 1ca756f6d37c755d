"""What a SELECT of entities is, once its shape is known: SQL, and how rows become objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, count
from typing import Any

from toolkit_core.compiler.node import CompiledNode, compile_node
from toolkit_core.compiler.processors import result_processor
from toolkit_core.engine.prepare_node import shapes_of
from toolkit_core.engine.row_reader import Reader
from toolkit_core.engine.row_shape import RowShape, Shapes
from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.from_statement import FromStatement
from toolkit_core.expression.label_style import (
    LABEL_STYLE_DEFAULT,
    LABEL_STYLE_LEGACY_ORM,
    SelectLabelStyle,
)
from toolkit_core.expression.selected import row_names
from toolkit_orm.instrument.attribute import ColumnAttribute
from toolkit_orm.load.after import After
from toolkit_orm.load.choices import choices_of
from toolkit_orm.load.column_rows import like_one_of, shape_of_columns
from toolkit_orm.load.entity_plan import PlannedEntity, Planning
from toolkit_orm.load.given_rows import GivenRows
from toolkit_orm.load.row_source import EntityColumns, Form, Load, row_loader
from toolkit_orm.load.told import Told
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.mapping.mapper_events import load_is_heard
from toolkit_orm.query import load_option
from toolkit_orm.query.aliased_entity import AliasedEntity
from toolkit_orm.query.bundle import BundleNode
from toolkit_orm.query.lowering import Lowering
from toolkit_orm.query.row_criteria import criteria_in


class EntityShape(RowShape):
    """The shape of rows with entities in them, and the function that makes those."""

    quiet: Load
    # What the rows are made of: to load them in other forms.
    made_of: tuple[Any, ...]
    other_forms: dict[Form, Load]
    # The mappers of all that rows may become.
    mappers: Sequence[Any] = ()
    # What is loaded by further queries, by the number of the entity.
    afters: dict[int, list[After]]
    # For each entity what was said of it; and how to find it where values are in what was said.
    told: tuple[Told, ...]
    retold: Callable[[Any], tuple[Told, ...]] | None = None
    # Whether rows repeat objects, so that they must be made unique.
    repeats = False
    # Whether objects that are there are loaded anew (``always_refresh``).
    again = False
    # Whether all rows must be read before the first object is whole.
    whole = False

    def loader(self, *, again: bool, grouped: bool = False) -> Load:
        """Return what makes of rows what the statement selects, for one execution of it.

        ``again``: objects that are there are loaded anew; ``grouped``: lists of the last thing
        that is selected, by what is before it.
        """
        tells = load_is_heard(self.mappers)
        if not (again or grouped or tells):
            return self.quiet
        form = Form(grouped=grouped, tells=tells, again=again)
        found: Load | None = self.other_forms.get(form)
        if found is None:
            parts, width, processors = self.made_of
            found = self.other_forms[form] = row_loader(parts, width, processors, form)
        return found


class RepeatingShape(EntityShape):
    """The shape of rows that repeat an object for each of those in its collections."""

    repeats = True
    whole = True

    @property
    def rows(self) -> Reader:
        """Makes rows, once duplicates are filtered."""
        return _refusing(super().rows)

    def _scalar_reader(self, position: int) -> Reader:
        return _refusing(super()._scalar_reader(position))


def _refusing(reader: Reader) -> Reader:
    return Reader(_refuse, _refuse, reader.compared, reader.shown, reader.key, reader.one)


def _refuse(raws: Any) -> Any:
    raise InvalidRequestError(
        "The unique() method must be invoked on this Result, as it contains results that "
        "include joined eager loads against collections",
        hint="session.scalars(statement).unique().all(), or selectinload() in place of it",
    )


def loading(statement: Any, leaves: Any, dialect: Any, schemas: Any) -> CompiledNode:
    """Write a statement about entities; its values are read off the leaves that were given."""
    return _loading(statement, leaves, dialect, schemas, is_watched=False)


def watched_loading(statement: Any, leaves: Any, dialect: Any, schemas: Any) -> CompiledNode:
    """Do the same for a session that wants to know which objects came together."""
    return _loading(statement, leaves, dialect, schemas, is_watched=True)


def _loading(
    statement: Any, leaves: Any, dialect: Any, schemas: Any, *, is_watched: bool
) -> CompiledNode:
    lowering = Lowering()
    raw = _selected(statement)
    if statement.visit_name == "textual_select":
        return _textual(lowering, statement, leaves, dialect, schemas)
    is_given = isinstance(statement, FromStatement)
    if not is_given and not any(isinstance(one, _PARTS) for one in raw):
        choices_of(statement, [])
        compiled = compile_node(lowering.node(statement), leaves, dialect, schemas)
        compiled.shapes = shape_of_columns(statement, compiled, dialect)
        return compiled
    planning = Planning(lowering, statement, raw, is_watched=is_watched)
    if is_given:
        plain = lowering.node(statement.element)
        compiled = compile_node(plain, leaves, dialect, schemas)
        compiled.shapes = Shapes(
            lambda names, _: shape_of_given(planning, raw, GivenRows(names, plain), dialect)
        )
        return compiled
    parts = [planning.part(one) for one in raw]
    compiled = compile_node(planning.written(), leaves, dialect, schemas)
    processors = [result_processor(column.type, dialect) for column in compiled.result]
    compiled.shapes = shape_of_parts(planning, raw, parts, processors)
    return compiled


def written(statement: Any) -> Any:
    """Return a SELECT of classes about tables, with what is joined to it; None: as it stands."""
    raw = statement.raw_columns
    options = [one for one in statement.loader_options if isinstance(one, load_option.Load)]
    classes = [one for one in raw if isinstance(one, (Entity, AliasedEntity))]
    if not options and not any(map(_says_more, classes)):
        return None
    planning = Planning(Lowering(), statement, raw, is_watched=False)
    for one in raw:
        planning.part(one)
    return planning.written()


def _says_more(entity: Any) -> bool:
    """Tell whether a mapping itself adds joins to a SELECT, or leaves columns out."""
    return any(
        getattr(prop, "deferred", False) or getattr(prop, "lazy", None) == "joined"
        for prop in entity.mapper.props.values()
    )


def _textual(
    lowering: Lowering, statement: Any, leaves: Any, dialect: Any, schemas: Any
) -> CompiledNode:
    compiled = compile_node(lowering.node(statement), leaves, dialect, schemas)
    compiled.shapes = shapes_of(compiled, dialect)
    return compiled


# What of a row is more than a value.
_PARTS = (Entity, AliasedEntity, BundleNode)


def _selected(statement: Any) -> tuple[Any, ...]:
    found: tuple[Any, ...] = getattr(statement, "raw_columns", ())
    if isinstance(statement, FromStatement):
        return statement.entities
    if statement.is_dml:
        returned: tuple[Any, ...] = statement.returned
        return returned
    first = statement
    while not found and getattr(first, "selects", None):
        first = first.selects[0]
        found = getattr(first, "raw_columns", ())
    return () if first is not statement else found


def shape_of_parts(
    planning: Planning, raw: Sequence[Any], parts: list[Any], processors: list[Any]
) -> EntityShape:
    """Return the shape of rows of these parts."""
    style = getattr(planning.statement, "label_style", LABEL_STYLE_DEFAULT)
    names, keys = _names(raw, style)
    unique = [id if isinstance(part, EntityColumns) else None for part in parts]
    made = RepeatingShape if planning.repeats else EntityShape
    shape = made(
        names,
        keys=keys,
        of_scalars=len(parts) == 1,
        unique_keys=unique,
        locate=like_one_of(raw),
    )
    shape.made_of = (parts, len(processors), processors)
    shape.quiet = row_loader(*shape.made_of)
    shape.other_forms = {}
    shape.afters = {}
    told: list[Told] = []
    mappers: dict[Any, None] = {}
    for number, planned in enumerate(_numbered(planning, parts)):
        told.append(planned.told)
        mappers.update(dict.fromkeys(planned.columns.mappers))
        if planned.afters:
            shape.afters[number] = planned.afters
    shape.told = tuple(told)
    shape.mappers = tuple(mappers)
    shape.again = any(mapper.always_refresh for mapper in mappers)
    shape.whole = bool(planning.repeats or shape.afters)
    if planning.is_valued:
        shape.retold = _retelling(planning, parts)
    return shape


def _numbered(planning: Planning, parts: list[Any]) -> list[PlannedEntity]:
    planned = [planning.planned[id(one)] for one in planning.in_order(parts)]
    return sorted(planned, key=lambda one: one.columns.number)


def _retelling(planning: Planning, parts: list[Any]) -> Callable[[Any], tuple[Told, ...]]:
    """Return what finds, in another statement of the shape, what was said of its entities."""
    ways = [(one.root, one.way, one.told) for one in _numbered(planning, parts)]

    def retold(statement: Any) -> tuple[Told, ...]:
        raw = _selected(statement)
        entities = [one for one in raw if isinstance(one, (Entity, AliasedEntity))]
        choices = choices_of(statement, entities)
        criteria = tuple([one for one in criteria_in(statement) if one.propagates])
        made = []
        for root, way, told in ways:
            here = choices[id(raw[root])]
            for prop in way:
                choice = here.of(prop)
                if choice is None:
                    break
                here = choice.below
            made.append(told.again(here, criteria))
        return tuple(made)

    return retold


def _names(raw: Sequence[Any], style: SelectLabelStyle) -> tuple[list[str], list[tuple[Any, ...]]]:
    values = [one for one in raw if not isinstance(one, _PARTS)]
    named = row_names(values, style)
    if style is LABEL_STYLE_LEGACY_ORM:
        # What has no name of its own has one here nevertheless.
        plain = row_names(values, LABEL_STYLE_DEFAULT)
        named = [one or other for one, other in zip(named, plain, strict=True)]
    of_values = iter(named)
    names: list[str | None] = []
    keys: list[tuple[Any, ...]] = []
    for one in raw:
        if isinstance(one, AliasedEntity):
            names.append(one.name or None)
            keys.append((one.shown, one))
        elif isinstance(one, Entity):
            names.append(one.name)
            keys.append((one.mapper.class_, one))
        elif isinstance(one, BundleNode):
            names.append(one.name)
            keys.append((one.bundle, one))
        else:
            names.append(next(of_values) or one.text)
            is_attribute = isinstance(one, ColumnAttribute)
            keys.append((one, one.element) if is_attribute else (one, one))
    used = set(names)
    return [name or _unused(one, used) for one, name in zip(raw, names, strict=True)], keys


def _unused(alias: AliasedEntity, used: set[str | None]) -> str:
    """Return a name for an alias that has none: its class's, with a number where that is there."""
    wanted = alias.mapper.class_.__name__
    numbered = (f"{wanted}_{number}" for number in count(1))
    found = next(name for name in chain((wanted,), numbered) if name not in used)
    used.add(found)
    return found


def shape_of_given(
    planning: Planning, raw: Sequence[Any], rows: GivenRows, dialect: Any
) -> EntityShape:
    """Return the shape of rows of a statement that was given as it is."""
    placed = planning.placed(rows)
    parts = [placed.part(one) for one in raw]
    return shape_of_parts(placed, raw, parts, rows.processors(dialect))
