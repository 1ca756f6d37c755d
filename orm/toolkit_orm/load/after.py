"""Loading that needs queries of its own, once the rows of a statement are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toolkit_orm.instrument.state import STATE
from toolkit_orm.load.told import NOTHING_TOLD, Told
from toolkit_orm.mapping.relationship_link import link_of
from toolkit_orm.query.load_option import Trail

if TYPE_CHECKING:
    from toolkit_orm.load.choices import Choice
    from toolkit_orm.load.context import LoadContext


class After:
    """One relationship of one entity, for all objects that a statement has loaded."""

    def __init__(self, prop: Any, choice: Choice, planned: Any, only: Any) -> None:
        self.prop = prop
        self.choice = choice
        self.planned = planned
        # The subclass that has the relationship, if not all classes have.
        self.only = only
        # Whether what it leads to has more to load, also for objects that have it already.
        self.goes_on = choice.below.loads or bool(choice.setting("recursion_depth"))
        # How the statement came here; None: it began with the objects.
        self.trail: Trail | None = None

    @property
    def link(self) -> Any:
        """What the relationship is to objects."""
        return link_of(self.prop)

    def load(self, context: LoadContext, instances: Sequence[Any]) -> None:
        """Load what objects have not."""
        name = self.prop.key
        every = context.again or self.goes_on
        wanted = [
            one
            for one in instances
            if (every or name not in one.__dict__)
            and (self.only is None or isinstance(one, self.only))
        ]
        if wanted:
            self.load_for(context, wanted)

    def load_for(self, context: LoadContext, instances: list[Any]) -> None:
        """Load for objects that want it."""
        raise NotImplementedError

    def path(self, context: LoadContext) -> Any:
        """Return the relationship as the statement at hand names it."""
        choice = self.choice
        if context.is_retold:
            choice = self.told(context).choice(self.prop) or choice
        return choice.path or getattr(self.prop.parent.class_, self.prop.key)

    def told(self, context: LoadContext) -> Told:
        """Return what the statement at hand says of the entity."""
        return NOTHING_TOLD if self.planned is None else context.told[self.planned.columns.number]

    def put(self, instance: Any, found: Sequence[Any]) -> None:
        """Give an object what was loaded for it."""
        values = instance.__dict__
        link = self.link
        if link.collection_class is None:
            values[link.key] = found[0] if found else None
            return
        state = values[STATE]
        made = values[link.key] = link.collection(state, found)
        if state.waiting is not None:
            link.take_waiting(state, made)
