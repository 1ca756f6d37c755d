"""Django as a program without a project sets it up: settings in code, one SQLite file."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def django_connection(database: str) -> Any:
    """Django's default connection, open, on that file or `:memory:`."""
    settings = import_module("django.conf").settings
    databases = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}}
    settings.configure(DATABASES=databases, INSTALLED_APPS=[], USE_TZ=True)
    import_module("django").setup()
    connection = import_module("django.db").connection
    connection.ensure_connection()
    return connection
