"""Django as a program without a project sets it up: settings in code, one database."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def django_connection(place: Any) -> Any:
    """Django's default connection, open, on that file, `:memory:` or server."""
    settings = import_module("django.conf").settings
    databases = {"default": database_of(place)}
    settings.configure(DATABASES=databases, INSTALLED_APPS=[], USE_TZ=True)
    import_module("django").setup()
    connection = import_module("django.db").connection
    connection.ensure_connection()
    return connection


def database_of(place: Any) -> dict[str, Any]:
    """What the settings say of the database; nothing is imported that would slow a cold start."""
    if not hasattr(place, "words"):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(place)}
    words = place.words()
    return {
        "ENGINE": f"django.db.backends.{place.dialect}",
        "NAME": words["dbname"],
        "USER": words["user"],
        "PASSWORD": words["password"],
        "HOST": words["host"],
        "PORT": words["port"],
        "OPTIONS": {"options": words["options"]},
    }
