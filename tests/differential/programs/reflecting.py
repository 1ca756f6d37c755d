"""Reading what is in an SQLite database, by the Inspector and into tables."""

from functools import partial

from sqlalchemy import MetaData, Table, create_engine, event, inspect
from sqlalchemy.engine.reflection import ObjectKind, ObjectScope

STATEMENTS = """
CREATE TABLE parent (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(30) DEFAULT 'x''y:z',
    n NUMERIC(10, 2) DEFAULT 5, at DATETIME, odd [odd type], bin BLOB, any_thing, big BIGINT);
CREATE TABLE child (a INTEGER, b INTEGER, parent_id INTEGER, code VARCHAR(5),
    CONSTRAINT pk_child PRIMARY KEY (b, a),
    CONSTRAINT ck_a CHECK (a > 0),
    CONSTRAINT uq_code UNIQUE (code),
    CONSTRAINT fk_parent FOREIGN KEY(parent_id) REFERENCES parent (id) ON DELETE CASCADE);
CREATE INDEX ix_code ON child (code);
CREATE UNIQUE INDEX ux_some ON child (parent_id, a) WHERE a > 3;
CREATE TABLE "Od d" ("A b" INTEGER, CHECK ("A b" > 5));
CREATE TABLE without_rowid (k TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE itself (id INTEGER PRIMARY KEY, up INTEGER REFERENCES itself);
CREATE VIEW seen AS SELECT id, name FROM parent;
CREATE TEMP TABLE passing (id INTEGER PRIMARY KEY, x TEXT UNIQUE);
CREATE TEMP VIEW passing_view AS SELECT id FROM passing
"""
NAMES = "schema table view temp_table temp_view materialized_view sequence"
KINDS = "columns pk_constraint foreign_keys unique_constraints check_constraints indexes"


def shown(value):
    if isinstance(value, dict):
        return sorted((str(key), shown(one)) for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return [shown(one) for one in value]
    if hasattr(value, "text"):
        return str(value)
    # Whether an index is unique is 1 there, and True here.
    if isinstance(value, int):
        return int(value)
    return value if isinstance(value, (str, type(None))) else repr(value)


def failing(ask):
    try:
        return shown(ask())
    except Exception as error:  # noqa: BLE001 - whatever it is, both raise it
        return type(error).__name__


def default(column):
    return column.server_default and str(column.server_default.arg)


def described(table):
    return [
        [
            [column.name, repr(column.type), column.nullable, column.primary_key, default(column)]
            for column in table.columns
        ],
        [column.name for column in table.primary_key],
        sorted(key.target_fullname for key in table.foreign_keys),
        sorted(str(index.name) for index in table.indexes),
        sorted(str(one.name) for one in table.constraints),
    ]


engine = create_engine("sqlite://")
with engine.connect() as connection:
    for statement in STATEMENTS.split(";"):
        connection.exec_driver_sql(statement)
    inspector = inspect(connection)
    for name in [
        "schema",
        "table",
        "view",
        "temp_table",
        "temp_view",
        "materialized_view",
        "sequence",
    ]:
        report(f"{name} names", failing(getattr(inspector, f"get_{name}_names")))
    for kind in KINDS.split():
        for table in ("parent", "child", "Od d", "itself", "seen", "passing", "nothing"):
            ask = partial(getattr(inspector, f"get_{kind}"), table)
            report(f"{kind} of {table}", failing(ask))
        everything = getattr(inspector, f"get_multi_{kind}")
        report(f"all {kind}", shown(everything(kind=ObjectKind.ANY, scope=ObjectScope.ANY)))
    report("no such filter", shown(inspector.get_multi_columns(filter_names=["no", "parent"])))
    report("options", inspector.get_table_options("without_rowid"))
    report("comments", failing(lambda: inspector.get_table_comment("parent")))
    report("view", failing(lambda: inspector.get_view_definition("seen").split("AS")[1]))
    report("no view", failing(lambda: inspector.get_view_definition("nothing")))
    for name in ("parent", "seen", "passing", "nothing"):
        report(f"is {name} there", inspector.has_table(name))
    report("an index", inspector.has_index("child", "ix_code"))
    report("no index", inspector.has_index("child", "ix_none"))
    report("an index of nothing", inspector.has_index("nothing", "ix_none"))
    report("a schema", [inspector.has_schema("main"), inspector.has_schema("nothing")])
    report("the default schema", inspector.default_schema_name)
    report("itself", inspect(inspector) is inspector)
    report("nothing to say", failing(lambda: inspect(5)))

    metadata = MetaData()
    metadata.reflect(connection, views=True)
    for name in sorted(metadata.tables):
        report(f"table {name}", described(metadata.tables[name]))
    report("only some", failing(lambda: MetaData().reflect(connection, only=["parent", "no"])))
    chosen = MetaData()
    chosen.reflect(connection, only=lambda name, _: name in ("child", "seen"))
    report("chosen", sorted(chosen.tables))
    alone = MetaData()
    Table("child", alone, autoload_with=connection, resolve_fks=False)
    report("without the others", sorted(alone.tables))
    part = Table("child", MetaData(), autoload_with=connection, include_columns=["a", "b"])
    report("a part", described(part)[:4])
    heard = MetaData()

    @event.listens_for(heard, "column_reflect")
    def rename(inspector, table, info):
        info["key"] = f"{table.name}_{info['name']}"

    report("keys", Table("itself", heard, autoload_with=connection).c.keys())
    report("no table", failing(lambda: Table("nothing", MetaData(), autoload_with=connection)))
engine.dispose()
