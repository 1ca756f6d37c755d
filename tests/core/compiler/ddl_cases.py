"""DDL to be written the same by the oracle and by us: each case is a function of a namespace.

``s`` has the documented names of the one library or of the other, so the cases import neither.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CASES: dict[str, Callable[[Any], Any]] = {}


def case(build: Callable[[Any], Any]) -> Callable[[Any], Any]:
    CASES[build.__name__] = build
    return build


def table(s: Any, *items: Any, name: str = "t", **options: Any) -> Any:
    return s.CreateTable(
        s.Table(name, options.pop("metadata", None) or s.MetaData(), *items, **options)
    )


def integer(s: Any, name: str = "x", *items: Any, **options: Any) -> Any:
    return s.Column(name, s.Integer, *items, **options)


def key(s: Any, **options: Any) -> Any:
    return s.Column("id", s.Integer, primary_key=True, **options)


# -- columns ------------------------------------------------------------------------------


@case
def plain_columns(s: Any) -> Any:
    return table(s, key(s), s.Column("name", s.String(50)), s.Column("done", s.Boolean))


@case
def string_without_length(s: Any) -> Any:
    return table(s, s.Column("name", s.String))


@case
def not_null(s: Any) -> Any:
    return table(s, integer(s, nullable=False), integer(s, "y", nullable=True))


@case
def nullable_primary_key(s: Any) -> Any:
    return table(s, key(s, nullable=True))


@case
def composite_primary_key(s: Any) -> Any:
    return table(s, integer(s, "a", primary_key=True), integer(s, "b", primary_key=True))


@case
def primary_key_of_text(s: Any) -> Any:
    return table(s, s.Column("code", s.String(3), primary_key=True))


@case
def primary_key_in_the_middle(s: Any) -> Any:
    return table(s, integer(s, "a"), integer(s, "b", primary_key=True), integer(s, "c"))


@case
def no_autoincrement(s: Any) -> Any:
    return table(s, key(s, autoincrement=False))


@case
def autoincrement(s: Any) -> Any:
    return table(s, key(s, autoincrement=True))


@case
def no_columns(s: Any) -> Any:
    return table(s)


@case
def server_default_string(s: Any) -> Any:
    return table(s, s.Column("x", s.String(5), server_default="it's 5%"))


@case
def server_default_number(s: Any) -> Any:
    return table(s, integer(s, server_default="5", nullable=False))


@case
def server_default_text(s: Any) -> Any:
    return table(s, integer(s, server_default=s.text("1 + 1")))


@case
def server_default_text_with_escape(s: Any) -> Any:
    return table(s, s.Column("x", s.String, server_default=s.text("'12\\:30'")))


@case
def server_default_clause(s: Any) -> Any:
    return table(s, integer(s, server_default=s.DefaultClause("7")))


@case
def server_default_fetched(s: Any) -> Any:
    return table(s, integer(s, server_default=s.FetchedValue(), nullable=False))


@case
def server_default_and_key(s: Any) -> Any:
    return table(s, integer(s, server_default="5", primary_key=True))


@case
def python_defaults_are_not_written(s: Any) -> Any:
    return table(s, integer(s, default=5, onupdate=6))


@case
def system_columns_are_left_out(s: Any) -> Any:
    return table(s, integer(s), integer(s, "xmin", system=True), integer(s, "y"))


@case
def system_column_first(s: Any) -> Any:
    return table(s, integer(s, "xmin", system=True), integer(s, "y"))


@case
def computed(s: Any) -> Any:
    return table(s, integer(s), integer(s, "y", s.Computed("x * 2")))


@case
def computed_stored(s: Any) -> Any:
    return table(s, integer(s), integer(s, "y", s.Computed("x * 2", persisted=True)))


@case
def computed_virtual_not_null(s: Any) -> Any:
    return table(
        s, integer(s), integer(s, "y", s.Computed("x * 2", persisted=False), nullable=False)
    )


@case
def computed_of_an_expression(s: Any) -> Any:
    x = integer(s)
    return table(s, x, s.Column("y", s.Boolean, s.Computed(x > 5)))


@case
def identity(s: Any) -> Any:
    return table(s, s.Column("id", s.Integer, s.Identity(), primary_key=True))


@case
def identity_with_options(s: Any) -> Any:
    return table(
        s,
        s.Column(
            "id",
            s.Integer,
            s.Identity(
                always=True,
                start=5,
                increment=2,
                minvalue=1,
                maxvalue=99,
                cycle=True,
                cache=10,
                order=True,
            ),
        ),
    )


@case
def identity_no_limits(s: Any) -> Any:
    return table(
        s, s.Column("id", s.Integer, s.Identity(nominvalue=True, nomaxvalue=True, cycle=False))
    )


@case
def identity_nullable(s: Any) -> Any:
    return table(s, s.Column("id", s.Integer, s.Identity(on_null=True), nullable=True))


@case
def sequence_as_default(s: Any) -> Any:
    return table(s, s.Column("id", s.Integer, s.Sequence("numbers"), primary_key=True))


@case
def insert_sentinel(s: Any) -> Any:
    return table(s, key(s), s.insert_sentinel("mark"))


@case
def column_with_comment(s: Any) -> Any:
    return table(s, integer(s, comment="what it's for"), comment="a table")


# -- names --------------------------------------------------------------------------------


@case
def upper_case_names(s: Any) -> Any:
    return table(s, integer(s, "MixedCase"), name="UPPER")


@case
def odd_names(s: Any) -> Any:
    return table(
        s,
        *[integer(s, name) for name in ("per cent", "a-b", 'qu"ote', "1st", "_u", "a$", "$a", "é")],
    )


@case
def reserved_names(s: Any) -> Any:
    return table(s, integer(s, "select"), integer(s, "user"), name="order")


@case
def quoted_names(s: Any) -> Any:
    return table(
        s, integer(s, "a", quote=True), integer(s, "Select", quote=False), name="t", quote=True
    )


@case
def quoted_name_objects(s: Any) -> Any:
    return table(s, integer(s, s.quoted_name("a", True)), name=s.quoted_name("A.b", False))


@case
def percent_in_a_name(s: Any) -> Any:
    return table(s, integer(s, "50%"), integer(s, "%(x)s"))


@case
def schema(s: Any) -> Any:
    return table(s, integer(s), schema="shop")


@case
def schema_quoted(s: Any) -> Any:
    return table(s, integer(s), schema="Shop One")


@case
def schema_with_dot(s: Any) -> Any:
    return table(s, integer(s), schema="a.b")


@case
def schema_with_quote_flag(s: Any) -> Any:
    return table(s, integer(s), schema="shop", quote_schema=True)


@case
def schema_of_metadata(s: Any) -> Any:
    return table(s, integer(s), metadata=s.MetaData(schema="shop"))


@case
def schema_of_metadata_quoted(s: Any) -> Any:
    return table(s, integer(s), metadata=s.MetaData(schema="shop", quote_schema=True))


@case
def blank_schema(s: Any) -> Any:
    return table(s, integer(s), metadata=s.MetaData(schema="shop"), schema=s.BLANK_SCHEMA)


@case
def column_with_another_key(s: Any) -> Any:
    return table(
        s, integer(s, "x", key="k", primary_key=True), integer(s, "y", unique=True, key="z")
    )


# -- table options ------------------------------------------------------------------------


@case
def prefixes(s: Any) -> Any:
    return table(s, integer(s), prefixes=["GLOBAL", "TEMPORARY"])


@case
def if_not_exists(s: Any) -> Any:
    return s.CreateTable(s.Table("t", s.MetaData(), integer(s)), if_not_exists=True)


@case
def drop(s: Any) -> Any:
    return s.DropTable(s.Table("t", s.MetaData(), integer(s), schema="S"))


@case
def drop_if_exists(s: Any) -> Any:
    return s.DropTable(s.Table("t", s.MetaData(), integer(s)), if_exists=True)


@case
def sqlite_autoincrement(s: Any) -> Any:
    return table(s, key(s), sqlite_autoincrement=True)


@case
def sqlite_autoincrement_named(s: Any) -> Any:
    return table(
        s, key(s), s.PrimaryKeyConstraint("id", name="pk_t"), integer(s), sqlite_autoincrement=True
    )


@case
def sqlite_autoincrement_composite(s: Any) -> Any:
    return table(s, key(s), integer(s, "b", primary_key=True), sqlite_autoincrement=True)


@case
def sqlite_without_rowid(s: Any) -> Any:
    return table(s, key(s), sqlite_with_rowid=False)


@case
def sqlite_strict(s: Any) -> Any:
    return table(s, key(s), sqlite_strict=True)


@case
def sqlite_strict_without_rowid(s: Any) -> Any:
    return table(s, key(s), sqlite_strict=True, sqlite_with_rowid=False)


# -- indexes ------------------------------------------------------------------------------


def indexed(s: Any, index: Any, *items: Any, **options: Any) -> Any:
    s.Table("t", s.MetaData(), integer(s, "a"), integer(s, "b"), *items, index, **options)
    return s.CreateIndex(index)


@case
def index(s: Any) -> Any:
    return indexed(s, s.Index("ix", "a", "b"))


@case
def index_unique(s: Any) -> Any:
    return indexed(s, s.Index("ix", "a", unique=True))


@case
def index_if_not_exists(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    return s.CreateIndex(s.Index("ix", t.c.x), if_not_exists=True)


@case
def index_in_schema(s: Any) -> Any:
    return indexed(s, s.Index("ix", "a"), schema="main")


@case
def index_of_a_column(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s, index=True))
    return [s.CreateIndex(one) for one in t.indexes]


@case
def index_unique_of_a_column(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s, index=True, unique=True), schema="main")
    return [s.CreateIndex(one) for one in t.indexes]


@case
def index_of_text(s: Any) -> Any:
    return indexed(s, s.Index("ix", s.text("lower(a)"), "b"))


@case
def index_quoted(s: Any) -> Any:
    return indexed(s, s.Index("Ix", "C d"), integer(s, "C d"))


@case
def index_with_quote_flag(s: Any) -> Any:
    return indexed(s, s.Index("ix", "a", quote=True))


@case
def index_of_an_expression(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    return s.CreateIndex(s.Index("ix", t.c.x > 5))


@case
def index_sqlite_where(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s), integer(s, "y"))
    return s.CreateIndex(s.Index("ix", t.c.x, sqlite_where=(t.c.x > 5) & (t.c.y < 7)))


@case
def index_without_table(s: Any) -> Any:
    return s.CreateIndex(s.Index("ix", "a"))


@case
def index_without_name(s: Any) -> Any:
    t = s.Table("t", s.MetaData(naming_convention={"pk": "pk"}), integer(s))
    return s.CreateIndex(s.Index(None, t.c.x))


@case
def drop_index(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s), schema="main")
    return s.DropIndex(s.Index("Ix", t.c.x))


@case
def drop_index_if_exists(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    return s.DropIndex(s.Index("ix", t.c.x), if_exists=True)


# -- naming conventions -------------------------------------------------------------------

CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s_%(referred_column_0_name)s",
    "pk": "pk_%(table_name)s",
}


@case
def convention(s: Any) -> Any:
    metadata = s.MetaData(naming_convention=CONVENTION)
    s.Table("u", metadata, key(s))
    return table(
        s,
        key(s),
        integer(s, "a", s.ForeignKey("u.id"), unique=True),
        integer(s, "b"),
        s.UniqueConstraint("a", "b"),
        s.UniqueConstraint("b", name="named"),
        s.CheckConstraint("a > 5", name="five"),
        s.CheckConstraint("a > 6", name=s.conv("six")),
        metadata=metadata,
    )


@case
def convention_tokens(s: Any) -> Any:
    metadata = s.MetaData(
        naming_convention={
            "uq": "%(column_0N_name)s_%(column_0_N_label)s_%(column_1_key)s_%(mine)s",
            "mine": lambda constraint, table: f"of_{table.name}",
            "pk": "%(table_name)s_%(column_0_key)s_pk",
        }
    )
    return table(
        s,
        integer(s, "a", primary_key=True),
        integer(s, "b", key="bee"),
        s.UniqueConstraint("a", "bee"),
        metadata=metadata,
        schema="s",
    )


@case
def convention_by_class(s: Any) -> Any:
    metadata = s.MetaData(naming_convention={s.UniqueConstraint: "u_%(column_0_name)s"})
    return table(s, integer(s, "a", unique=True), metadata=metadata)


@case
def convention_wants_a_name(s: Any) -> Any:
    metadata = s.MetaData(naming_convention=CONVENTION)
    return table(s, integer(s), s.CheckConstraint("x > 5"), metadata=metadata)


# -- schemas, sequences, comments, free text ----------------------------------------------


@case
def schemas(s: Any) -> Any:
    return [
        s.CreateSchema("shop"),
        s.CreateSchema("Shop", if_not_exists=True),
        s.DropSchema("shop"),
        s.DropSchema("shop", cascade=True, if_exists=True),
    ]


@case
def sequence(s: Any) -> Any:
    return [s.CreateSequence(s.Sequence("numbers")), s.DropSequence(s.Sequence("numbers"))]


@case
def sequence_with_options(s: Any) -> Any:
    return s.CreateSequence(
        s.Sequence(
            "Numbers",
            start=5,
            increment=-2,
            minvalue=1,
            maxvalue=99,
            cycle=True,
            cache=10,
            order=True,
            schema="shop",
            data_type=s.Integer,
        ),
        if_not_exists=True,
    )


@case
def sequence_no_limits(s: Any) -> Any:
    return s.CreateSequence(
        s.Sequence("n", nominvalue=True, nomaxvalue=True, cycle=False, order=False)
    )


@case
def drop_sequence_if_exists(s: Any) -> Any:
    return s.DropSequence(s.Sequence("n", schema="S"), if_exists=True)


@case
def comments(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s, comment="it's 5%"), comment="the table", schema="S")
    return [
        s.SetTableComment(t),
        s.DropTableComment(t),
        s.SetColumnComment(t.c.x),
        s.DropColumnComment(t.c.x),
    ]


@case
def free_text(s: Any) -> Any:
    t = s.Table("T t", s.MetaData(), integer(s), schema="s")
    return [
        s.DDL("ALTER TABLE %(fullname)s ADD %(table)s.%(schema)s %% 5").against(t),
        s.DDL("SELECT 50%%"),
        s.DDL("x %(word)s", context={"word": "w"}).against(t),
    ]


@case
def one_column(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s, nullable=False, server_default="5"))
    return s.CreateColumn(t.c.x)


@case
def ddl_if(s: Any) -> Any:
    t = s.Table(
        "t",
        s.MetaData(),
        integer(s),
        s.CheckConstraint("x > 5", name="a").ddl_if(dialect="sqlite"),
        s.CheckConstraint("x > 6", name="b").ddl_if(dialect=("postgresql", "mysql")),
        s.UniqueConstraint("x", name="c").ddl_if(
            callable_=lambda ddl, target, bind, dialect, **kw: dialect.name == "sqlite"
        ),
    )
    return s.CreateTable(t)


# -- views and tables from queries --------------------------------------------------------


@case
def view(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s), integer(s, "y"))
    return s.CreateView(s.select(t.c.x, t.c.y.label("z")).where(t.c.x > 5), "v")


@case
def view_temporary_in_schema(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    return s.CreateView(s.select(t), "V", schema="temp", temporary=True)


@case
def view_or_replace(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    return s.CreateView(s.select(t), "v", or_replace=True)


@case
def view_materialized(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    return s.CreateView(s.select(t), "v", materialized=True)


@case
def view_sqlite_if_not_exists(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    return s.CreateView(s.select(t), "v", sqlite_if_not_exists=True)


@case
def drop_view(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    created = s.CreateView(s.select(t), "v")
    return [
        s.DropView(created.table),
        s.DropView(created.table, if_exists=True),
    ]


@case
def drop_view_materialized(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    return s.DropView(s.CreateView(s.select(t), "v").table, materialized=True)


@case
def table_from_query(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    return s.CreateTableAs(s.select(t.c.x).where(t.c.x != 5), "copy")


@case
def table_from_query_with_options(s: Any) -> Any:
    t = s.Table("t", s.MetaData(), integer(s))
    return s.CreateTableAs(s.select(t.c.x), "C", temporary=True, if_not_exists=True, schema="temp")
