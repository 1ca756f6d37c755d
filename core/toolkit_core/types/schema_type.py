"""Types that are things of the schema as well: they have a name, and may need a constraint."""

from __future__ import annotations

from typing import Any


class SchemaType:
    """What a type has that the database knows by name, as a rule where types are created.

    Creating and dropping is DDL; this is what DDL reads.
    """

    name: str | None = None
    schema: str | None = None
    metadata: Any = None
    inherit_schema: bool = False
    quote: bool | None = None
    create_type: bool = True

    def __init__(
        self,
        name: str | None = None,
        schema: str | None = None,
        metadata: Any = None,
        inherit_schema: bool = False,
        quote: bool | None = None,
        create_type: bool = True,
    ) -> None:
        given = {
            "name": name,
            "schema": schema,
            "metadata": metadata,
            "inherit_schema": inherit_schema,
            "quote": quote,
            "create_type": create_type,
        }
        for key, value in given.items():
            if value is not getattr(SchemaType, key):
                setattr(self, key, value)
