"""The complex select in Peewee's words."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.rival_items import peewee_item


def report(data: Path | str) -> Any:
    """Return what makes the report for a key, from the items of a file."""
    peewee = import_module("peewee")
    item = peewee_item(peewee.SqliteDatabase(str(data)))

    def made(key: int) -> Any:
        return question(peewee, item, key)

    return made


def question(peewee: Any, item: Any, key: int) -> Any:
    """Return the report, as ``complex_question`` says it."""
    fn, every = peewee.fn, peewee.SQL("*")
    other = item.alias("other")
    near = (
        item.select(item.city, fn.count(every).alias("people"), fn.avg(item.age).alias("age"))
        .where(item.age > key % 50, item.name != "nobody")
        .group_by(item.city)
        .having(fn.count(every) > 1)
        .cte("near")
    )
    best = other.select(fn.max(other.score)).where(other.city == near.c.city)
    grown = peewee.Case(None, [(item.age >= 65, "old"), (item.age >= 18, "grown")], "young")
    friend = fn.EXISTS(other.select(every).where(other.name == item.name, other.id != item.id))
    place = fn.row_number().over(partition_by=[item.city], order_by=[item.id])
    return (
        item.select(
            item.id,
            item.name.alias("who"),
            grown.alias("stage"),
            (item.score * 2 + item.age).alias("points"),
            fn.coalesce(item.note, "-").alias("note"),
            near.c.people,
            near.c.age.alias("mean"),
            best.alias("best"),
            place.alias("place"),
        )
        .join(near, on=(near.c.city == item.city))
        .where(
            item.id.between(key, key + 5),
            (item.age < 90) | (item.name ** "a%"),
            item.city.is_null(False),
            ~friend,
        )
        .order_by(item.id.desc(), near.c.people)
        .limit(5)
        .offset(0)
        .with_cte(near)
    )
