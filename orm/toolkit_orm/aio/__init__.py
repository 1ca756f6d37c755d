"""Sessions for asyncio: the same session on the core's bridge.

Nothing of this room is imported before somebody asks for it.
"""
