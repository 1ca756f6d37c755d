"""What the workloads share of the expression language, under one name for both libraries."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def language(package: str) -> Any:
    """The library: what is documented of one, the other has under the same names."""
    return import_module(package)


def item_table(library: Any) -> Any:
    """The table of the workloads, as a library declares it."""
    column, integer, string = library.Column, library.Integer, library.String
    return library.Table(
        "item",
        library.MetaData(),
        column("id", integer, primary_key=True),
        column("name", string),
        column("city", string),
        column("age", integer),
        column("score", library.Float),
        column("note", string),
    )


def complex_question(library: Any, item: Any, key: int) -> Any:
    """A report: a CTE, joined to its table and to a subquery, with CASE, IN, EXISTS and a window.

    Twelve columns and conditions, four sources: as long as what reports are made of.
    """
    select, func = library.select, library.func
    other = item.alias("other")
    near = (
        select(item.c.city, func.count().label("people"), func.avg(item.c.age).label("age"))
        .where(item.c.age > key % 50, item.c.name != "nobody")
        .group_by(item.c.city)
        .having(func.count() > 1)
        .cte("near")
    )
    best = select(func.max(other.c.score)).where(other.c.city == near.c.city).scalar_subquery()
    grown = library.case((item.c.age >= 65, "old"), (item.c.age >= 18, "grown"), else_="young")
    friend = library.exists().where(other.c.name == item.c.name, other.c.id != item.c.id)
    return (
        select(
            item.c.id,
            item.c.name.label("who"),
            grown.label("stage"),
            (item.c.score * 2 + item.c.age).label("points"),
            func.coalesce(item.c.note, "-").label("note"),
            near.c.people,
            near.c.age.label("mean"),
            best.label("best"),
            func.row_number().over(partition_by=item.c.city, order_by=item.c.id).label("place"),
        )
        .join(near, near.c.city == item.c.city)
        .where(
            item.c.id.between(key, key + 5),
            library.or_(item.c.age < 90, item.c.name.like("a%")),
            item.c.city.is_not(None),
            library.not_(friend),
        )
        .order_by(item.c.id.desc(), near.c.people)
        .limit(5)
        .offset(0)
    )


COMPLEX = """\
WITH near AS (SELECT city, count(*) AS people, avg(age) AS age FROM item
WHERE age > ? AND name != ? GROUP BY city HAVING count(*) > ?)
SELECT item.id, item.name AS who,
CASE WHEN item.age >= ? THEN ? WHEN item.age >= ? THEN ? ELSE ? END AS stage,
item.score * ? + item.age AS points, coalesce(item.note, ?) AS note, near.people,
near.age AS mean, (SELECT max(other.score) FROM item AS other WHERE other.city = near.city) AS best,
row_number() OVER (PARTITION BY item.city ORDER BY item.id) AS place
FROM item JOIN near ON near.city = item.city
WHERE item.id BETWEEN ? AND ? AND (item.age < ? OR item.name LIKE ?) AND item.city IS NOT NULL
AND NOT EXISTS (SELECT * FROM item AS other WHERE other.name = item.name AND other.id != item.id)
ORDER BY item.id DESC, near.people LIMIT ? OFFSET ?"""


def complex_values(key: int) -> tuple[Any, ...]:
    """The values of that report, for the driver alone."""
    return (
        *(key % 50, "nobody", 1, 65, "old", 18, "grown", "young"),
        *(2, "-", key, key + 5, 90, "a%", 5, 0),
    )


def assembled(key: int) -> tuple[str, tuple[Any, ...]]:
    """The text of that report put together of its parts, as a program does that builds reports."""
    columns = [
        "item.id",
        "item.name AS who",
        "CASE WHEN item.age >= ? THEN ? WHEN item.age >= ? THEN ? ELSE ? END AS stage",
        "item.score * ? + item.age AS points",
        "coalesce(item.note, ?) AS note",
        "near.people",
        "near.age AS mean",
        "(SELECT max(other.score) FROM item AS other WHERE other.city = near.city) AS best",
        "row_number() OVER (PARTITION BY item.city ORDER BY item.id) AS place",
    ]
    other = ["other.name = item.name", "other.id != item.id"]
    conditions = [
        "item.id BETWEEN ? AND ?",
        "(item.age < ? OR item.name LIKE ?)",
        "item.city IS NOT NULL",
        f"NOT EXISTS (SELECT * FROM item AS other WHERE {' AND '.join(other)})",
    ]
    near = (
        "SELECT city, count(*) AS people, avg(age) AS age FROM item"
        " WHERE age > ? AND name != ? GROUP BY city HAVING count(*) > ?"
    )
    order = ["item.id DESC", "near.people"]
    text = (
        f"WITH near AS ({near}) SELECT {', '.join(columns)}"
        f" FROM item JOIN near ON near.city = item.city WHERE {' AND '.join(conditions)}"
        f" ORDER BY {', '.join(order)} LIMIT ? OFFSET ?"
    )
    return text, complex_values(key)
