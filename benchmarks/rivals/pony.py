"""The ORM's workloads by Pony; each repetition is a session of its own."""

from __future__ import annotations

from importlib import import_module
from itertools import count, repeat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from benchmarks.items import item_rows
from benchmarks.place import Place
from benchmarks.servers import BenchServer
from benchmarks.workload import Work
from benchmarks.workloads import attribute_get as reading
from benchmarks.workloads import construct_objects as constructing
from benchmarks.workloads import define_classes as defining
from benchmarks.workloads import entity_memory as memory
from benchmarks.workloads import get_by_key as by_key
from benchmarks.workloads import identity_hit as hitting
from benchmarks.workloads import orm_add as adding
from benchmarks.workloads.cold_start import starting
from benchmarks.workloads.import_core import importing

_ages = count(1000)
ITEM = "item"
FAMILIES = "parent child"
TAGGED = "post tag"
WORKERS = "worker"

IMPORT = """
from pony.orm import Database, Optional, PrimaryKey, Required, Set, db_session, select
Database("sqlite", ":memory:")
"""
COLD = """
from pony.orm import Database, Optional, PrimaryKey, Required, db_session
database = Database("sqlite", {data!r})
class Item(database.Entity):
    _table_ = "item"
    id = PrimaryKey(int)
    name = Required(str)
    city = Required(str)
    age = Required(int)
    score = Required(float)
    note = Optional(str, nullable=True)
database.generate_mapping(check_tables=False)
with db_session:
    assert Item[7].name == "name 7"
"""


def entities(place: Place, names: str = ITEM) -> SimpleNamespace:
    """Pony's entities of some tables, which are all that a mapping may have, and its functions."""
    pony = import_module("pony.orm")
    database = pony.Database()
    if isinstance(place, BenchServer):
        words = place.words()
        words["database"] = words.pop("dbname")
        database.bind("postgres", **words)
    else:
        database.bind("sqlite", str(place), create_db=True)
    found: dict[str, Any] = {}
    for name in names.split():
        members = {**DECLARED[name](pony), "_table_": name}
        found[name] = type(database.Entity)(name.title(), (database.Entity,), members)
    if names == WORKERS:
        for kind in ("chief", "clerk"):
            members = {"_discriminator_": kind}
            type(database.Entity)(kind.title(), (found["worker"],), members)
    database.generate_mapping(check_tables=False)
    return SimpleNamespace(**found, orm=pony, session=pony.db_session)


DECLARED: dict[str, Any] = {
    "item": lambda pony: {
        "id": pony.PrimaryKey(int, auto=True),
        "name": pony.Required(str),
        "city": pony.Required(str),
        "age": pony.Required(int),
        "score": pony.Required(float),
        "note": pony.Optional(str, nullable=True),
    },
    "parent": lambda pony: {
        "id": pony.PrimaryKey(int),
        "name": pony.Required(str),
        "children": pony.Set("Child"),
    },
    "child": lambda pony: {
        "id": pony.PrimaryKey(int),
        "parent": pony.Required("Parent", column="parent_id"),
        "name": pony.Required(str),
    },
    "post": lambda pony: {
        "id": pony.PrimaryKey(int),
        "name": pony.Required(str),
        "tags": pony.Set("Tag", table="post_tag", column="tag_id"),
    },
    "tag": lambda pony: {
        "id": pony.PrimaryKey(int),
        "name": pony.Required(str),
        "posts": pony.Set("Post", table="post_tag", column="post_id"),
    },
    "worker": lambda pony: {
        "id": pony.PrimaryKey(int),
        "name": pony.Required(str),
        "kind": pony.Discriminator(str),
        "_discriminator_": "worker",
        "level": pony.Optional(int),
        "desk": pony.Optional(str, nullable=True),
    },
}


def in_session(found: SimpleNamespace, work: Work) -> Work:
    """The work in a session of its own."""

    def whole() -> object:
        with found.session:
            return work()

    return whole


def orm_add(place: Place) -> Work:
    """New objects, committed."""
    found = entities(place)
    rows = [row[1:] for row in item_rows(adding.ROWS)]

    def work() -> int:
        found.item.select().delete(bulk=True)
        made = [
            found.item(name=name, city=city, age=age, score=score, note=note)
            for name, city, age, score, note in rows
        ]
        found.orm.commit()
        return len({one.id for one in made})

    return in_session(found, work)


def orm_load(place: Place) -> Work:
    """All objects, two attributes each."""
    found = entities(place)
    return in_session(found, lambda: sum(one.age + len(one.name) for one in found.item.select()[:]))


