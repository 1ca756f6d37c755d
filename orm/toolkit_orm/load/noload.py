"""Loading nothing: collections are empty, related objects None."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_orm.load.after import After

if TYPE_CHECKING:
    from toolkit_orm.load.context import LoadContext


class NoLoader(After):
    """``noload()``."""

    def load_for(self, context: LoadContext, instances: list[Any]) -> None:
        """Give each object nothing."""
        for one in instances:
            self.put(one, ())
