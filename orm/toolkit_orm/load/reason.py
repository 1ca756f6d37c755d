"""Why a statement is executed that nobody wrote: for listeners of ``do_orm_execute``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.immutabledict import EMPTY
from toolkit_core.records import Record

if TYPE_CHECKING:
    from toolkit_orm.instrument.state import InstanceState

# Under which name it is among the execution options, while somebody listens.
REASON = "_sa_load_reason"


class LoadReason(Record):
    """What a loading statement is for."""

    # Attributes of an object that is there.
    loads_columns: bool = False
    # The object whose relationship is loaded.
    state: InstanceState | None = None
    # Mapper, relationship: what leads to what is loaded.
    path: tuple[Any, ...] | None = None


def because(
    session: Any,
    *,
    loads_columns: bool = False,
    state: InstanceState | None = None,
    path: tuple[Any, ...] | None = None,
) -> Mapping[str, Any]:
    """Return the options of a statement that tell why it is executed, if anybody listens."""
    if not (session.dispatch.active and session.dispatch.do_orm_execute):
        return EMPTY
    return {REASON: LoadReason(loads_columns, state, path)}
