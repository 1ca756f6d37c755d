"""The hand-written programs for the ORM's workloads on PostgreSQL, by psycopg2."""

from __future__ import annotations

from importlib import import_module
from itertools import count
from typing import Any

from benchmarks.items import item_rows
from benchmarks.servers import BenchServer
from benchmarks.workload import Work

_ages = count(1000)
PAGE = 1000


def _values() -> Any:
    return import_module("psycopg2.extras").execute_values


def orm_add(server: BenchServer, rows: int) -> Work:
    """Many rows a statement, which return their keys."""
    connection, values = server.connect(), _values()
    given = [row[1:] for row in item_rows(rows)]
    sql = "insert into item (name, city, age, score, note) values %s returning id"

    def work() -> int:
        cursor = connection.cursor()
        cursor.execute("delete from item")
        keys = values(cursor, sql, given, page_size=PAGE, fetch=True)
        connection.commit()
        return len(set(keys))

    return work


def load(server: BenchServer) -> Work:
    """All items, two columns used."""
    connection = server.connect()

    def work() -> int:
        rows = _fetched(connection, "select id, name, city, note, age, score from item")
        return sum(row[4] + len(row[1]) for row in rows)

    return work


def tuples(server: BenchServer) -> Work:
    """Three columns of all items."""
    connection = server.connect()
    return lambda: _fetched(connection, "select id, name, age from item")


def by_key(server: BenchServer, keys: range) -> Work:
    """One item after the other."""
    cursor = server.connect().cursor()
    sql = "select id, name, city, note, age, score from item where id = %s"

    def work() -> int:
        total = 0
        for key in keys:
            cursor.execute(sql, (key,))
            total += cursor.fetchone()[4]
        return total

    return work


def children_at_once(server: BenchServer) -> Work:
    """The parents, and their children by one more query."""
    connection = server.connect()

    def work() -> int:
        owners = _fetched(connection, "select id, name from parent")
        found: dict[int, list[Any]] = {}
        keys = ([owner[0] for owner in owners],)
        sql = "select parent_id, id, name from child where parent_id = any(%s)"
        for row in _fetched(connection, sql, keys):
            found.setdefault(row[0], []).append(row)
        return sum(len(found[owner[0]]) for owner in owners)

    return work


def children_joined(server: BenchServer) -> Work:
    """Parents and children by one join."""
    connection = server.connect()
    sql = (
        "select parent.id, parent.name, child.id, child.parent_id, child.name "
        "from parent left join child on child.parent_id = parent.id"
    )

    def work() -> int:
        found: dict[int, list[Any]] = {}
        for row in _fetched(connection, sql):
            found.setdefault(row[0], []).append(row)
        return sum(map(len, found.values()))

    return work


def children_one_by_one(server: BenchServer) -> Work:
    """The parents, and a query for each."""
    connection = server.connect()
    sql = "select id, parent_id, name from child where parent_id = %s"

    def work() -> int:
        owners = _fetched(connection, "select id, name from parent")
        return sum(len(_fetched(connection, sql, owner[:1])) for owner in owners)

    return work


def tags(server: BenchServer) -> Work:
    """The posts, and their tags by one more query."""
    connection = server.connect()
    sql = (
        "select post_tag.post_id, tag.id, tag.name from post_tag "
        "join tag on tag.id = post_tag.tag_id where post_tag.post_id = any(%s)"
    )

    def work() -> int:
        posts = _fetched(connection, "select id, name from post")
        found: dict[int, list[Any]] = {}
        for owner, key, name in _fetched(connection, sql, ([post[0] for post in posts],)):
            found.setdefault(owner, []).append((key, name))
        return sum(len(tag[1]) for post in posts for tag in found[post[0]])

    return work


def names(server: BenchServer, sql: str) -> Work:
    """The rows of a SELECT whose second column is a name."""
    connection = server.connect()
    return lambda: sum(len(row[1]) for row in _fetched(connection, sql))


def change(server: BenchServer) -> Work:
    """All items read, and changed by many rows a statement."""
    connection, values = server.connect(), _values()
    sql = (
        "update item set age = given.age from (values %s) as given (age, id) "
        "where item.id = given.id"
    )

    def work() -> int:
        age = next(_ages)
        rows = _fetched(connection, "select * from item order by id")
        values(connection.cursor(), sql, [(age, row[0]) for row in rows], page_size=PAGE)
        connection.commit()
        return len(rows)

    return work


def delete(server: BenchServer) -> Work:
    """All items read, deleted by their keys, rolled back."""
    connection = server.connect()

    def work() -> int:
        rows = _fetched(connection, "select * from item order by id")
        cursor = connection.cursor()
        cursor.execute("delete from item where id = any(%s)", ([row[0] for row in rows],))
        connection.rollback()
        return len(rows)

    return work


def _fetched(connection: Any, sql: str, values: Any = None) -> list[Any]:
    cursor = connection.cursor()
    cursor.execute(sql, values)
    rows: list[Any] = cursor.fetchall()
    return rows
