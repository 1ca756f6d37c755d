"""Programs that an installation must be able to run."""

WORKS = """
from toolkit import create_engine, text

with create_engine("sqlite://").connect() as connection:
    print(connection.execute(text("select 1")).scalar())
"""

IMPORTS = """
import importlib

for name in {packages!r}:
    print(importlib.import_module(name).__file__)
"""

CONNECTS = """
from toolkit import create_engine, exc

try:
    create_engine({url!r})
except exc.NoSuchModuleError as error:
    print(error)
"""
