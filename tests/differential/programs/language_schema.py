"""Tables: what counts up, in which schema types are, what a copy points to, defaults of MySQL."""

import warnings

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.mysql import pymysql
from sqlalchemy.dialects.postgresql import psycopg2
from sqlalchemy.schema import CreateTable

warnings.simplefilter("ignore")
DIALECTS = {
    "default": None,
    "sqlite": sqlite.dialect(),
    "postgresql": psycopg2.dialect(),
    "mysql": pymysql.dialect(),
}


def written(table, *dialects):
    return [
        " ".join(str(CreateTable(table).compile(dialect=DIALECTS[name])).split())
        for name in dialects or DIALECTS
    ]


def table(*columns, schema=None, metadata=None, **options):
    return sa.Table("t", metadata or sa.MetaData(), *columns, schema=schema, **options)


def key(type_, **options):
    return sa.Column("id", type_, primary_key=True, **options)


class Decorated(sa.TypeDecorator):
    impl = sa.Enum
    cache_ok = True


COUNTING = {
    "two of a key": lambda: [key(sa.Integer, autoincrement=True), sa.Column("b", sa.Integer)],
    "one of two": lambda: [
        key(sa.Integer, autoincrement=True),
        sa.Column("b", sa.Integer, primary_key=True),
    ],
    "a text": lambda: [key(sa.String(5), autoincrement=True)],
    "a fraction": lambda: [key(sa.Numeric(10, 2), autoincrement=True)],
    "a float": lambda: [key(sa.Float, autoincrement=True)],
    "an identity": lambda: [key(sa.Integer, autoincrement=True), sa.Column("b", sa.Integer)],
}
for name, columns in COUNTING.items():
    for dialect in DIALECTS:
        attempt(f"{name} counts up on {dialect}", lambda: written(table(*columns()), dialect))
for dialect in ("default", "sqlite", "mysql"):
    attempt(
        f"a whole decimal counts up on {dialect}",
        lambda: written(table(key(sa.Numeric(10, 0), autoincrement=True)), dialect),
    )
attempt(
    "identities are shown",
    lambda: written(
        table(
            key(sa.Integer, autoincrement=False), sa.Column("c", sa.Integer, sa.Identity(start=3))
        )
    ),
)

TYPES = {
    "an enumeration": lambda: sa.Enum("x", name="en"),
    "one of the dialect": lambda: postgresql.ENUM("x", name="en"),
    "a domain": lambda: postgresql.DOMAIN("en", sa.Integer),
    "an array": lambda: sa.ARRAY(sa.Enum("x", name="en")),
    "a decorated one": lambda: Decorated("x", name="en"),
    "a variant": lambda: sa.String(5).with_variant(sa.Enum("x", name="en"), "postgresql"),
    "one with a schema": lambda: sa.Enum("x", name="en", schema="own"),
    "one that inherits": lambda: sa.Enum("x", name="en", inherit_schema=True),
}
for name in ("an array", "a decorated one", "a variant"):
    for place in ("another schema", "the schema of a MetaData"):
        differs(
            f"{name}: copied into {place}",
            why="a named type inside of another goes along with the table as well",
        )

for name, type_ in TYPES.items():
    for schema in (None, "other"):
        for of_all in (None, "all"):
            attempt(
                f"{name}: table in {schema}, metadata in {of_all}",
                lambda: written(
                    table(
                        sa.Column("e", type_()),
                        schema=schema,
                        metadata=sa.MetaData(schema=of_all),
                    ),
                    "postgresql",
                ),
            )
    attempt(
        f"{name}: copied into another schema",
        lambda: written(
            table(sa.Column("e", type_())).to_metadata(sa.MetaData(), schema="fresh"), "postgresql"
        ),
    )
    attempt(
        f"{name}: copied into the schema of a MetaData",
        lambda: written(
            table(sa.Column("e", type_())).to_metadata(sa.MetaData(schema="fresh"), schema=None),
            "postgresql",
        ),
    )
shared = sa.Enum("x", name="en")
first = table(sa.Column("e", shared))
second = first.to_metadata(sa.MetaData(), schema="fresh")
report("a copy leaves the type of the first", (first.c.e.type.schema, second.c.e.type.schema))

TREES = {
    "a key in a column": lambda: [key(sa.Integer), sa.Column("p", sa.ForeignKey("t.id"))],
    "a constraint": lambda: [
        key(sa.Integer),
        sa.Column("p", sa.Integer),
        sa.ForeignKeyConstraint(["p"], ["t.id"]),
    ],
}
for name, columns in TREES.items():
    for options in ({"name": "u"}, {"schema": "s"}, {"name": "u", "schema": "s"}):
        attempt(
            f"{name}, of a tree that is copied with {options}",
            lambda: written(table(*columns()).to_metadata(sa.MetaData(), **options), "postgresql"),
        )

DEFAULTS = {
    "a date": (sa.Date, sa.func.now()),
    "a number": (sa.Integer, sa.func.now()),
    "a text": (sa.String(9), sa.func.now()),
    "any function": (sa.Integer, sa.func.foo(1)),
    "a timestamp": (sa.TIMESTAMP, sa.func.current_timestamp()),
    "a text of SQL": (sa.DateTime, sa.text("CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP")),
}
for name, (type_, default) in DEFAULTS.items():
    attempt(
        f"the default of {name} on MySQL",
        lambda: written(table(sa.Column("c", type_, server_default=default)), "mysql"),
    )


def said(make):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        make()
    return [type(one.message).__name__ for one in caught]


column = sa.Column("x", sa.Integer)
report("an option of a dialect that nobody has", said(lambda: table(column, acme_size=5)))
report("an option of a dialect that is there", said(lambda: table(mysql_engine="InnoDB")))
