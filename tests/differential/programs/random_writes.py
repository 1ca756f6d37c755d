"""INSERT, UPDATE and DELETE put together at random: the same seeds write the same on both sides.

Compared are what comes back, how many rows were met, what the result tells of keys and defaults,
the class of an error, and what is left in the tables.
"""

import random
import warnings

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

warnings.simplefilter("ignore")
STATEMENTS = 600
ERRORS = [
    "IntegrityError",
    "OperationalError",
    "CompileError",
    "InvalidRequestError",
    "ArgumentError",
    "ProgrammingError",
    "StatementError",
    "OverflowError",
]

metadata = sa.MetaData()
item = sa.Table(
    "item",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20), unique=True),
    sa.Column("v", sa.Integer, default=7),
    sa.Column("w", sa.Integer, server_default="3"),
    sa.Column("seen", sa.Integer, onupdate=1),
)
part = sa.Table(
    "part",
    metadata,
    sa.Column("a", sa.Integer, primary_key=True),
    sa.Column("b", sa.Integer, primary_key=True),
    sa.Column("note", sa.String(20)),
    sa.Column("price", sa.Numeric(10, 2)),
    sa.Column("made", sa.Date),
)
engine = sa.create_engine("sqlite://")


class Dice(random.Random):
    """What statements are made of."""

    def number(self):
        return self.choice([None, 0, 1, 2, 3, 5, 8, -1, 10**9])

    def word(self):
        return self.choice([None, "", "a", "b", "it's", "%s", ":x", "\u00e9\U0001f40d", "a\x00b"])

    def plain(self, column):
        if isinstance(column.type, sa.String):
            return self.word()
        return self.number() if isinstance(column.type, sa.Integer) else None

    def of_sql(self, table, column):
        return self.choice(
            [
                column,
                sa.func.coalesce(column, 4),
                sa.literal(5),
                sa.null(),
                sa.select(sa.func.count()).select_from(part).scalar_subquery(),
                sa.select(sa.func.max(part.c.a)).where(part.c.b == item.c.v).scalar_subquery()
                if table is item
                else sa.func.abs(-3),
            ]
        )

    def row(self, table, names, sql=0.0):
        return {
            name: self.of_sql(table, table.c[name])
            if self.random() < sql and isinstance(table.c[name].type, sa.Integer)
            else self.plain(table.c[name])
            for name in names
        }

    def some(self, table, least=1):
        names = list(table.c.keys())
        return sorted(self.sample(names, self.randint(least, len(names))), key=names.index)

    def condition(self, table):
        columns = list(table.c)
        column = self.choice(columns[:3])
        wanted = self.plain(column)
        return self.choice(
            [
                column == wanted,
                column.in_([self.plain(column) for _ in range(self.randint(0, 3))]),
                column.is_not(None),
                sa.or_(column != wanted, columns[0] > 2),
                sa.exists().where(part.c.a == columns[0]) if table is item else columns[1] < 5,
                sa.not_(column == wanted),
            ]
        )

    def insert(self):
        table = self.choice([item, part])
        statement = sqlite.insert(table) if self.random() < 0.3 else sa.insert(table)
        how = self.randrange(6)
        parameters = None
        names = self.some(table)
        if how == 0:
            statement = statement.values(**self.row(table, names, sql=0.3))
        elif how == 1:
            statement = statement.values(
                [self.row(table, names) for _ in range(self.randint(1, 3))]
            )
        elif how == 2:
            parameters = self.row(table, names)
        elif how == 3:
            parameters = [self.row(table, names) for _ in range(self.randint(2, 5))]
        elif how == 4:
            chosen = [table.c[name] for name in names]
            source = sa.select(*chosen).where(self.condition(table))
            statement = statement.from_select(names, source, include_defaults=self.random() < 0.5)
        else:
            statement = statement.values(self.row(table, names[:1])).values(
                self.row(table, names[1:])
            )
        if hasattr(statement, "on_conflict_do_nothing"):
            statement = self.with_conflict(statement, table)
        if self.random() < 0.4 and how != 4:
            order = {"sort_by_parameter_order": True} if how == 3 else {}
            statement = statement.returning(*self.sample(list(table.c), 2), **order)
        elif self.random() < 0.2 and how in (0, 2, 5):
            statement = statement.return_defaults()
        return statement, parameters

    def with_conflict(self, statement, table):
        keys = [["id"], ["name"]] if table is item else [["a", "b"]]
        if self.random() < 0.5:
            return statement.on_conflict_do_nothing(self.choice([None, *keys]))
        column = self.choice(list(table.c)[2:4])
        new = statement.excluded[column.key]
        return statement.on_conflict_do_update(
            index_elements=self.choice(keys),
            set_={column.key: self.choice([new, self.plain(column)])},
            where=self.choice([None, column.is_(None)]),
        )

    def update(self):
        table = self.choice([item, part])
        statement = sa.update(table)
        names = self.some(table)[-3:]
        how = self.randrange(5)
        parameters = None
        if how == 0:
            statement = statement.values(self.row(table, names, sql=0.4))
        elif how == 1:
            statement = statement.ordered_values(*self.row(table, names[::-1], sql=0.4).items())
        elif how == 2:
            parameters = self.row(table, names)
        elif how == 3:
            first = next(iter(table.c))
            statement = statement.where(first == sa.bindparam("key"))
            parameters = [
                {**self.row(table, names), "key": self.number()} for _ in range(self.randint(2, 4))
            ]
        else:
            other = part if table is item else item
            mine, theirs = next(iter(table.c)), next(iter(other.c))
            target = table.c.v if table is item else table.c.note
            statement = statement.values({target: theirs}).where(mine == theirs)
        if self.random() < 0.8 and how != 3:
            statement = statement.where(self.condition(table))
        if self.random() < 0.3 and how != 3:
            statement = statement.returning(*self.sample(list(table.c), 2))
        return statement, parameters

    def delete(self):
        table = self.choice([item, part])
        statement = sa.delete(table).where(self.condition(table))
        if self.random() < 0.5:
            statement = statement.where(self.condition(table))
        if self.random() < 0.3:
            statement = statement.returning(*table.c)
        return statement, None

    def statement(self):
        return self.choice([self.insert, self.insert, self.update, self.delete])()


