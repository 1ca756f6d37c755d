"""What a server can do: an unset capability is a no, and a no is said before anything is sent."""

from __future__ import annotations

from toolkit_core.records import Record


class Capabilities(Record):
    """The claims of a dialect; the compliance suite proves each, and the refusal of the rest."""

    savepoints: bool = False
    two_phase: bool = False
    server_side_cursors: bool = False
    statement_timeout: bool = False
    cancel: bool = False
    # INSERT can return rows; where UPDATE cannot, ``returning_updates`` says so.
    returning: bool = False
    returning_updates: bool = False
    # The driver tells the key that the server has counted up for the row of an INSERT.
    last_row_id: bool = False
    # The driver's ``executemany`` makes one INSERT of many, and forgets values behind the row.
    rewrites_many: bool = False
    # Whether leaving a transaction open costs the server nothing in autocommit, so that the
    # rollback on return can be left out when the user asks for it.
    autocommit: bool = False
    # The driver's executemany is so slow that an INSERT of many rows had better be one statement.
    batches_inserts: bool = False
    # A row can be deleted though a foreign key of it refers to itself.
    deletes_self_referring: bool = False
    # -- schemas --------------------------------------------------------------------------
    # Constraints can be added to a table that is there, and dropped from it.
    alters_constraints: bool = False
    sequences: bool = False
    # A column that counts up needs no sequence, so one that is optional is left out.
    optional_sequences: bool = False
    comments: bool = False
    # Comments stand in CREATE TABLE, and need no statement of their own.
    inline_comments: bool = False
    constraint_comments: bool = False
    # There is a type of its own for true and false, and one for a fixed set of words.
    native_boolean: bool = False
    native_enum: bool = False
    # Such a type, and others, are things of a schema with names: created, and dropped.
    named_types: bool = False
