"""The modules of the face: what each says of itself, and its names by home."""

from __future__ import annotations

from typing import Final

from tools.generators.face_names import (
    ASYNCIO,
    DDL,
    DML,
    ELEMENTS,
    EXPRESSION_HOMES,
    FUNCTIONS,
    OPERATORS,
    SCHEMA,
    SOURCES,
    TYPES,
    WINDOWS,
)
from tools.generators.orm_names import ORM_MODULES

ROOT_DOC: Final = """toolkit: a SQL toolkit and object-relational mapper.

This package is a thin face.  It only re-exports, and fetches each name when it is first asked
for, so that ``import toolkit`` costs next to nothing.

>>> from toolkit import create_engine, text
>>> with create_engine("sqlite://").connect() as connection:
...     connection.execute(text("select 'hello'")).scalar()
'hello'
"""

# Module → what it says of itself, and its names by home.  A dot at the end: a package.
MODULES: Final[tuple[tuple[str, tuple[str, dict[str, str]]], ...]] = (
    (
        "toolkit.types",
        ("The types of columns and expressions.", {"toolkit_core.types": TYPES}),
    ),
    (
        "toolkit.sql.",
        (
            "The language.",
            {
                **EXPRESSION_HOMES,
                "toolkit_core.expression.visitors": "ClauseVisitor Visitable",
                "toolkit_core.schema": "BaseDDLElement CheckFirst DDL DDLElement "
                "ExecutableDDLElement",
            },
        ),
    ),
    ("toolkit.sql.expression", ("Expressions, and what makes them.", EXPRESSION_HOMES)),
    (
        "toolkit.sql.elements",
        (
            "The classes of expressions.",
            {
                "toolkit_core.expression.elements": f"{ELEMENTS} AsBoolean SQLCoreOperations Slice",
                "toolkit_core.expression.table_valued": "TableValuedColumn",
                "toolkit_core.expression.text": "TextClause",
                "toolkit_core.expression.windows": WINDOWS,
                "toolkit_core.facts": "quoted_name",
                "toolkit_core.schema": "conv",
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
                "toolkit_core.expression.table_valued": "ScalarFunctionColumn",
            },
        ),
    ),
    (
        "toolkit.sql.operators",
        (
            "Operators.",
            {
                "toolkit_core.expression.column_operators": "ColumnOperators Operators",
                "toolkit_core.expression.arguments": "OperatorType",
                "toolkit_core.expression.operators": OPERATORS,
                "toolkit_core.types": "OperatorClass",
            },
        ),
    ),
    (
        "toolkit.sql.visitors",
        (
            "Walking through statements.",
            {
                "toolkit_core.expression.traversal_kinds": "InternalTraversal",
                "toolkit_core.expression.visitors": "ClauseVisitor CloningExternalTraversal "
                "CloningVisitor ExternalTraversal ReplacingCloningVisitor "
                "ReplacingExternalTraversal Visitable cloned_traverse iterate "
                "replacement_traverse traverse traverse_using",
            },
        ),
    ),
    (
        "toolkit.sql.selectable",
        (
            "What a SELECT reads from, and what returns rows.",
            {
                **SOURCES,
                "toolkit_core.expression.arguments": "ForUpdateParameter",
                "toolkit_core.expression.for_update": "ForUpdateArg",
            },
        ),
    ),
    ("toolkit.sql.dml", ("INSERT, UPDATE and DELETE.", DML)),
    ("toolkit.sql.ddl", ("CREATE, DROP and ALTER.", {"toolkit_core.schema": DDL})),
    (
        "toolkit.sql.schema",
        (
            "Tables and what they are made of.",
            {
                "toolkit_core.facts": "quoted_name",
                "toolkit_core.schema": f"{SCHEMA} conv",
                "toolkit_core.schema.counting": "IdentityOptions",
                "toolkit_core.schema.item": "SchemaEventTarget",
            },
        ),
    ),
    (
        "toolkit.sql.sqltypes",
        ("The types of columns and expressions.", {"toolkit_core.types": TYPES}),
    ),
    (
        "toolkit.sql.type_api",
        (
            "What all types share, and what types of your own derive from.",
            {
                "toolkit_core.types": "ExternalType NULLTYPE TypeDecorator TypeEngine "
                "UserDefinedType Variant adapt_type to_instance",
            },
        ),
    ),
    (
        "toolkit.sql.compiler",
        (
            "What statements are compiled to.",
            {
                "toolkit_core.compiler.compilation": "Compiled DDLCompiler SQLCompiler",
                "toolkit_core.compiler.extension": "IdentifierPreparer",
                "toolkit_core.compiler.type_extension": "GenericTypeCompiler TypeCompiler",
            },
        ),
    ),
    (
        "toolkit.sql.base",
        (
            "What clauses share.",
            {
                "toolkit_core.expression.column_collection": "ColumnCollection "
                "DedupeColumnCollection ReadOnlyColumnCollection WriteableColumnCollection",
                "toolkit_core.expression.executable": "Executable",
                "toolkit_core.expression.params": "NO_ARG",
                "toolkit_core.expression.syntax_extension": "HasSyntaxExtensions SyntaxExtension",
                "toolkit_core.schema.item": "SchemaEventTarget",
            },
        ),
    ),
    (
        "toolkit.sql._typing",
        (
            "What arguments may be, for annotations.",
            {
                "toolkit_core.expression.arguments": "_ColumnExpressionArgument "
                "_ColumnExpressionOrLiteralArgument _ColumnExpressionOrStrLabelArgument "
                "_ColumnsClauseArgument _TypeEngineArgument"
            },
        ),
    ),
    ("toolkit.sql.naming", ("Names that conventions give.", {"toolkit_core.schema": "conv"})),
    (
        "toolkit.sql.util",
        (
            "Finding and replacing parts of statements.",
            {
                "toolkit_core.expression.adapting": "ClauseAdapter ColumnAdapter",
                "toolkit_core.expression.join_condition": "join_condition",
                "toolkit_core.expression.visitors": "find_tables",
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
    ("toolkit.ext.asyncio.", ("Engines, connections and sessions for asyncio.", ASYNCIO)),
    (
        "toolkit.ext.asyncio.engine",
        (
            "Engines, connections and transactions for asyncio.",
            {
                "toolkit_core.aio.connection": "AsyncConnection",
                "toolkit_core.aio.create": "async_engine_from_config create_async_engine "
                "create_async_pool_from_url",
                "toolkit_core.aio.engine": "AsyncEngine",
                "toolkit_core.aio.transaction": "AsyncTransaction",
            },
        ),
    ),
    (
        "toolkit.ext.asyncio.exc",
        (
            "What can go wrong with asynchronous engines and connections.",
            {
                "toolkit_core.aio.errors": "AsyncBindNotFound AsyncContextAlreadyStarted "
                "AsyncContextNotStarted AsyncMethodRequired"
            },
        ),
    ),
    (
        "toolkit.ext.asyncio.result",
        (
            "Results whose rows are awaited.",
            {
                "toolkit_core.aio.result": "AsyncMappingResult AsyncResult AsyncScalarResult "
                "AsyncTupleResult",
                "toolkit_orm.aio.reading_ahead": "_ensure_sync_result=ensure_sync_result",
            },
        ),
    ),
    (
        "toolkit.ext.asyncio.scoping",
        (
            "The session of a task.",
            {"toolkit_orm.aio.scoped_session": "async_scoped_session"},
        ),
    ),
    (
        "toolkit.ext.asyncio.session",
        (
            "Sessions for asyncio, and objects whose attributes are awaited.",
            {
                "toolkit_core.immutabledict": "_EXECUTE_OPTIONS=EMPTY",
                "toolkit_orm.aio.attrs": "AsyncAttrs",
                "toolkit_orm.aio.session": "AsyncSession async_object_session async_session "
                "close_all_sessions",
                "toolkit_orm.aio.sessionmaker": "async_sessionmaker",
                "toolkit_orm.aio.transaction": "AsyncSessionTransaction",
            },
        ),
    ),
    (
        "toolkit.engine.",
        (
            "Engines, connections, transactions and results.",
            {
                "toolkit_core.aio.driver": "AdaptedConnection",
                "toolkit_core.compiler.compilation": "Compiled",
                "toolkit_core.compiler.type_extension": "TypeCompiler",
                "toolkit_core.dialect": "Dialect",
                "toolkit_core.dialect.reflected": "ObjectKind ObjectScope",
                "toolkit_core.engine": "*",
                "toolkit_core.inspection.inspector": "Inspector",
                "toolkit_core.url": "URL make_url",
            },
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
                "toolkit_core.dialect.reflected": "ReflectedCheckConstraint ReflectedColumn "
                "ReflectedComputed ReflectedConstraint ReflectedForeignKeyConstraint "
                "ReflectedIdentity ReflectedIndex ReflectedPrimaryKeyConstraint "
                "ReflectedTableComment ReflectedUniqueConstraint",
                "toolkit_core.engine": "CreateEnginePlugin ExceptionContext ExecutionContext",
            },
        ),
    ),
    (
        "toolkit.engine.reflection",
        (
            "What is in a database.",
            {
                "toolkit_core.dialect.reflected": "ObjectKind ObjectScope",
                "toolkit_core.inspection.inspector": "Inspector",
            },
        ),
    ),
    (
        "toolkit.inspection",
        ("Looking at objects.", {"toolkit_core.inspectable": "inspect"}),
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
    (
        "toolkit.pool.",
        (
            "Connection pools.",
            {
                "toolkit_core.aio.queue_pool": "AsyncAdaptedQueuePool",
                "toolkit_core.pool": "*",
            },
        ),
    ),
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
                "toolkit_core.aio.queue_pool": "AsyncAdaptedQueuePool",
                "toolkit_core.pool": "AssertionPool NullPool QueuePool SingletonThreadPool "
                "StaticPool",
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
    *ORM_MODULES,
)
