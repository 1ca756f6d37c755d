"""The public names of the language and the schema, in groups, with where they live."""

from __future__ import annotations

from typing import Final

CLASSES: Final = (
    "BinaryExpression BindParameter BooleanClauseList Case Cast ClauseElement ClauseList "
    "CollectionAggregate ColumnClause ColumnElement ColumnOperators Extract False_ Grouping "
    "Label Null Operators SQLColumnExpression True_ TryCast Tuple TypeCoerce UnaryExpression"
)

MAKERS: Final = (
    "all_ and_ any_ asc between bindparam bitwise_not case cast collate column desc distinct "
    "extract false label literal literal_column not_ null nulls_first nulls_last nullsfirst "
    "nullslast or_ outparam true try_cast tuple_ type_coerce"
)

ELEMENTS: Final = f"{CLASSES} {MAKERS}"

WINDOWS: Final = (
    "AggregateOrderBy FrameClause FrameClauseType FunctionFilter Over WithinGroup "
    "aggregate_order_by funcfilter over within_group"
)

OPERATORS: Final = (
    "add all_op and_ any_op as_ asc_op between_op bitwise_and_op bitwise_lshift_op "
    "bitwise_not_op bitwise_or_op bitwise_rshift_op bitwise_xor_op collate comma_op concat_op "
    "contains contains_op custom_op desc_op distinct_op endswith_op eq exists filter_op floordiv "
    "from_ function_as_comparison_op ge getitem gt icontains_op iendswith_op ilike_op in_op inv "
    "is_ is_associative is_commutative is_comparison is_distinct_from is_false is_not "
    "is_not_distinct_from is_ordering_modifier is_precedent is_true isnot isnot_distinct_from "
    "istartswith_op json_getitem_op json_path_getitem_op le like_op lshift lt match_op matmul "
    "mirror mod mul ne neg not_between_op not_contains_op not_endswith_op not_icontains_op "
    "not_iendswith_op not_ilike_op not_in_op not_istartswith_op not_like_op not_match_op "
    "not_regexp_match_op not_startswith_op notbetween_op notcontains_op notendswith_op "
    "notilike_op notin_op notlike_op notmatch_op notstartswith_op nulls_first_op nulls_last_op "
    "nullsfirst_op nullslast_op or_ pow_ regexp_match_op regexp_replace_op rshift startswith_op "
    "sub truediv"
)

FUNCTIONS: Final = (
    "AnsiFunction OrderedSetAgg ReturnTypeFromArgs ReturnTypeFromOptionalArgs aggregate_strings "
    "array_agg char_length coalesce concat count cube cume_dist current_date current_time "
    "current_timestamp current_user dense_rank grouping_sets localtime localtimestamp max min "
    "mode next_value now percent_rank percentile_cont percentile_disc pow random rank rollup "
    "session_user sum sysdate user"
)

SOURCES: Final = {
    "toolkit_core.expression.alias": "Alias AliasedReturnsRows alias",
    "toolkit_core.expression.compound": "CompoundSelect except_ except_all intersect "
    "intersect_all union union_all",
    "toolkit_core.expression.cte": "CTE HasCTE cte",
    "toolkit_core.expression.exists": "Exists exists",
    "toolkit_core.expression.from_clause": "FromClause ReturnsRows Selectable",
    "toolkit_core.expression.joins": "Join join outerjoin",
    "toolkit_core.expression.label_style": "LABEL_STYLE_DEFAULT LABEL_STYLE_DISAMBIGUATE_ONLY "
    "LABEL_STYLE_NONE LABEL_STYLE_TABLENAME_PLUS_COL SelectLabelStyle",
    "toolkit_core.expression.lateral": "Lateral lateral",
    "toolkit_core.expression.prefixes": "HasHints HasPrefixes HasSuffixes",
    "toolkit_core.expression.scalar_select": "ScalarSelect",
    "toolkit_core.expression.select": "Select select",
    "toolkit_core.expression.select_base": "GenerativeSelect SelectBase",
    "toolkit_core.expression.subquery": "Subquery",
    "toolkit_core.expression.table_clause": "TableClause table",
    "toolkit_core.expression.table_valued": "TableValuedAlias TableValuedColumn",
    "toolkit_core.expression.tablesample": "TableSample tablesample",
    "toolkit_core.expression.textual_select": "TextAsFrom TextualSelect",
    "toolkit_core.expression.values": "ScalarValues Values values",
}

DML: Final = {
    "toolkit_core.expression.commands": "LockTable Truncate call lock_table truncate",
    "toolkit_core.expression.conflict": "Upsert excluded upsert",
    "toolkit_core.expression.delete": "Delete delete",
    "toolkit_core.expression.dml": "UpdateBase",
    "toolkit_core.expression.from_dml": "from_dml_column",
    "toolkit_core.expression.insert": "Insert insert",
    "toolkit_core.expression.merge": "Merge merge",
    "toolkit_core.expression.update": "Update update",
}

