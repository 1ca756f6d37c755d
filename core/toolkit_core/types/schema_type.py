"""Types that are things of the schema as well: they have a name, and may need a constraint."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import warn_deprecated


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
    # Whether it stays in the schema that it is in, or in none.
    _is_placed: bool = False
    # Whether it is a thing of its own, to be created before the tables that use it.
    is_named_type: bool = False

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
        self._join_metadata()
        if inherit_schema:
            warn_deprecated(
                "the ``inherit_schema`` parameter is deprecated: a type is in the schema of its "
                "table's MetaData; to have it in another, give ``schema``",
                "2.1",
            )

    def _settle(self, schema: str) -> None:
        """Be in a schema: what was known of the type is worked out anew."""
        self.schema = schema
        self.__dict__.pop("_key", None)

    def _join_metadata(self) -> None:
        """Let the collection that was given know of the type; it may say in which schema it is."""
        named = getattr(self.metadata, "_named_types", None)
        if named is None:
            return
        if self.schema is None and self.metadata.schema is not None:
            self.schema = self.metadata.schema
        named[self.schema, str(self.name)] = self
