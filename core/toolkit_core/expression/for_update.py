"""Locking the rows that a SELECT returns."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.coercions import as_column
from toolkit_core.expression.node import Node, children, declared, value


@declared
class ForUpdate(Node):
    """``FOR UPDATE`` and its variants."""

    visit_name = "for_update"

    nowait: bool = value(default=False)
    read: bool = value(default=False)
    skip_locked: bool = value(default=False)
    key_share: bool = value(default=False)
    of: tuple[Any, ...] = children(default=())


def for_update(*, of: Any, **flags: bool) -> ForUpdate:
    """Return how to lock rows; ``of`` names the tables, or columns of them, whose rows."""
    found = () if of is None else tuple(of) if isinstance(of, (list, tuple, set)) else (of,)
    named = {name: True for name, flag in flags.items() if flag}
    return ForUpdate(of=tuple([as_column(one) for one in found]), **named)


# Under its documented name.
ForUpdateArg = ForUpdate
