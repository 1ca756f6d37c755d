"""Events: functions that are called when something happens to an engine, a pool, a table.

A target keeps one tuple of listeners per event; an empty tuple is one flag test on the way.

>>> from toolkit_core.events import Dispatch, Events, contains, listen
>>> class KettleEvents(Events):
...     def boiled(self, degrees): ...
>>> class Kettle:
...     event_families = (KettleEvents,)
...     def __init__(self):
...         self.dispatch = Dispatch.for_target(self)
>>> kettle = Kettle()
>>> listen(kettle, "boiled", print)
>>> for heard in kettle.dispatch.boiled:
...     heard(100)
100
>>> contains(kettle, "boiled", print)
True
"""

from toolkit_core.events.api import contains, listen, listens_for, remove
from toolkit_core.events.families import (
    ConnectionEvents,
    DialectEvents,
    Events,
    PoolEvents,
    PoolResetState,
)
from toolkit_core.events.registry import Dispatch
from toolkit_core.events.targets import add_resolver

__all__ = [
    "ConnectionEvents",
    "DialectEvents",
    "Dispatch",
    "Events",
    "PoolEvents",
    "PoolResetState",
    "add_resolver",
    "contains",
    "listen",
    "listens_for",
    "remove",
]
