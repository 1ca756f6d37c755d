"""Loading related objects at once.

As documented it is the lazy loader's query for each object; ours is one query for all of them,
which gives the same objects.  What the session has already is taken from there.
"""

from __future__ import annotations

from toolkit_orm.load.selectin import SelectinLoader


class ImmediateLoader(SelectinLoader):
    """``immediateload()``."""
