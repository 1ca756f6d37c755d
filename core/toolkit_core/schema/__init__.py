"""Tables and what they are made of."""

from typing import TYPE_CHECKING

from toolkit_core.facts import quoted_name
from toolkit_core.lazy_module import lazy_names
from toolkit_core.schema.column import Column, insert_sentinel
from toolkit_core.schema.conditions import HasConditionalDDL
from toolkit_core.schema.constants import (
    BLANK_SCHEMA,
    NULL_UNSPECIFIED,
    RETAIN_SCHEMA,
    CheckFirst,
    SchemaConst,
)
from toolkit_core.schema.constraint import (
    CheckConstraint,
    ColumnCollectionConstraint,
    Constraint,
    UniqueConstraint,
)
from toolkit_core.schema.defaults import (
    CallableColumnDefault,
    ColumnDefault,
    ColumnElementColumnDefault,
    DefaultClause,
    DefaultGenerator,
    FetchedValue,
    ScalarElementColumnDefault,
)
from toolkit_core.schema.events import DDLEvents
from toolkit_core.schema.foreign_key import ForeignKey
from toolkit_core.schema.foreign_key_constraint import ForeignKeyConstraint
from toolkit_core.schema.foreign_key_target import ForeignKeyTarget
from toolkit_core.schema.generated import Computed, Identity
from toolkit_core.schema.index import Index
from toolkit_core.schema.item import SchemaItem
from toolkit_core.schema.metadata import MetaData
from toolkit_core.schema.named import Named
from toolkit_core.schema.names import conv
from toolkit_core.schema.primary_key import PrimaryKeyConstraint
from toolkit_core.schema.sequence import Sequence
from toolkit_core.schema.table import Table
from toolkit_core.schema.typed_columns import TypedColumns

if TYPE_CHECKING:
    from toolkit_core.schema.ddl import (
        DDL,
        AddConstraint,
        BaseDDLElement,
        CreateColumn,
        CreateIndex,
        CreateOrDrop,
        CreateSchema,
        CreateSequence,
        CreateTable,
        DDLElement,
        DropColumnComment,
        DropConstraint,
        DropConstraintComment,
        DropIndex,
        DropSchema,
        DropSequence,
        DropTable,
        DropTableComment,
        ExecutableDDLElement,
        SetColumnComment,
        SetConstraintComment,
        SetTableComment,
    )
    from toolkit_core.schema.dependency import sort_tables, sort_tables_and_constraints
    from toolkit_core.schema.views import CreateTableAs, CreateView, DropView

# What only those need who write DDL.
_HOMES = {
    "DDL": "toolkit_core.schema.ddl",
    "AddConstraint": "toolkit_core.schema.ddl",
    "BaseDDLElement": "toolkit_core.schema.ddl",
    "CreateColumn": "toolkit_core.schema.ddl",
    "CreateIndex": "toolkit_core.schema.ddl",
    "CreateOrDrop": "toolkit_core.schema.ddl",
    "CreateSchema": "toolkit_core.schema.ddl",
    "CreateSequence": "toolkit_core.schema.ddl",
    "CreateTable": "toolkit_core.schema.ddl",
    "DDLElement": "toolkit_core.schema.ddl",
    "DropColumnComment": "toolkit_core.schema.ddl",
    "DropConstraint": "toolkit_core.schema.ddl",
    "DropConstraintComment": "toolkit_core.schema.ddl",
    "DropIndex": "toolkit_core.schema.ddl",
    "DropSchema": "toolkit_core.schema.ddl",
    "DropSequence": "toolkit_core.schema.ddl",
    "DropTable": "toolkit_core.schema.ddl",
    "DropTableComment": "toolkit_core.schema.ddl",
    "ExecutableDDLElement": "toolkit_core.schema.ddl",
    "SetColumnComment": "toolkit_core.schema.ddl",
    "SetConstraintComment": "toolkit_core.schema.ddl",
    "SetTableComment": "toolkit_core.schema.ddl",
    "sort_tables": "toolkit_core.schema.dependency",
    "sort_tables_and_constraints": "toolkit_core.schema.dependency",
    "CreateTableAs": "toolkit_core.schema.views",
    "CreateView": "toolkit_core.schema.views",
    "DropView": "toolkit_core.schema.views",
}

__all__ = [
    "BLANK_SCHEMA",
    "DDL",
    "NULL_UNSPECIFIED",
    "RETAIN_SCHEMA",
    "AddConstraint",
    "BaseDDLElement",
    "CallableColumnDefault",
    "CheckConstraint",
    "CheckFirst",
    "Column",
    "ColumnCollectionConstraint",
    "ColumnDefault",
    "ColumnElementColumnDefault",
    "Computed",
    "Constraint",
    "CreateColumn",
    "CreateIndex",
    "CreateOrDrop",
    "CreateSchema",
    "CreateSequence",
    "CreateTable",
    "CreateTableAs",
    "CreateView",
    "DDLElement",
    "DDLEvents",
    "DefaultClause",
    "DefaultGenerator",
    "DropColumnComment",
    "DropConstraint",
    "DropConstraintComment",
    "DropIndex",
    "DropSchema",
    "DropSequence",
    "DropTable",
    "DropTableComment",
    "DropView",
    "ExecutableDDLElement",
    "FetchedValue",
    "ForeignKey",
    "ForeignKeyConstraint",
    "ForeignKeyTarget",
    "HasConditionalDDL",
    "Identity",
    "Index",
    "MetaData",
    "Named",
    "PrimaryKeyConstraint",
    "ScalarElementColumnDefault",
    "SchemaConst",
    "SchemaItem",
    "Sequence",
    "SetColumnComment",
    "SetConstraintComment",
    "SetTableComment",
    "Table",
    "TypedColumns",
    "UniqueConstraint",
    "conv",
    "insert_sentinel",
    "quoted_name",
    "sort_tables",
    "sort_tables_and_constraints",
]

__getattr__ = lazy_names(__name__, _HOMES)
