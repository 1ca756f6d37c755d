"""What is public, under which names, and where it lives."""

from __future__ import annotations

from typing import Final

ROOT_DOC: Final = """toolkit: a SQL toolkit and object-relational mapper.

This package is a thin face.  It only re-exports, and fetches each name when it is first asked
for, so that ``import toolkit`` costs next to nothing.

>>> from toolkit import create_engine, text
>>> with create_engine("sqlite://").connect() as connection:
...     connection.execute(text("select 'hello'")).scalar()
'hello'
"""

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

EXPRESSION_HOMES: Final = {
    "toolkit_core.expression.elements": ELEMENTS,
    "toolkit_core.expression.functions": "Function FunctionElement func modifier",
    "toolkit_core.expression.operators": "custom_op",
    "toolkit_core.expression.text": "TextClause text",
    "toolkit_core.expression.windows": WINDOWS,
}

ROOT_NAMES: Final = {
    "toolkit_core.dialect": "Dialect",
    "toolkit_core.engine": "ChunkedIteratorResult Connection CreateEnginePlugin CursorResult "
    "Engine ExceptionContext ExecutionContext FilterResult FrozenResult IteratorResult "
    "MappingResult MergedResult NestedTransaction Result RootTransaction Row RowMapping "
    "ScalarResult Transaction TwoPhaseTransaction create_engine create_mock_engine "
    "create_pool_from_url engine_from_config result_tuple",
    "toolkit_core.expression.elements": ELEMENTS,
    "toolkit_core.expression.functions": "Function FunctionElement func modifier",
    "toolkit_core.expression.operators": "custom_op",
    "toolkit_core.expression.text": "TextClause text",
    "toolkit_core.expression.windows": WINDOWS,
    "toolkit_core.pool": "AssertionPool NullPool Pool PoolProxiedConnection PoolResetState "
    "QueuePool SingletonThreadPool StaticPool",
    "toolkit_core.schema": "BLANK_SCHEMA BaseDDLElement CheckConstraint CheckFirst Column "
    "ColumnDefault Computed Constraint CreateTable CreateTableAs CreateView DDL DDLElement "
    "DefaultClause DropTable DropView ExecutableDDLElement FetchedValue ForeignKey "
    "ForeignKeyConstraint ForeignKeyTarget Identity Index MetaData Named PrimaryKeyConstraint "
    "Sequence Table TypedColumns UniqueConstraint insert_sentinel quoted_name",
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

ROOT_MODULES: Final = "dialects engine event events exc ext plugins pool schema sql types util"

# Module → what it says of itself, and its names by home.  A dot at the end: a package.
MODULES: Final[tuple[tuple[str, tuple[str, dict[str, str]]], ...]] = (
    (
        "toolkit.types",
        ("The types of columns and expressions.", {"toolkit_core.types": TYPES}),
    ),
    ("toolkit.sql.", ("The language.", EXPRESSION_HOMES)),
    ("toolkit.sql.expression", ("Expressions, and what makes them.", EXPRESSION_HOMES)),
    (
        "toolkit.sql.elements",
        (
            "The classes of expressions.",
            {
                "toolkit_core.expression.elements": f"{ELEMENTS} AsBoolean Slice",
                "toolkit_core.expression.text": "TextClause",
                "toolkit_core.expression.windows": WINDOWS,
            },
        ),
    ),
    (
        "toolkit.sql.functions",
        (
            "Functions, and the classes of those that are known.",
            {
                "toolkit_core.expression.functions": "Function FunctionAsBinary FunctionElement "
                "GenericFunction func modifier register_function",
                "toolkit_core.expression.generic_functions": FUNCTIONS,
            },
        ),
    ),
    (
        "toolkit.sql.operators",
        (
            "Operators.",
            {
                "toolkit_core.expression.column_operators": "ColumnOperators Operators",
                "toolkit_core.expression.operators": OPERATORS,
            },
        ),
    ),
    (
        "toolkit.sql.visitors",
        (
            "Walking through statements.",
            {
                "toolkit_core.expression.visitors": "ClauseVisitor CloningExternalTraversal "
                "CloningVisitor ExternalTraversal ReplacingCloningVisitor "
                "ReplacingExternalTraversal cloned_traverse iterate replacement_traverse "
                "traverse traverse_using"
            },
        ),
    ),
    (
        "toolkit.ext.compiler",
        (
            "Constructs of your own, and how they are written.",
            {"toolkit_core.compiler.extension": "compiles deregister"},
        ),
    ),
    (
        "toolkit.engine.",
        (
            "Engines, connections, transactions and results.",
            {"toolkit_core.engine": "*", "toolkit_core.url": "URL make_url"},
        ),
    ),
    (
        "toolkit.engine.url",
        ("The address of a database.", {"toolkit_core.url": "URL make_url"}),
    ),
    (
        "toolkit.engine.base",
        (
            "Engines, connections and transactions.",
            {
                "toolkit_core.engine": "Connection Engine NestedTransaction RootTransaction "
                "Transaction TwoPhaseTransaction"
            },
        ),
    ),
    (
        "toolkit.engine.create",
        (
            "Making engines.",
            {"toolkit_core.engine": "create_engine create_pool_from_url engine_from_config"},
        ),
    ),
    (
        "toolkit.engine.interfaces",
        (
            "The contracts behind an engine.",
            {
                "toolkit_core.dialect": "DBAPIConnection DBAPICursor Dialect",
                "toolkit_core.engine": "CreateEnginePlugin ExceptionContext ExecutionContext",
            },
        ),
    ),
    (
        "toolkit.engine.mock",
        (
            "An engine without a database.",
            {"toolkit_core.engine.mock": "MockConnection create_mock_engine"},
        ),
    ),
    (
        "toolkit.engine.cursor",
        ("The results of statements.", {"toolkit_core.engine": "CursorResult"}),
    ),
    (
        "toolkit.engine.result",
        (
            "Results, and the forms their rows may be read in.",
            {
                "toolkit_core.engine": "ChunkedIteratorResult FilterResult FrozenResult "
                "IteratorResult MappingResult MergedResult Result RMKeyView Row RowMapping "
                "ScalarResult TupleResult null_result result_tuple"
            },
        ),
    ),
    ("toolkit.engine.row", ("Rows.", {"toolkit_core.engine": "Row RowMapping"})),
    (
        "toolkit.event",
        (
            "Listening to what happens.",
            {"toolkit_core.events": "Events contains listen listens_for remove"},
        ),
    ),
    (
        "toolkit.events",
        (
            "The events there are, and what their listeners receive.",
            {
                "toolkit_core.events": "ConnectionEvents DialectEvents PoolEvents PoolResetState",
                "toolkit_core.schema": "DDLEvents",
            },
        ),
    ),
    ("toolkit.exc", ("All errors and warnings.", {"toolkit_core.errors": "*"})),
    ("toolkit.pool.", ("Connection pools.", {"toolkit_core.pool": "*"})),
    (
        "toolkit.pool.base",
        (
            "What all pools share.",
            {
                "toolkit_core.pool": "ConnectionPoolEntry ManagesConnection Pool "
                "PoolProxiedConnection PoolResetState"
            },
        ),
    ),
    (
        "toolkit.pool.impl",
        (
            "The kinds of pools.",
            {
                "toolkit_core.pool": "AssertionPool NullPool QueuePool SingletonThreadPool "
                "StaticPool"
            },
        ),
    ),
    (
        "toolkit.schema",
        ("Tables and what they are made of, and their DDL.", {"toolkit_core.schema": "*"}),
    ),
    (
        "toolkit.plugins",
        (
            "Writing and registering plugins.",
            {
                "toolkit_core.dialect": "DialectPlugin",
                "toolkit_core.engine": "CreateEnginePlugin",
                "toolkit_core.plugins": "API_VERSION hookimpl register unregister",
            },
        ),
    ),
)