EXPRESSION_HOMES: Final = {
    **SOURCES,
    **DML,
    "toolkit_core.expression.arguments": "ColumnExpressionArgument "
    "ColumnExpressionOrLiteralArgument ColumnExpressionOrStrLabelArgument",
    "toolkit_core.expression.column_collection": "ColumnCollection",
    "toolkit_core.expression.elements": ELEMENTS,
    "toolkit_core.expression.executable": "Executable",
    "toolkit_core.expression.functions": "Function FunctionElement func modifier",
    "toolkit_core.expression.cache_key": "CacheKey",
    "toolkit_core.expression.lambda_statement": "LambdaElement StatementLambdaElement lambda_stmt",
    "toolkit_core.expression.nullability": "NotNullable Nullable",
    "toolkit_core.expression.operators": "custom_op",
    "toolkit_core.expression.syntax_extension": "SyntaxExtension",
    "toolkit_core.expression.text": "TextClause text",
    "toolkit_core.expression.tstring": "TString tstring",
    "toolkit_core.expression.visitors": "Visitable",
    "toolkit_core.expression.windows": WINDOWS,
    "toolkit_core.facts": "quoted_name",
    "toolkit_core.types": "OperatorClass",
}

DDL: Final = (
    "AddConstraint BaseDDLElement CheckFirst CreateColumn CreateIndex CreateSchema CreateSequence "
    "CreateTable CreateTableAs CreateView DDL DDLElement DropColumnComment DropConstraint "
    "DropConstraintComment DropIndex DropSchema DropSequence DropTable DropTableComment DropView "
    "ExecutableDDLElement SetColumnComment SetConstraintComment SetTableComment sort_tables "
    "sort_tables_and_constraints"
)

SCHEMA: Final = (
    "BLANK_SCHEMA CallableColumnDefault CheckConstraint Column ColumnCollectionConstraint "
    "ColumnDefault ColumnElementColumnDefault Computed Constraint DefaultClause DefaultGenerator "
    "FetchedValue ForeignKey ForeignKeyConstraint ForeignKeyTarget HasConditionalDDL Identity "
    "Index MetaData NULL_UNSPECIFIED PrimaryKeyConstraint RETAIN_SCHEMA "
    "ScalarElementColumnDefault SchemaConst SchemaItem Sequence Table UniqueConstraint "
    "insert_sentinel"
)

ROOT_NAMES: Final = {
    **EXPRESSION_HOMES,
    "toolkit_core.compiler.compilation": "Compiled",
    "toolkit_core.dialect": "Dialect",
    "toolkit_core.engine": "ChunkedIteratorResult Connection CreateEnginePlugin CursorResult "
    "Engine ExceptionContext ExecutionContext FilterResult FrozenResult IteratorResult "
    "MappingResult MergedResult NestedTransaction Result RootTransaction Row RowMapping "
    "ScalarResult Transaction TwoPhaseTransaction create_engine create_mock_engine "
    "create_pool_from_url engine_from_config result_tuple",
    "toolkit_core.inspectable": "inspect",
    "toolkit_core.inspection.inspector": "Inspector",
    "toolkit_core.pool": "AssertionPool NullPool Pool PoolProxiedConnection PoolResetState "
    "QueuePool SingletonThreadPool StaticPool",
    "toolkit_core.aio.queue_pool": "AsyncAdaptedQueuePool",
    "toolkit_core.schema": "BLANK_SCHEMA BaseDDLElement CheckConstraint CheckFirst Column "
    "ColumnDefault Computed Constraint CreateTable CreateTableAs CreateView DDL DDLElement "
    "DefaultClause DropTable DropView ExecutableDDLElement FetchedValue ForeignKey "
    "ForeignKeyConstraint ForeignKeyTarget Identity Index MetaData Named PrimaryKeyConstraint "
    "Sequence Table TypedColumns UniqueConstraint insert_sentinel",
    "toolkit_core.types": "ARRAY BIGINT BINARY BLOB BOOLEAN BigInteger Boolean CHAR CLOB DATE "
    "DATETIME DECIMAL DOUBLE DOUBLE_PRECISION Date DateTime Double Enum FLOAT Float INT INTEGER "
    "Integer Interval JSON LargeBinary NCHAR NUMERIC NVARCHAR Numeric PickleType REAL SMALLINT "
    "SmallInteger String TEXT TIME TIMESTAMP Text Time TupleType TypeDecorator UUID Unicode "
    "UnicodeText UtcDateTime Uuid VARBINARY VARCHAR",
    "toolkit_core.url": "URL make_url",
}

TYPES: Final = (
    f"{ROOT_NAMES['toolkit_core.types']} Concatenable ExternalType Indexable MatchType NULLTYPE "
    "NullType NumericCommon OperatorClass STRINGTYPE SchemaType TypeEngine UserDefinedType "
    "Variant _Binary adapt_type to_instance"
)

ASYNCIO: Final = {
    "toolkit_core.aio.connection": "AsyncConnection",
    "toolkit_core.aio.create": "async_engine_from_config create_async_engine "
    "create_async_pool_from_url",
    "toolkit_core.aio.engine": "AsyncEngine",
    "toolkit_core.aio.result": "AsyncMappingResult AsyncResult AsyncScalarResult AsyncTupleResult",
    "toolkit_core.aio.transaction": "AsyncTransaction AsyncTwoPhaseTransaction",
    "toolkit_orm.aio.attrs": "AsyncAttrs",
    "toolkit_orm.aio.scoped_session": "async_scoped_session",
    "toolkit_orm.aio.session": "AsyncSession async_object_session async_session close_all_sessions",
    "toolkit_orm.aio.sessionmaker": "async_sessionmaker",
    "toolkit_orm.aio.transaction": "AsyncSessionTransaction",
}
# The modules that `from toolkit import *` brings, too.
STAR_MODULES: Final = "dialects engine event exc inspection pool schema sql types util"

ROOT_MODULES: Final = (
    "dialects engine event events exc ext inspection orm plugins pool schema sql types util"
)
