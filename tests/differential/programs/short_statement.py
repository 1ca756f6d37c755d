"""Plain SQL as text on one connection: rows in every way of asking, and two errors."""

from sqlalchemy import create_engine, text

engine = create_engine("sqlite://")
connection = engine.connect()
sent()  # what a dialect asks at its first connection is its own affair

report("scalar", connection.execute(text("select 1 + 1")).scalar())
report("parameter", connection.execute(text("select :n * 2"), {"n": 21}).scalar_one())
report("first", connection.execute(text("select 1 as a, 'x' as b")).first())
report("no first", connection.execute(text("select 1 as a where 1 = 0")).first())

connection.execute(text("create table item (id integer primary key, name text, price float)"))
connection.execute(
    text("insert into item (name, price) values (:name, :price)"),
    [{"name": "bolt", "price": 0.5}, {"name": "nut", "price": None}],
)
report("statements sent", sent())

everything = text("select id, name, price from item order by id")
report("all", connection.execute(everything).all())
report("rows as tuples", [tuple(row) for row in connection.execute(everything)])
report("keys", list(connection.execute(everything).keys()))
report("attributes", [(row.id, row.name) for row in connection.execute(everything)])
report("mappings", connection.execute(everything).mappings().all())
report("scalars", connection.execute(everything).scalars().all())
report("a row equals a tuple", connection.execute(everything).first() == (1, "bolt", 0.5))

attempt("one of two", connection.execute(everything).one)
missing = text("select * from missing where id = :id")
attempt("a missing table", connection.execute, missing, {"id": 1})
attempt("a missing parameter", connection.execute, text("select :n"))
differs("plain text", why="toolkit takes plain strings again, as programs for 1.x pass them")
attempt("plain text", connection.execute, "select 1")

connection.close()
attempt("a closed connection", connection.execute, text("select 1"))
report("closed", connection.closed)
