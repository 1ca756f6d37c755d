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

ROOT_NAMES: Final = {
    "toolkit_core.dialect": "Dialect",
    "toolkit_core.engine": "ChunkedIteratorResult Connection CreateEnginePlugin CursorResult "
    "Engine ExceptionContext ExecutionContext FilterResult FrozenResult IteratorResult "
    "MappingResult MergedResult NestedTransaction Result RootTransaction Row RowMapping "
    "ScalarResult Transaction TwoPhaseTransaction create_engine create_mock_engine "
    "create_pool_from_url engine_from_config result_tuple",
    "toolkit_core.expression.text": "TextClause text",
    "toolkit_core.pool": "AssertionPool NullPool Pool PoolProxiedConnection PoolResetState "
    "QueuePool SingletonThreadPool StaticPool",
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

ROOT_MODULES: Final = "dialects engine event events exc ext plugins pool types util"

# Module → what it says of itself, and its names by home.  A dot at the end: a package.
MODULES: Final[tuple[tuple[str, tuple[str, dict[str, str]]], ...]] = (
    (
        "toolkit.types",
        ("The types of columns and expressions.", {"toolkit_core.types": TYPES}),
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
            {"toolkit_core.events": "ConnectionEvents DialectEvents PoolEvents PoolResetState"},
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