def orm_tuples(place: Place) -> Work:
    """Columns as tuples."""
    found = entities(place)
    text = "(one.id, one.name, one.age) for one in Item"
    return in_session(
        found, lambda: list(found.orm.select(text, {"Item": found.item}).without_distinct()[:])
    )


def get_by_key(place: Place) -> Work:
    """By its door for keys."""
    found = entities(place)
    return in_session(found, lambda: sum(found.item[key].age for key in by_key.KEYS))


def identity_hit(place: Place) -> Work:
    """By its door for keys, of objects that are loaded; the session is entered for good."""
    found = entities(place)
    found.session.__enter__()
    held = found.item.select()[:]
    return lambda: sum(found.item[key].age for key in hitting.KEYS) if held else 0


def filter_by_first(place: Place) -> Work:
    """By a filter."""
    found = entities(place)

    def work() -> int:
        chosen = (found.item.select().filter(id=key).first() for key in by_key.KEYS)
        return sum(one.age for one in chosen)

    return in_session(found, work)


def children_selectin(place: Place) -> Work:
    """By prefetch(), which takes one more query."""
    found = entities(place, FAMILIES)

    def work() -> int:
        owners = found.parent.select().prefetch(found.parent.children)
        return sum(len(owner.children) for owner in owners)

    return in_session(found, work)


def children_lazy(place: Place) -> Work:
    """By the set, which Pony loads for several owners at once."""
    found = entities(place, FAMILIES)
    return in_session(found, lambda: sum(len(owner.children) for owner in found.parent.select()[:]))


def many_to_many(place: Place) -> Work:
    """By prefetch()."""
    found = entities(place, TAGGED)

    def work() -> int:
        posts = found.post.select().prefetch(found.post.tags)
        return sum(len(tag.name) for one in posts for tag in one.tags)

    return in_session(found, work)


def polymorphic_single(place: Place) -> Work:
    """Objects of three classes of one table."""
    found = entities(place, WORKERS)
    return in_session(found, lambda: sum(len(one.name) for one in found.worker.select()[:]))


def load_change_commit(place: Place) -> Work:
    """Loaded, changed, committed."""
    found = entities(place)

    def work() -> int:
        age = next(_ages)
        loaded = found.item.select().order_by(found.item.id)[:]
        for one in loaded:
            one.age = age
        found.orm.commit()
        return len(loaded)

    return in_session(found, work)


def delete_loaded(place: Place) -> Work:
    """Loaded, deleted one by one, rolled back."""
    found = entities(place)

    def work() -> int:
        loaded = found.item.select().order_by(found.item.id)[:]
        for one in loaded:
            one.delete()
        found.orm.flush()
        found.orm.rollback()
        return len(loaded)

    return in_session(found, work)


def attribute_get(place: Place) -> Work:
    """Reading of a loaded object."""
    found = entities(place)
    found.session.__enter__()
    return reading.touching(found.item.select().first())


def attribute_set(place: Place) -> Work:
    """Setting of a loaded object; rolled back, so that nothing waits to be written."""
    found = entities(place)

    def work() -> int:
        one = found.item.select().first()
        for _ in repeat(None, reading.TIMES):
            one.age = 5
        found.orm.rollback()
        return reading.TIMES

    return in_session(found, work)


def construct_objects(place: Place) -> Work:
    """Constructing by keyword; rolled back."""
    found = entities(place)
    work = constructing.constructing(found.item)

    def whole() -> object:
        made = work()
        found.orm.rollback()
        return made

    return in_session(found, whole)


def entity_memory(place: Place) -> Work:
    """Bytes of loaded objects; the session is held."""
    found = entities(place)
    found.session.__enter__()

    def load() -> list[Any]:
        found.orm.rollback()
        return list(found.item.select()[:])

    return memory.holding(load)


def define_classes(place: Place) -> Work:
    """A hundred entities in a chain, and their mapping."""
    pony = import_module("pony.orm")

    def work() -> int:
        database = pony.Database("sqlite", ":memory:")
        for number in range(defining.CLASSES):
            members = {
                "name": pony.Required(str, 50),
                "amount": pony.Required(float),
                "active": pony.Required(bool),
                "note": pony.Optional(str, nullable=True),
            }
            if number:
                members["parent"] = pony.Optional(f"C{number - 1}")
            if number + 1 < defining.CLASSES:
                members["below"] = pony.Set(f"C{number + 1}")
            type(database.Entity)(f"C{number}", (database.Entity,), members)
        database.generate_mapping(check_tables=False)
        return defining.CLASSES

    return work


def import_orm(place: Place) -> Work:
    """What a program names."""
    return importing(IMPORT, Path(str(place)))


def cold_start(place: Place) -> Work:
    """One process to its first object."""
    return starting(COLD.format(data=str(place)))
