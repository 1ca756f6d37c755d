"""Loading what subclasses have of their own, for the objects that a query of the class has met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.lists import tuple_
from toolkit_core.expression.select import select
from toolkit_orm.instrument.state import STATE
from toolkit_orm.load.after import After
from toolkit_orm.load.reason import because

if TYPE_CHECKING:
    from toolkit_orm.load.context import LoadContext

_MOST = 500


class SubclassLoader(After):
    """``selectin_polymorphic()``, and ``polymorphic_load="selectin"``."""

    def __init__(self, mapper: Any) -> None:
        self.mapper = mapper
        cls = mapper.class_
        keys = [getattr(cls, mapper.key_of[column]) for column in mapper.primary_key]
        of_object = keys[0] if len(keys) == 1 else tuple_(*keys)
        self.statement = select(cls).where(of_object.in_(bindparam("keys", expanding=True)))

    def load(self, context: LoadContext, instances: Sequence[Any]) -> None:
        """Load what objects of the subclass have not."""
        cls = self.mapper.class_
        wanted = [
            one.__dict__[STATE].pk
            for one in instances
            if type(one) is cls and one.__dict__[STATE].expired is not None
        ]
        session: Any = context.home.session()
        for start in range(0, len(wanted), _MOST):
            keys = wanted[start : start + _MOST]
            options = {"autoflush": False, **because(session, loads_columns=True)}
            session.execute(self.statement, {"keys": keys}, execution_options=options).all()
