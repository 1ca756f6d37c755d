"""Telling who listens to ``refresh_flush`` what a flush has given to objects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.mapping.mapper_events import is_anybody_listening, tell_refresh_flush
from toolkit_orm.unit_of_work.written import WrittenTable, written


def tell_made(facts: WrittenTable, states: Iterable[InstanceState], names: Sequence[str]) -> None:
    """Tell of attributes that were made up for rows of a table, and of the version counted up."""
    if not is_anybody_listening():
        return
    version = written(facts.mapper).version
    counts = facts.version is not None and facts.mapper.version_id_generator is not False
    told = [*names, version] if counts and version and version not in names else list(names)
    if told:
        for state in states:
            tell_refresh_flush(state, told)
