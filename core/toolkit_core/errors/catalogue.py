"""What each code of an error means: the one place where the pages are written."""

from __future__ import annotations

from typing import NamedTuple

AREAS = {
    "connection": "Connections and transactions",
    "driver": "Errors of the driver",
    "statement": "Statements",
    "orm": "Mapped classes and sessions",
    "asyncio": "Asyncio",
    "legacy": "Of old versions only",
}


class Entry(NamedTuple):
    """One page: its code, where it belongs, what happened, what to try."""

    code: str
    area: str
    title: str
    text: str
    steps: tuple[str, ...] = ()


_OF_DRIVER = (
    "The driver raised it; its own exception is at `error.orig`, the statement at"
    " `error.statement`, and the values at `error.params`."
)
_MAYBE_LOST = (
    "Drivers also raise it when the connection was lost: then `error.connection_invalidated` is"
    " true, and the pool has dropped what it held."
)
_PING = (
    "For connections that die while they idle: `create_engine(..., pool_pre_ping=True)`, or a"
    " `pool_recycle` below the server's own time limit."
)

_CONNECTION = (
    Entry(
        "squa",
        "connection",
        "Arguments in a SQLite URL that are ignored",
        "The arguments of a URL's query go to `sqlite3.connect()` if it knows them: `timeout`,"
        " `check_same_thread`, `detect_types`, `isolation_level`, `cached_statements`, and"
        " `autocommit` since Python 3.12. All others are for SQLite itself, which reads them"
        " only of a URI.",
        ("Write `sqlite:///file:app.db?mode=ro&uri=true`: the file with `file:`, and `uri=true`.",),
    ),
    Entry(
        "sqmp",
        "connection",
        "The pool of a SQLite database in memory that has a name",
        "For `mode=memory` in a URI each thread has one connection today"
        " (`SingletonThreadPool`). Such a database can be shared by all connections, so a future"
        " release will use `QueuePool`.",
        (
            (
                "Say which you mean: `create_engine(url, poolclass=QueuePool)` shares it,"
                " `poolclass=SingletonThreadPool` keeps things as they are."
            ),
        ),
    ),
    Entry(
        "3o7r",
        "connection",
        "No connection became free within the pool's timeout",
        "The pool lends at most `pool_size + max_overflow` connections at a time (5 + 10 unless"
        " you say otherwise). All of them were lent out, and none came back within `pool_timeout`"
        " seconds. Either more work runs at once than the pool allows, or connections are taken"
        " and not given back.",
        (
            (
                "Give connections back: `with engine.connect() as connection:` and"
                " `with Session(engine) as session:` do so however the block ends."
            ),
            (
                "Look for transactions that wait for something else: a user, a web request, a"
                " queue. Do that waiting before or after, never within."
            ),
            (
                "If the load is real, raise `pool_size` to the number of threads or tasks that work"
                " at the same time, and mind the server's own limit."
            ),
            (
                "See what is lent: `engine.pool.status()`, or `echo_pool='debug'`, which logs each"
                " checkout and checkin."
            ),
            (
                "Two tasks that wait for each other's locks hold their connections as well: look at"
                " the server's list of locks."
            ),
        ),
    ),
    Entry(
        "pcls",
        "connection",
        "A pool that blocks under asyncio, or the other way round",
        "`QueuePool` waits with locks of threads, which would stop the event loop;"
        " `AsyncAdaptedQueuePool` waits on the event loop, which plain threads do not have. The"
        " class that was given as `poolclass` is of the other kind than the engine.",
        (
            "Leave `poolclass` away: each kind of engine chooses the right one.",
            "`NullPool` and `StaticPool` use no locks and serve both kinds.",
        ),
    ),
    Entry(
        "8s2b",
        "connection",
        "The connection was lost in the middle of a transaction",
        "The server has forgotten the transaction, but the program has not ended it: what came"
        " before is lost, and what comes next would otherwise run as though nothing had happened."
        " A connection opens itself anew only after the program has taken notice.",
        (
            (
                "Call `rollback()` on the connection or the transaction, then do the work again"
                " from its start."
            ),
            "`with connection.begin():` does the rollback by itself.",
            _PING,
        ),
    ),
)

