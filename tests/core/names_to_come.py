"""The names that real programs import and the face has not, each with its reason.

The longest beginning that fits a name tells its reason.
"""

from __future__ import annotations

from typing import Final

LATER: Final = "a part of the ORM that comes with an issue of its own"
DIALECT: Final = "its dialect is being built"
REFLECTION: Final = "reflection is being built"
PRIVATE: Final = (
    "private there, and about how that library works inside: there is no such thing here"
)
STRANGERS: Final = "not SQLAlchemy's: the project's own module of a like name"
LEGACY: Final = "gone from SQLAlchemy 2"

REASONS: Final = {
    "toolkit.ext.associationproxy": LATER,
    "toolkit.ext.hybrid": LATER,
    "toolkit.ext.mutable": LATER,
    "toolkit.orm.CompositeProperty": LATER,
    "toolkit.orm.ORMDescriptor": "a class for annotations; Mapped is the one there is",
    "toolkit.orm.attributes.ScalarAttributeImpl": PRIVATE,
    "toolkit.orm.attributes.register_attribute": PRIVATE,
    "toolkit.orm.context._": PRIVATE,
    "toolkit.orm.descriptor_props.ConcreteInheritedProperty": LATER,
    "toolkit.orm.eagerload": LEGACY,
    "toolkit.orm.mapper.iterate_properties": STRANGERS,
    "toolkit.orm.mapperlib._mapper_registry": LEGACY,
    "toolkit.orm.query._": PRIVATE,
    "toolkit.orm.strategies": PRIVATE,
    "toolkit.orm.util._": PRIVATE,
    "toolkit.ext.compiler.sql_compiler": STRANGERS,
    "toolkit.FallbackAsyncAdaptedQueuePool": LEGACY,
    "toolkit.engine.reflection": REFLECTION,
    "toolkit.dialects.mssql": "no plugin for SQL Server is planned",
    "toolkit.dialects.mysql": DIALECT,
    "toolkit.dialects.oracle": DIALECT,
    "toolkit.dialects.postgresql": DIALECT,
    "toolkit.dialects.sqlite": "what lies in the dialect's base module there",
    "toolkit.ResultProxy": LEGACY,
    "toolkit.engine.Connectable": LEGACY,
    "toolkit.engine.strategies": LEGACY,
    "toolkit.util.with_metaclass": LEGACY,
    "toolkit.util.compat.inspect_formatargspec": LEGACY,
    "toolkit.engine.cursor.CursorResultMetaData": PRIVATE,
    "toolkit.engine.default": "a dialect is data here: there is no class to derive one from",
    "toolkit.engine.interfaces.IsolationLevel": "a type alias, which comes with typed options",
    "toolkit.engine.interfaces._Core": PRIVATE,
    "toolkit.engine.processors": PRIVATE,
    "toolkit.event.": STRANGERS,
    "toolkit.schema._": PRIVATE,
    "toolkit.sql.annotation": PRIVATE,
    "toolkit.sql.base.ExecutableOption": "options are no class of their own here",
    "toolkit.sql.base._": PRIVATE,
    "toolkit.sql.compiler.OPERATORS": PRIVATE,
    "toolkit.sql.compiler._": PRIVATE,
    "toolkit.sql.crud": PRIVATE,
    "toolkit.sql.default_comparator": PRIVATE,
    "toolkit.sql.dml.DMLState": PRIVATE,
    "toolkit.sql.dml.Returning": "which statement returns rows is not told by its class here",
    "toolkit.sql.dml._": PRIVATE,
    "toolkit.sql.dml.is": PRIVATE,
    "toolkit.sql.elements._label_reference": PRIVATE,
    "toolkit.sql.expression._": PRIVATE,
    "toolkit.sql.functions._": PRIVATE,
    "toolkit.sql.naming._": PRIVATE,
    "toolkit.sql.roles": "what may stand where is told by classes here, not by roles",
    "toolkit.sql.schema._": PRIVATE,
    "toolkit.sql.visitors.VisitableType": PRIVATE,
    "toolkit.testing": "the compliance suite comes with its own issue",
    "toolkit.util.preloaded": PRIVATE,
    "toolkit.util.set_creation_order": PRIVATE,
    "toolkit.util.topological": PRIVATE,
}


def reason(name: str) -> str | None:
    """Return why a name is not there; None if nobody said."""
    fitting = [start for start in REASONS if name.startswith(start)]
    return REASONS[max(fitting, key=len)] if fitting else None
