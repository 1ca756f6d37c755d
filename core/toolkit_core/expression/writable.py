"""What tables are asked for to be written into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit_core.expression.makers import MAKERS

if TYPE_CHECKING:
    from toolkit_core.expression.delete import Delete
    from toolkit_core.expression.insert import Insert
    from toolkit_core.expression.update import Update


class Writable:
    """A table: something that an INSERT, UPDATE or DELETE can be made of.

    >>> from toolkit_core.expression.table_clause import table
    >>> from toolkit_core.expression.elements import column
    >>> person = table("person", column("id"), column("name"))
    >>> print(person.update().values(name="Ada").where(person.c.id == 5))
    UPDATE person SET name=:name WHERE person.id = :id_1
    """

    def insert(self) -> Insert:
        """Make an INSERT into the table."""
        return MAKERS.insert(self)

    def update(self) -> Update:
        """Make an UPDATE of the table."""
        return MAKERS.update(self)

    def delete(self) -> Delete:
        """Make a DELETE from the table."""
        return MAKERS.delete(self)