_DRIVER = (
    Entry(
        "dbapi",
        "driver",
        "The driver raised an error",
        "PEP 249 names the exceptions that all drivers have in common; each is wrapped in a class"
        " of the same name here, so that one `except` serves every database. " + _OF_DRIVER,
        (
            "Read the driver's message, the first line: it is the database that speaks.",
            "Run the statement in the database's own shell, with the same values.",
        ),
    ),
    Entry(
        "rvf5",
        "driver",
        "InterfaceError: the driver itself, not the database",
        "The driver was used in a way it does not know: a value of a type it cannot send, a"
        f" cursor or connection that is closed. {_MAYBE_LOST} {_OF_DRIVER}",
        (
            "Look at the types of `error.params`: give the column a type that converts them.",
            _PING,
        ),
    ),
    Entry(
        "4xp6",
        "driver",
        "DatabaseError: the database reported an error",
        "The driver did not say which kind of error this is. " + _OF_DRIVER,
        ("Look the server's own code up in its manual: `error.sqlstate`, or in `error.orig`.",),
    ),
    Entry(
        "9h9h",
        "driver",
        "DataError: a value does not fit",
        "A number is out of range, a text too long, a date malformed, or something is divided by"
        " zero. " + _OF_DRIVER,
        (
            "Compare the value with the column's type and length.",
            "Refuse such values where they enter the program.",
        ),
    ),
    Entry(
        "e3q8",
        "driver",
        "OperationalError: the database could not do its work",
        "The circumstances are to blame, not the statement: the server cannot be reached or"
        " went away, a lock was not granted in time, two transactions stood in each other's way,"
        f" memory or disk is full. SQLite also says so of a missing table. {_MAYBE_LOST}"
        f" {_OF_DRIVER}",
        (
            (
                "If no connection can be made: check host, port, user and password outside of the"
                " program, with the database's own shell."
            ),
            "If `error.retryable` is true, the whole transaction may succeed when it runs again.",
            _PING,
            (
                'SQLite, "database is locked": keep writing transactions short, and give'
                " `connect_args={'timeout': 30}`."
            ),
        ),
    ),
    Entry(
        "gkpj",
        "driver",
        "IntegrityError: a constraint refused the change",
        "The row would break a rule of the schema: a key that exists already, a reference to"
        " nothing, a required value that is missing, a check that fails. Where the server tells"
        " it, `error.kind`, `error.constraint`, `error.table` and `error.columns` say which, and"
        " the class is narrower: `UniqueViolation`, `ForeignKeyViolation`, `NotNullViolation`,"
        " `CheckViolation`, `ExclusionViolation`. " + _OF_DRIVER,
        (
            (
                "Catch the narrow class where the conflict is expected, e.g. a name that is taken;"
                " do not look first and insert then: somebody else is faster."
            ),
            (
                "In a session, roll back before going on, or put the attempt into"
                " `with session.begin_nested():`."
            ),
            (
                "To insert or update in one go, use `on_conflict_do_update()` of the dialect's"
                " `insert()`."
            ),
        ),
    ),
    Entry(
        "2j85",
        "driver",
        "InternalError: the database is out of step with itself",
        "A cursor or a transaction is not in the state that the server takes it for; PostgreSQL"
        " says so of every statement that follows a failed one. " + f"{_MAYBE_LOST} {_OF_DRIVER}",
        ("Roll back, and look for the first error of the transaction: it is the real one.", _PING),
    ),
    Entry(
        "f405",
        "driver",
        "ProgrammingError: the SQL is wrong, or names what does not exist",
        "A table or column is missing or there already, the syntax is wrong, or the number of"
        f" values differs from the number of places. {_MAYBE_LOST} {_OF_DRIVER}",
        (
            (
                "If a table is missing: has `metadata.create_all(engine)` run, or the migration,"
                " and on this database? Print `engine.url`."
            ),
            (
                "If a name has capital letters or is a reserved word, the database may want it"
                " quoted: declare it as a `Column` or `Table`, which does so."
            ),
            (
                "PostgreSQL cannot guess the type of a bare value: use `cast()` or a typed"
                " `bindparam()`."
            ),
        ),
    ),
    Entry(
        "tw8g",
        "driver",
        "NotSupportedError: the database cannot do this",
        "The driver or the server knows what is meant and does not have it, e.g. a rollback where"
        " there are no transactions. " + _OF_DRIVER,
        ("Compare the server's version with the one its manual asks for.",),
    ),
)

