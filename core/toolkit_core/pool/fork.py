"""A child process never speaks on a socket of its parent.

After a fork every pool of the child is empty.  The parent's connections are neither used nor
closed there: a goodbye on a shared socket would end the parent's session.  Hooking the fork
costs the pools nothing; asking for the process id costs 150 ns each time.  Only for what is
found lost it is asked: the child loses what its parent's other threads had, and may collect
garbage, before it comes to this file.
"""

from __future__ import annotations

import os
import weakref

from toolkit_core.pool.driver import SilentDriver
from toolkit_core.pool.reset import left_by_the_parent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from toolkit_core.pool.pool import Pool

_pools: weakref.WeakSet[Pool] = weakref.WeakSet()


def watch(pool: Pool) -> None:
    """Have a pool emptied in child processes."""
    _pools.add(pool)


def _in_child() -> None:
    for pool in list(_pools):
        _start_anew(pool)


def _start_anew(pool: Pool) -> None:
    """Leave the parent's connections to a ghost of the pool, which sends nothing."""
    ghost = _copied(pool)
    ghost.driver = SilentDriver()
    ghost.reset = ghost.reset_again = None
    ghost.dispatch = type(pool.dispatch)()
    ghost._logs = ghost._announces = False
    ghost.start_empty()
    for entry in pool.entries:
        left_by_the_parent.append(entry.dbapi_connection)
        entry.pool = ghost
    pool.entries = set()
    pool.start_empty()


def _copied(pool: Pool) -> Pool:
    """Copy a pool as ``copy.copy`` would, which is not to be imported in a child just forked."""
    ghost = object.__new__(type(pool))
    ghost.__dict__.update(pool.__dict__)
    for parent in type(pool).__mro__:
        for name in parent.__dict__.get("__slots__", ()):
            if name not in ("__dict__", "__weakref__") and hasattr(pool, name):
                setattr(ghost, name, getattr(pool, name))
    return ghost


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
