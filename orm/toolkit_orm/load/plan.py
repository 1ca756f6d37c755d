"""What a SELECT of entities is, once its shape is known: SQL, and how rows become objects."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.node import CompiledNode, compile_node
from toolkit_core.compiler.processors import result_processor
from toolkit_core.engine.prepare_node import shapes_of
from toolkit_core.engine.row_shape import RowShape
from toolkit_orm.instrument.attribute import InstrumentedAttribute
from toolkit_orm.load.row_source import EntityColumns, Load, row_loader
from toolkit_orm.mapping.entity import Entity


class EntityShape(RowShape):
    """The shape of rows with entities in them, and the function that makes those."""

    load: Load


def loading(statement: Any, leaves: Any, dialect: Any, schemas: Any) -> CompiledNode:
    """Write a statement about entities; its values are read off the leaves that were given."""
    compiled = compile_node(statement, leaves, dialect, schemas)
    raw = getattr(statement, "raw_columns", ())
    if not any(isinstance(one, Entity) for one in raw):
        compiled.shapes = shapes_of(compiled, dialect)
        return compiled
    parts, names, keys = _parts(raw)
    shape = EntityShape(names, keys=keys, strict=True, of_scalars=len(parts) == 1)
    processors = [result_processor(column.type, dialect) for column in compiled.result]
    shape.load = row_loader(parts, len(compiled.result), processors)
    compiled.shapes = shape
    return compiled


def _parts(raw: tuple[Any, ...]) -> tuple[list[Any], list[str], list[tuple[Any, ...]]]:
    parts: list[Any] = []
    names: list[str] = []
    keys: list[tuple[Any, ...]] = []
    place = 0
    for one in raw:
        if isinstance(one, Entity):
            parts.append(_entity(one, place))
            names.append(one.name)
            keys.append((one.mapper.class_, one))
            place += len(one.c)
        else:
            parts.append(place)
            names.append(one.key or one.name or "")
            keys.append((one, one.element) if isinstance(one, InstrumentedAttribute) else (one,))
            place += 1
    return parts, names, keys


def _entity(entity: Entity, start: int) -> EntityColumns:
    mapper = entity.mapper
    keys = mapper.column_keys
    places = {key: start + number for number, key in enumerate(keys)}
    primary = tuple(places[mapper.key_of[column]] for column in mapper.primary_key)
    return EntityColumns(mapper, primary, list(places.items()))