_STATEMENT = (
    Entry(
        "cprf",
        "statement",
        "A construct without a cache key",
        "A statement that is built the same way again need not be written as SQL again, provided"
        " that each of its parts can say what it is. A type or construct of your own has not"
        " declared that it can, so every statement with it is compiled anew: right, but slow.",
        (
            (
                "For a subclass of `TypeDecorator` or `UserDefinedType`: set `cache_ok = True` if"
                " the arguments of its constructor are hashable and say all there is to know, else"
                " `cache_ok = False`, which also ends the warning."
            ),
            (
                "For a subclass of a construct with `@compiles`: set `inherit_cache = True` if its"
                " SQL depends on nothing but what its base knows, else `inherit_cache = False`."
            ),
            "For a dialect of a third party, ask its maintainers.",
        ),
    ),
    Entry(
        "l7de",
        "statement",
        "This dialect cannot write this construct",
        "Nothing was sent. The construct belongs to another database, or the statement was turned"
        " into text without saying for which database:\n\n"
        "```python\n"
        "print(statement)                                  # plain SQL only\n"
        "print(statement.compile(engine))                  # as this engine writes it\n"
        "print(statement.compile(dialect=postgresql.dialect()))\n"
        "```",
        (
            "Name the dialect, as above.",
            "Use what both databases have, or choose by the engine at run time.",
            "For a construct of your own, add a rule with `@compiles(Construct, 'name')`.",
        ),
    ),
    Entry(
        "cd3x",
        "statement",
        "A parameter has no value",
        "The statement has a `bindparam()` or a `:name` that the values given to `execute()` do"
        " not mention. With a list of values the first of them decides which columns the"
        " statement has, so all others must have the same keys:\n\n"
        "```python\n"
        "connection.execute(insert(t), [{'a': 1, 'b': 2}, {'a': 3}])             # no 'b'\n"
        "connection.execute(insert(t), [{'a': 1, 'b': 2}, {'a': 3, 'b': None}])  # right\n"
        "```",
        (
            "Give the value, under the very name: `execute(statement, {'name': value})`.",
            "Give `None` where NULL is meant.",
            "In `text()`, write a colon that begins no name as `\\:`.",
        ),
    ),
    Entry(
        "89ve",
        "statement",
        "A SELECT stands where a table is expected",
        "A SELECT in a FROM clause needs a name, which most databases insist on, and columns to"
        " refer to; `subquery()` gives it both:\n\n"
        "```python\n"
        "recent = select(orders).where(orders.c.year == 2024).subquery()\n"
        "statement = select(recent.c.id)\n"
        "```",
        (
            "Call `subquery()`, or `cte()` for a WITH clause.",
            "For one value out of a SELECT, call `scalar_subquery()`.",
        ),
    ),
)

_ORM = (
    Entry(
        "xaj1",
        "orm",
        "A join along a relationship to a table instead of a class",
        "The target of such a join was a `Table` or an alias of one, for which an alias had to be"
        " made up. Join to the mapped class, or to `aliased(Class)` with"
        " `relationship.of_type(alias)`.",
    ),
    Entry(
        "xaj2",
        "orm",
        "A join between classes that share a table",
        "Both sides of the join inherit from one base table, so one of them had to be given an"
        " alias that the statement cannot refer to. Make it yourself with"
        " `aliased(Class, flat=True)`.",
    ),
    Entry(
        "isce",
        "orm",
        "A session is used from two places at once",
        "A session stands for one transaction and has no locks: a second thread or task called it"
        " while the first was not done. Give each thread or task a session of its own.",
    ),
    Entry(
        "bhk3",
        "orm",
        "An object without a session cannot load what is missing",
        "The attribute was not loaded, or expired with the commit, and the session that could"
        " fetch it is closed. Load it beforehand with `selectinload()` or `joinedload()`, keep the"
        " session open while the objects are used, or make it with `expire_on_commit=False`.",
    ),
    Entry(
        "7s2a",
        "orm",
        "The session must be rolled back after a failed flush",
        "A flush failed earlier, its transaction is gone, and the session waits for the program"
        " to take notice. Call `session.rollback()` where the first error is caught, or use"
        " `with session.begin():`, which does so.",
    ),
    Entry(
        "bbf0",
        "orm",
        'delete-orphan stands on the "many" side',
        "Only the side that owns its objects can tell that one of them has no owner any more."
        " Put `cascade='all, delete-orphan'` on the one-to-many side, or add `single_parent=True`"
        " if there never is more than one owner.",
    ),
    Entry(
        "bbf1",
        "orm",
        "An object has two owners, and only one is allowed",
        "The relationship has `single_parent=True`, and the object belongs to another one"
        " already. Take it away from there first, or drop the flag if sharing is meant.",
    ),
    Entry(
        "qzyx",
        "orm",
        "Two relationships write the same column",
        "Both would set the foreign key, and neither knows of the other. Link them with"
        " `back_populates`, make one `viewonly=True`, or say `overlaps='other'` if it is meant so.",
    ),
    Entry(
        "lkrp",
        "orm",
        "A result is read after its session was closed",
        "The rows were not all fetched yet, and the objects they would become have no session to"
        " live in. Read the result within the session, e.g. with `.all()`, or execute with"
        " `execution_options={'prebuffer_rows': True}`.",
    ),
    Entry(
        "zlpr",
        "orm",
        "An annotation of a mapped class that says nothing",
        "Annotated attributes of a declarative class are `Mapped[...]`; this one is not. Write"
        " `Mapped[...]`, or set `__allow_unmapped__ = True` on a class that is older than that.",
    ),
    Entry(
        "dcmx",
        "orm",
        "A mixin of a mapped dataclass is none itself",
        "Dataclasses take no fields from a base that is not a dataclass. Let the mixin inherit"
        " from `MappedAsDataclass`, or decorate it with `@unmapped_dataclass`.",
    ),
    Entry(
        "dcte",
        "orm",
        "Python's dataclasses refused the class",
        "The order of fields, defaults and `init=False` follows the rules of the module"
        " `dataclasses`, across base classes too. Give defaults to what follows a default, or use"
        " `kw_only=True`.",
    ),
    Entry(
        "bupq",
        "orm",
        "A bulk update needs the primary key in each record",
        "A session that executes `update(Class)` with a list of records finds the rows by their"
        " primary keys. Add the keys, or execute on `session.connection()` for any other"
        " condition.",
    ),
)

