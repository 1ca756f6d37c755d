"""The events there are, and what their listeners receive."""

from toolkit_core.events import ConnectionEvents, DialectEvents, PoolEvents, PoolResetState

__all__ = ["ConnectionEvents", "DialectEvents", "PoolEvents", "PoolResetState"]
