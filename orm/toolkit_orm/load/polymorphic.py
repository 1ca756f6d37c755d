"""Loading what subclasses have of their own, for the objects that a query of the class has met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.select import select
from toolkit_orm.instrument.state import STATE
from toolkit_orm.load.after import After
from toolkit_orm.load.choices import Choices
from toolkit_orm.load.column_choice import ColumnChoice
from toolkit_orm.load.reason import because
from toolkit_orm.load.told import as_options
from toolkit_orm.query.key_expression import key_expression
from toolkit_orm.query.load_option import Load

if TYPE_CHECKING:
    from toolkit_orm.load.context import LoadContext

_MOST = 500


class SubclassLoader(After):
    """``selectin_polymorphic()``, and ``polymorphic_load="selectin"``.

    One query for each subclass that was named: an object is of the nearest one above it.
    """

    def __init__(self, base: Any, mappers: Sequence[Any], choices: Choices) -> None:
        self.base = base
        self.statements = {one: _statement(base, one, choices) for one in mappers}

    def load(self, context: LoadContext, instances: Sequence[Any]) -> None:
        """Load what objects of subclasses have not."""
        wanted: dict[Any, list[Any]] = {one: [] for one in self.statements}
        for one in instances:
            state = one.__dict__[STATE]
            if state.stale is not None or context.again:
                nearest = self._nearest(state.mapper)
                if nearest is not None:
                    wanted[nearest].append(state.pk)
        session: Any = context.home.session()
        for mapper, pks in wanted.items():
            statement = self.statements[mapper]
            for start in range(0, len(pks), _MOST):
                keys = {"keys": pks[start : start + _MOST]}
                options = {**context.below(), **because(session, loads_columns=True)}
                result = session.execute(statement, keys, execution_options=options)
                result.unique().all()

    def _nearest(self, mapper: Any) -> Any:
        """Return the nearest of the named classes that a class is one of."""
        return next((one for one in mapper.iterate_to_root() if one in self.statements), None)


def _statement(base: Any, mapper: Any, choices: Choices) -> Any:
    """Return the query of a subclass: its own columns, and what is said of its relationships."""
    cls = mapper.class_
    keys = [getattr(cls, mapper.key_of[column]) for column in mapper.primary_key]
    of_object = key_expression(keys)
    own = [name for name in mapper.column_keys if name not in base.props]
    # What is said of columns of the base says nothing of these.
    said = [
        one
        for one in choices.said_of_columns
        if one.how != "load_only" or any(each.key in own for each in one.attributes)
    ]
    read = [getattr(cls, name) for name in ColumnChoice(mapper, own, said).read]
    related = Choices()
    related.related = {
        prop: one for prop, one in choices.related.items() if is_below(prop, base, mapper)
    }
    root = mapper.entity
    options = [Load().but(root=root).load_only(*keys, *read), *as_options(related, root)]
    made = select(cls).where(of_object.in_(bindparam("keys", expanding=True)))
    return made.options(*options)


def is_below(prop: Any, base: Any, mapper: Any) -> bool:
    """Tell whether a class has a relationship that its base has not."""
    return mapper.isa(prop.parent) and not base.isa(prop.parent)
