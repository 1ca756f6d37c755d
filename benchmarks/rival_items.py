"""The shared table as Peewee and Django declare it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.django_setup import django_connection


def peewee_item(database: Any) -> Any:
    """Peewee's model, on a database of its own."""
    peewee = import_module("peewee")
    fields = {
        "id": peewee.IntegerField(primary_key=True),
        "name": peewee.TextField(),
        "city": peewee.TextField(),
        "age": peewee.IntegerField(),
        "score": peewee.FloatField(),
        "note": peewee.TextField(null=True),
        "Meta": type("Meta", (), {"database": database, "table_name": "item"}),
    }
    return type("Item", (peewee.Model,), fields)


def django_item(database: str) -> tuple[Any, Any]:
    """Django's connection, open, and its model."""
    connection = django_connection(database)
    models = import_module("django.db.models")
    fields = {
        "__module__": __name__,
        "id": models.IntegerField(primary_key=True),
        "name": models.TextField(),
        "city": models.TextField(),
        "age": models.IntegerField(),
        "score": models.FloatField(),
        "note": models.TextField(null=True),
        "Meta": type("Meta", (), {"app_label": "bench", "db_table": "item", "managed": False}),
    }
    return connection, type("Item", (models.Model,), fields)