def written(statement):
    try:
        return str(statement.compile(dialect=sqlite.dialect()))
    except Exception as error:  # noqa: BLE001 - errors are what is compared
        return error_of(error)


def error_of(error):
    names = [kind.__name__ for kind in type(error).__mro__]
    return next((name for name in ERRORS if name in names), names[0])


def outcome(connection, statement, parameters):
    result = connection.execute(statement, parameters)
    rows = sorted(map(repr, map(tuple, result))) if result.returns_rows else None
    # The oracle counts no rows, or those of the last batch, where rows come back.
    told = [rows, result.rowcount if rows is None else None]
    if result.is_insert and rows is None and "SELECT" not in written(statement):
        told += [repr(result.inserted_primary_key_rows), repr(result.returned_defaults_rows)]
    return told


def write(connection, seed):
    statement = None
    try:
        statement, parameters = Dice(seed).statement()
        with connection.begin_nested():
            told = outcome(connection, statement, parameters)
    except Exception as error:  # noqa: BLE001 - errors are what is compared
        told = error_of(error)
    left = [
        sorted(map(repr, map(tuple, connection.execute(sa.select(table)))))
        for table in (item, part)
    ]
    return written(statement), told, left


differs(
    "statement 547",
    why="the oracle fetches the key that was given where there is nothing else to fetch",
)
with engine.connect() as connection:
    metadata.create_all(connection)
    for seed in range(STATEMENTS):
        report(f"statement {seed}", write(connection, seed))
