"""Blocking code within a task of asyncio, and what is awaited within blocking code."""

from toolkit_core.aio.bridge import await_only, greenlet_spawn

__all__ = ["await_only", "greenlet_spawn"]
