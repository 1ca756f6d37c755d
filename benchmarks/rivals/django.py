"""The ORM's workloads by Django."""

from __future__ import annotations

from importlib import import_module
from itertools import count
from types import SimpleNamespace
from typing import Any

from benchmarks.django_setup import django_connection
from benchmarks.items import item_rows
from benchmarks.place import Place
from benchmarks.workload import Work
from benchmarks.workloads import attribute_get as reading
from benchmarks.workloads import attribute_set as setting
from benchmarks.workloads import construct_objects as constructing
from benchmarks.workloads import get_by_key as by_key
from benchmarks.workloads import orm_add as adding

_ages = count(1000)


def models(place: Place) -> SimpleNamespace:
    """Django's models, and its transactions."""
    connection = django_connection(place)
    django = import_module("django.db.models")

    def model(name: str, /, **fields: Any) -> Any:
        meta = {"app_label": "bench", "db_table": name, "managed": False}
        fields |= {"Meta": type("Meta", (), meta), "__module__": __name__}
        return type(name.title(), (django.Model,), fields)

    def key() -> Any:
        return django.AutoField(primary_key=True)

    text, cascade = django.TextField, django.CASCADE
    item = model(
        "item",
        id=key(),
        name=text(),
        city=text(),
        age=django.IntegerField(),
        score=django.FloatField(),
        note=text(null=True),
    )
    parent = model("parent", id=key(), name=text())
    owner = django.ForeignKey(parent, cascade, related_name="children", db_column="parent_id")
    child = model("child", id=key(), parent=owner, name=text())
    tag = model("tag", id=key(), name=text())
    post = model("post", id=key(), name=text())
    # A field for many-to-many wants an installed application; the table between can be a model.
    model(
        "post_tag",
        pk=django.CompositePrimaryKey("post_id", "tag_id"),
        post=django.ForeignKey(post, cascade, related_name="links"),
        tag=django.ForeignKey(tag, cascade),
    )
    found = {"item": item, "parent": parent, "child": child, "post": post}
    transaction = import_module("django.db.transaction")
    return SimpleNamespace(**found, connection=connection, transaction=transaction)


def orm_add(place: Place) -> Work:
    """New objects by bulk_create(), which gives them their keys."""
    found = models(place)
    item = found.item
    rows = [row[1:] for row in item_rows(adding.ROWS)]

    def work() -> int:
        with found.transaction.atomic():
            item.objects.all().delete()
            made = [
                item(name=name, city=city, age=age, score=score, note=note)
                for name, city, age, score, note in rows
            ]
            item.objects.bulk_create(made)
        return len({one.id for one in made})

    return work


def orm_load(place: Place) -> Work:
    """All objects, two attributes each."""
    item = models(place).item
    return lambda: sum(one.age + len(one.name) for one in item.objects.all())


def orm_tuples(place: Place) -> Work:
    """Columns as tuples."""
    item = models(place).item
    return lambda: list(item.objects.values_list("id", "name", "age"))


def get_by_key(place: Place) -> Work:
    """By its door for keys."""
    item = models(place).item
    return lambda: sum(item.objects.get(pk=key).age for key in by_key.KEYS)


def filter_by_first(place: Place) -> Work:
    """By a filter."""
    item = models(place).item
    return lambda: sum(item.objects.filter(id=key).first().age for key in by_key.KEYS)


def children_selectin(place: Place) -> Work:
    """By prefetch_related(), which takes one more query."""
    parent = models(place).parent

    def work() -> int:
        owners = parent.objects.prefetch_related("children")
        return sum(len(owner.children.all()) for owner in owners)

    return work


def children_lazy(place: Place) -> Work:
    """By the related manager."""
    parent = models(place).parent
    return lambda: sum(len(owner.children.all()) for owner in parent.objects.all())


def many_to_many(place: Place) -> Work:
    """By prefetch_related() through the table between."""
    post = models(place).post

    def work() -> int:
        posts = post.objects.prefetch_related("links__tag")
        return sum(len(link.tag.name) for one in posts for link in one.links.all())

    return work


def load_change_commit(place: Place) -> Work:
    """Loaded, changed, saved one by one."""
    found = models(place)

    def work() -> int:
        age = next(_ages)
        with found.transaction.atomic():
            loaded = list(found.item.objects.order_by("id"))
            for one in loaded:
                one.age = age
                one.save(update_fields=["age"])
        return len(loaded)

    return work


def delete_loaded(place: Place) -> Work:
    """Loaded, deleted one by one, rolled back."""
    found = models(place)

    def work() -> int:
        with found.transaction.atomic():
            loaded = list(found.item.objects.order_by("id"))
            for one in loaded:
                one.delete()
            found.transaction.set_rollback(True)
        return len(loaded)

    return work


def attribute_get(place: Place) -> Work:
    """Reading of a loaded object."""
    return reading.touching(models(place).item.objects.first())


def attribute_set(place: Place) -> Work:
    """Setting of a loaded object."""
    return setting.touching(models(place).item.objects.first())


def construct_objects(place: Place) -> Work:
    """Constructing by keyword."""
    return constructing.constructing(models(place).item)
