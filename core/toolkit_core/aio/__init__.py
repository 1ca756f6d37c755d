"""asyncio: the same engine on a bridge, which is in `bridge.py` and nowhere else.

Nothing of this room is imported before somebody asks for it, and only then greenlet.
"""
