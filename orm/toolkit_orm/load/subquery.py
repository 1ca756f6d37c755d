"""Loading related objects by one more query for all owners.

As documented it has the first query as a subquery; ours names the owners by their keys as
``selectinload()`` does, which is the same objects with less work for the database, and right
also where the first query has a LIMIT without an order.  Each key is there once, so that
``distinct_target_key`` has nothing to say: rows are never multiplied, and never made unique.
"""

from __future__ import annotations

from toolkit_orm.load.selectin import SelectinLoader


class SubqueryLoader(SelectinLoader):
    """``subqueryload()``."""
