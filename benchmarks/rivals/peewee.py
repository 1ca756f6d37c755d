"""The ORM's workloads by Peewee."""

from __future__ import annotations

from importlib import import_module
from itertools import count
from types import SimpleNamespace
from typing import Any

from benchmarks.items import item_rows
from benchmarks.place import Place
from benchmarks.servers import BenchServer
from benchmarks.workload import Work
from benchmarks.workloads import attribute_get as reading
from benchmarks.workloads import attribute_set as setting
from benchmarks.workloads import construct_objects as constructing
from benchmarks.workloads import get_by_key as by_key
from benchmarks.workloads import orm_add as adding

_ages = count(1000)


def models(place: Place) -> SimpleNamespace:
    """Peewee's models, on a database of their own."""
    peewee = import_module("peewee")
    if isinstance(place, BenchServer):
        words = place.words()
        database = peewee.PostgresqlDatabase(words.pop("dbname"), **words)
    else:
        database = peewee.SqliteDatabase(str(place))

    def model(name: str, key: Any = None, /, **fields: Any) -> Any:
        meta = {"database": database, "table_name": name}
        fields["Meta"] = type("Meta", (), {**meta, **({"primary_key": key} if key else {})})
        return type(name.title(), (peewee.Model,), fields)

    text = peewee.TextField
    item = model(
        "item",
        id=peewee.AutoField(),
        name=text(),
        city=text(),
        age=peewee.IntegerField(),
        score=peewee.FloatField(),
        note=text(null=True),
    )
    parent = model("parent", id=peewee.AutoField(), name=text())
    owner = peewee.ForeignKeyField(parent, backref="children", column_name="parent_id")
    child = model("child", id=peewee.AutoField(), parent=owner, name=text())
    post = model("post", id=peewee.AutoField(), name=text())
    tag = model("tag", id=peewee.AutoField(), name=text())
    link = model(
        "post_tag",
        peewee.CompositeKey("post", "tag"),
        post=peewee.ForeignKeyField(post, backref="links"),
        tag=peewee.ForeignKeyField(tag),
    )
    found = {"item": item, "parent": parent, "child": child, "post": post, "tag": tag}
    return SimpleNamespace(**found, link=link, database=database, prefetch=peewee.prefetch)


def orm_add(place: Place) -> Work:
    """New objects, saved one by one, as one has to for the keys on SQLite."""
    found = models(place)
    item, database = found.item, found.database
    rows = [row[1:] for row in item_rows(adding.ROWS)]
    at_once = isinstance(place, BenchServer)

    def work() -> int:
        with database.atomic():
            item.delete().execute()
            made = [
                item(name=name, city=city, age=age, score=score, note=note)
                for name, city, age, score, note in rows
            ]
            if at_once:
                item.bulk_create(made, batch_size=1000)
            else:
                for one in made:
                    one.save()
        return len({one.id for one in made})

    return work


def orm_load(place: Place) -> Work:
    """All objects, two attributes each."""
    item = models(place).item
    return lambda: sum(one.age + len(one.name) for one in item.select())


def orm_tuples(place: Place) -> Work:
    """Columns as tuples."""
    item = models(place).item
    return lambda: list(item.select(item.id, item.name, item.age).tuples())


def get_by_key(place: Place) -> Work:
    """By its door for keys."""
    item = models(place).item
    return lambda: sum(item.get_by_id(key).age for key in by_key.KEYS)


def filter_by_first(place: Place) -> Work:
    """By a filter."""
    item = models(place).item
    return lambda: sum(item.select().where(item.id == key).first().age for key in by_key.KEYS)


def children_selectin(place: Place) -> Work:
    """By prefetch(), which takes one more query."""
    found = models(place)

    def work() -> int:
        owners = found.prefetch(found.parent.select(), found.child.select())
        return sum(len(owner.children) for owner in owners)

    return work


def children_lazy(place: Place) -> Work:
    """By the back reference."""
    parent = models(place).parent
    return lambda: sum(len(list(owner.children)) for owner in parent.select())


def many_to_many(place: Place) -> Work:
    """By prefetch() through the table between."""
    found = models(place)

    def work() -> int:
        posts = found.prefetch(found.post.select(), found.link.select(), found.tag.select())
        return sum(len(link.tag.name) for one in posts for link in one.links)

    return work


def load_change_commit(place: Place) -> Work:
    """Loaded, changed, saved one by one."""
    found = models(place)
    item = found.item

    def work() -> int:
        age = next(_ages)
        with found.database.atomic():
            loaded = list(item.select().order_by(item.id))
            for one in loaded:
                one.age = age
                one.save(only=[item.age])
        return len(loaded)

    return work


def delete_loaded(place: Place) -> Work:
    """Loaded, deleted one by one, rolled back."""
    found = models(place)
    item = found.item

    def work() -> int:
        with found.database.atomic() as transaction:
            loaded = list(item.select().order_by(item.id))
            for one in loaded:
                one.delete_instance()
            transaction.rollback()
        return len(loaded)

    return work


def attribute_get(place: Place) -> Work:
    """Reading of a loaded object."""
    return reading.touching(models(place).item.select().first())


def attribute_set(place: Place) -> Work:
    """Setting of a loaded object."""
    return setting.touching(models(place).item.select().first())


def construct_objects(place: Place) -> Work:
    """Constructing by keyword."""
    return constructing.constructing(models(place).item)
