"""Creating and dropping: the statements, their order, what is there already, and who hears it."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit_core.engine import create_mock_engine
from toolkit_core.errors import CircularDependencyError
from toolkit_core.events import listen
from toolkit_core.expression.select import select
from toolkit_core.schema import (
    DDL,
    CheckFirst,
    Column,
    CreateTable,
    CreateTableAs,
    CreateView,
    ForeignKey,
    Index,
    MetaData,
    Sequence,
    Table,
)
from toolkit_core.schema.create import Creation, Removal
from toolkit_core.types import Integer


def shop(metadata: MetaData) -> tuple[Table, Table]:
    item = Table(
        "item",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("order_id", ForeignKey("orders.id"), index=True),
    )
    orders = Table("orders", metadata, Column("id", Integer, primary_key=True))
    return item, orders


def starts(sent: list[str]) -> list[str]:
    return [sql.partition(" (")[0] for sql in sent]


def test_create_all_creates_what_is_not_there(executor: Any) -> None:
    metadata = MetaData()
    item, _ = shop(metadata)
    metadata.create_all(executor)
    assert starts(executor.sent) == [
        "CREATE TABLE orders",
        "CREATE TABLE item",
        "CREATE INDEX ix_item_order_id ON item",
    ]
    metadata.create_all(executor)
    assert len(executor.sent) == 3
    item.drop(executor)
    metadata.create_all(executor)
    assert executor.names() == ["orders", "item"]


def test_drop_all_drops_what_is_there(executor: Any) -> None:
    metadata = MetaData()
    shop(metadata)
    metadata.drop_all(executor)
    assert executor.sent == []
    metadata.create_all(executor)
    executor.sent.clear()
    metadata.drop_all(executor)
    assert executor.sent == ["DROP TABLE item", "DROP TABLE orders"]


def test_what_is_there_is_found_whatever_its_case(executor: Any) -> None:
    executor.raw.execute("CREATE TABLE ORDERS (id INTEGER)")
    executor.raw.execute("CREATE TEMP TABLE item (id INTEGER)")
    metadata = MetaData()
    shop(metadata)
    metadata.create_all(executor)
    assert executor.sent == []


def test_only_the_tables_that_are_named(executor: Any) -> None:
    metadata = MetaData()
    _, orders = shop(metadata)
    metadata.create_all(executor, tables=[orders])
    assert executor.names() == ["orders"]
    metadata.drop_all(executor, tables=[orders])
    assert executor.names() == []


def test_a_table_creates_and_drops_itself(executor: Any) -> None:
    _, orders = shop(MetaData())
    orders.create(executor)
    orders.create(executor)
    orders.drop(executor)
    orders.drop(executor)
    assert starts(executor.sent) == ["CREATE TABLE orders", "DROP TABLE orders"]
    with pytest.raises(Exception, match="no such table"):
        orders.drop(executor, checkfirst=False)


def test_an_index_creates_and_drops_itself(executor: Any) -> None:
    _, orders = shop(MetaData())
    orders.create(executor)
    index = Index("ix", orders.c.id)
    index.create(executor, checkfirst=True)
    index.create(executor, checkfirst=True)
    index.drop(executor, checkfirst=True)
    index.drop(executor, checkfirst=True)
    assert starts(executor.sent)[1:] == ["CREATE INDEX ix ON orders", "DROP INDEX ix"]


def test_tables_of_other_schemas_are_looked_for_there(make_executor: Any) -> None:
    executor = make_executor()
    executor.raw.execute("ATTACH ':memory:' AS other")
    executor.raw.execute("CREATE TABLE other.t (id INTEGER)")
    metadata = MetaData()
    Table("t", metadata, Column("id", Integer), schema="other")
    Table("t", metadata, Column("id", Integer))
    metadata.create_all(executor)
    assert starts(executor.sent) == ["CREATE TABLE t"]


def test_schemas_are_translated(make_executor: Any) -> None:
    executor = make_executor(schema_translate_map={"per_user": "other", None: "main"})
    executor.raw.execute("ATTACH ':memory:' AS other")
    metadata = MetaData()
    Table("t", metadata, Column("id", Integer, index=True), schema="per_user")
    Table("u", metadata, Column("id", Integer))
    metadata.create_all(executor)
    metadata.create_all(executor)
    assert starts(executor.sent) == [
        "CREATE TABLE other.t",
        "CREATE INDEX other.ix_per_user_t_id ON t",
        "CREATE TABLE main.u",
    ]


def test_checkfirst_says_what_is_looked_for(executor: Any) -> None:
    metadata = MetaData()
    _, orders = shop(metadata)
    view = CreateView(select(orders.c.id), "v", metadata=metadata)
    metadata.create_all(executor)
    assert executor.names("view") == ["v"]
    executor.sent.clear()
    with pytest.raises(Exception, match="already exists"):
        metadata.create_all(executor, checkfirst=CheckFirst.TABLES)
    metadata.create_all(executor, checkfirst=CheckFirst.TABLES | CheckFirst.VIEWS)
    view.table.drop(executor)
    assert executor.names("view") == []


def test_a_table_from_a_query_is_created_with_its_metadata(executor: Any) -> None:
    metadata = MetaData()
    _, orders = shop(metadata)
    made = CreateTableAs(select(orders.c.id), "backup", metadata=metadata)
    made.table.add_is_dependent_on(orders)
    metadata.create_all(executor)
    assert "backup" in executor.names()
    assert made.table.c.keys() == ["id"]
    metadata.drop_all(executor)
    assert executor.names() == []


def test_a_table_may_bring_its_own_ddl(executor: Any) -> None:
    _, orders = shop(MetaData())
    orders.set_creator_ddl(CreateTable(orders, if_not_exists=True))
    orders.set_dropper_ddl(DDL("DROP TABLE IF EXISTS orders"))
    orders.create(executor)
    orders.drop(executor)
    assert starts(executor.sent) == [
        "CREATE TABLE IF NOT EXISTS orders",
        "DROP TABLE IF EXISTS orders",
    ]


def test_cycles_are_created_where_nothing_can_be_altered(executor: Any) -> None:
    metadata = MetaData()
    for name, other in zip("ab", "ba", strict=True):
        Table(
            name,
            metadata,
            Column("id", Integer, primary_key=True),
            Column("other", Integer, ForeignKey(f"{other}.id")),
        )
    metadata.create_all(executor)
    assert all("FOREIGN KEY" in sql for sql in executor.sent)
    with pytest.warns(Warning, match="Can't sort tables for DROP; .* tables: a, b; and backend"):
        metadata.drop_all(executor)
    assert executor.names() == []


class Recorder:
    """A connection to a database that can alter tables, and has sequences and comments."""

    def __init__(self, dialect: Any, **capabilities: bool) -> None:
        self.dialect = dialect.but(capabilities=dialect.capabilities.but(**capabilities))
        self.sent: list[str] = []

    def execute(self, statement: Any) -> None:
        item = statement.element
        name = getattr(item, "name", item)
        self.sent.append(f"{type(statement).__name__} {name}")


@pytest.fixture
def recorder(executor: Any) -> Recorder:
    return Recorder(executor.dialect, alters_constraints=True, sequences=True, comments=True)


def cycle(metadata: MetaData, *names: str | None) -> None:
    for name, other, constraint in zip("ab", "ba", names, strict=True):
        Table(
            name,
            metadata,
            Column("id", Integer, primary_key=True),
            Column("other", Integer, ForeignKey(f"{other}.id", name=constraint)),
        )


def test_the_keys_of_a_cycle_are_added_last_and_dropped_first(recorder: Recorder) -> None:
    metadata = MetaData()
    cycle(metadata, "fk_ab", "fk_ba")
    Creation(recorder, CheckFirst.NONE).metadata(metadata, None)
    assert recorder.sent == [
        "CreateTable a",
        "CreateTable b",
        "AddConstraint fk_ab",
        "AddConstraint fk_ba",
    ]
    recorder.sent.clear()
    Removal(recorder, CheckFirst.NONE).metadata(metadata, None)
    assert recorder.sent == [
        "DropConstraint fk_ab",
        "DropConstraint fk_ba",
        "DropTable b",
        "DropTable a",
    ]


def test_a_cycle_without_names_cannot_be_dropped(recorder: Recorder) -> None:
    metadata = MetaData()
    cycle(metadata, None, None)
    with pytest.raises(CircularDependencyError, match="have names so that they can be dropped"):
        Removal(recorder, CheckFirst.NONE).metadata(metadata, None)
    assert recorder.sent == []


def test_sequences_come_first_and_comments_last(recorder: Recorder) -> None:
    metadata = MetaData()
    Table(
        "t",
        metadata,
        Column("id", Integer, Sequence("in_column"), comment="c"),
        Index("ix", "id"),
        comment="t",
    )
    Sequence("alone", metadata=metadata)
    Creation(recorder, CheckFirst.NONE).metadata(metadata, None)
    assert recorder.sent == [
        "CreateSequence in_column",
        "CreateSequence alone",
        "CreateTable t",
        "CreateIndex ix",
        "SetTableComment t",
        "SetColumnComment id",
    ]
    recorder.sent.clear()
    Removal(recorder, CheckFirst.NONE).metadata(metadata, None)
    assert recorder.sent == ["DropTable t", "DropSequence in_column", "DropSequence alone"]


def test_a_mock_engine_gets_all_statements() -> None:
    metadata = MetaData()
    shop(metadata)
    sent: list[Any] = []
    engine = create_mock_engine("sqlite://", lambda statement, *args: sent.append(statement))
    metadata.create_all(engine)
    metadata.drop_all(engine, checkfirst=False)
    assert [type(one).__name__ for one in sent] == [
        "CreateTable",
        "CreateTable",
        "CreateIndex",
        "DropTable",
        "DropTable",
    ]


def test_an_engine_gives_a_connection_in_a_transaction(executor: Any) -> None:
    class Begun:
        def __enter__(self) -> Any:
            return executor

        def __exit__(self, *error: object) -> None:
            executor.sent.append("end")

    class Engine:
        def begin(self) -> Begun:
            return Begun()

    shop(MetaData())[1].create(Engine())
    assert starts(executor.sent) == ["CREATE TABLE orders", "end"]


# -- events ---------------------------------------------------------------------------------


def test_events_happen_around_each_item(executor: Any) -> None:
    metadata = MetaData()
    item, _ = shop(metadata)
    heard: list[Any] = []
    (index,) = item.indexes
    for target in (metadata, item, index):
        for event in ("before_create", "after_create", "before_drop", "after_drop"):

            def hear(target: Any, connection: Any, event: str = event, **kw: Any) -> None:
                assert connection is executor
                name = getattr(target, "name", "metadata")
                heard.append((event, name, [one.name for one in kw.get("tables") or ()]))

            listen(target, event, hear)
    metadata.create_all(executor)
    assert heard == [
        ("before_create", "metadata", ["orders", "item"]),
        ("before_create", "item", ["orders", "item"]),
        ("before_create", "ix_item_order_id", []),
        ("after_create", "ix_item_order_id", []),
        ("after_create", "item", ["orders", "item"]),
        ("after_create", "metadata", ["orders", "item"]),
    ]
    heard.clear()
    metadata.drop_all(executor)
    assert [one[:2] for one in heard] == [
        ("before_drop", "metadata"),
        ("before_drop", "item"),
        ("after_drop", "item"),
        ("after_drop", "metadata"),
    ]


def test_ddl_hears_events(executor: Any) -> None:
    _, orders = shop(MetaData())
    listen(orders, "after_create", DDL("CREATE INDEX ix ON %(fullname)s (id)"))
    listen(orders, "after_create", DDL("nonsense").execute_if(dialect="postgresql"))
    listen(orders, "after_create", DDL("SELECT 1").execute_if(dialect=("mysql", "sqlite")))
    orders.create(executor)
    assert executor.sent[1:] == ["CREATE INDEX ix ON orders (id)", "SELECT 1"]


def test_a_function_decides_whether_ddl_is_executed(executor: Any) -> None:
    _, orders = shop(MetaData())
    asked: list[Any] = []

    def wanted(ddl: Any, target: Any, bind: Any, **kw: Any) -> bool:
        asked.append((ddl, target, bind, kw["state"], kw["checkfirst"], kw["tables"]))
        return False

    ddl = DDL("nonsense").execute_if(callable_=wanted, state="state")
    listen(orders, "after_create", ddl)
    orders.create(executor)
    assert asked == [(ddl, orders, executor, "state", True, [orders])]


def test_an_index_may_be_for_one_dialect_only(executor: Any) -> None:
    _, orders = shop(MetaData())
    Index("ix_here", orders.c.id).ddl_if(dialect="sqlite")
    Index("ix_there", orders.c.id).ddl_if(dialect="postgresql")
    orders.create(executor)
    assert starts(executor.sent)[1:] == ["CREATE INDEX ix_here ON orders"]


def test_items_tell_when_they_become_part_of_another() -> None:
    heard: list[Any] = []
    column = Column("x", Integer)
    listen(column, "before_parent_attach", lambda item, parent: heard.append(("before", parent)))
    listen(column, "after_parent_attach", lambda item, parent: heard.append(("after", parent)))
    table = Table("t", MetaData(), column)
    assert heard == [("before", table), ("after", table)]


def test_a_class_of_items_is_listened_to() -> None:
    heard: list[Any] = []

    def hear(item: Any, parent: Any) -> None:
        heard.append(item)

    from toolkit_core.events import remove

    listen(Column, "after_parent_attach", hear)
    try:
        table = Table("t", MetaData(), Column("x", Integer))
    finally:
        remove(Column, "after_parent_attach", hear)
    assert heard == [table.c.x]


def test_listeners_are_given_with_the_table() -> None:
    def hear(target: Any, connection: Any, **kw: Any) -> None: ...

    table = Table("t", MetaData(), listeners=[("after_create", hear)])
    assert table.dispatch.after_create == (hear,)


def test_named_arguments_reach_a_listener(executor: Any) -> None:
    _, orders = shop(MetaData())
    heard: list[Any] = []
    listen(orders, "after_create", lambda **kw: heard.append(sorted(kw)), named=True)
    orders.create(executor)
    assert heard == [["checkfirst", "connection", "tables", "target"]]
