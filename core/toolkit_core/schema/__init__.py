"""Tables and what they are made of."""

from toolkit_core.schema.column import Column
from toolkit_core.schema.metadata import MetaData
from toolkit_core.schema.table import Table

__all__ = ["Column", "MetaData", "Table"]