_ASYNCIO = (
    Entry(
        "xd1r",
        "asyncio",
        "An asynchronous engine was given a driver that blocks",
        "The driver did its work at once instead of handing over something to await, so it is not"
        " one for asyncio.",
        (
            (
                "Name an asynchronous driver in the URL: `postgresql+asyncpg://`,"
                " `postgresql+psycopg://`, `mysql+asyncmy://`, `sqlite+aiosqlite://`,"
                " `oracle+oracledb://`."
            ),
            "Without asyncio, use `create_engine()`.",
        ),
    ),
    Entry(
        "xd2s",
        "asyncio",
        "The database was asked where nothing can be awaited",
        "Code that is not awaited needed the database. Most often an attribute of a mapped object"
        " was read that is not loaded: plain Python cannot await behind the dot.",
        (
            "Load it with the object: `select(User).options(selectinload(User.addresses))`.",
            (
                "Make the session with `expire_on_commit=False`, so that objects stay loaded after"
                " a commit."
            ),
            "Await it: `await user.awaitable_attrs.addresses`, with the mixin `AsyncAttrs`.",
            "Run a function that asks the database within: `await session.run_sync(function)`.",
        ),
    ),
    Entry(
        "xd3s",
        "asyncio",
        "An Inspector of an asynchronous engine",
        "`inspect()` hands out objects whose methods ask the database at once, which an"
        " asynchronous connection cannot do:\n\n"
        "```python\n"
        "async with engine.connect() as connection:\n"
        "    names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())\n"
        "```",
        ("Inspect within `run_sync()`, as above.",),
    ),
)

_LEGACY = (
    Entry(
        "b8d9",
        "legacy",
        "A use from before 2.0",
        "The function or argument belongs to the API of 1.x. The message names what to write"
        " instead.",
    ),
    Entry(
        "s9r1",
        "legacy",
        "An object came into the session by its back reference",
        "In 1.x, assigning an object to one that is in a session added it as well. Since 2.0 only"
        " `session.add()` and the cascade of the forward direction do.",
    ),
    Entry(
        "c9ae",
        "legacy",
        "select() with a list or with keyword arguments",
        "In 1.x columns were given as a list, and clauses as arguments. Write"
        " `select(a, b).where(...)`.",
    ),
    Entry(
        "c9bf",
        "legacy",
        "A session that finds its engine through MetaData",
        "Tables have not been bound to an engine since 2.0. Give the engine to `Session(engine)`"
        " or `sessionmaker(engine)`.",
    ),
    Entry(
        "2afi",
        "legacy",
        "A statement was executed by itself",
        "Statements have not known an engine since 2.0. Write `connection.execute(statement)` or"
        " `session.execute(statement)`.",
    ),
    Entry(
        "8s2a",
        "legacy",
        "The connection's transaction is not active any more",
        "A transaction within another one was rolled back, which ended the outer one too, and the"
        " outer one was not rolled back yet. Call its `rollback()`, and use `begin_nested()` for"
        " parts that may fail on their own.",
    ),
)

ENTRIES = (*_CONNECTION, *_DRIVER, *_STATEMENT, *_ORM, *_ASYNCIO, *_LEGACY)
