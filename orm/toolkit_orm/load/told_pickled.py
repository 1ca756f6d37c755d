"""What is pickled, with an object, of what its statement said about loading."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.node import Node
from toolkit_orm.instrument.attribute import ColumnAttribute
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.mapping.relationship_attribute import RelationshipAttribute
from toolkit_orm.query.load_option import LoadStep
from toolkit_orm.query.row_criteria import Criteria

if TYPE_CHECKING:
    from toolkit_orm.load.choices import Choice, Choices

# These are pickled as where they are found; what stands behind them does not travel.
_FOUND = (ColumnAttribute, Entity, RelationshipAttribute)


def travels(node: Any) -> bool:
    """Tell whether an expression means the same where it is unpickled; columns of tables do not."""
    if isinstance(node, RelationshipAttribute):
        return all(travels(one) for one in node.criteria) and isinstance(node.source, Entity)
    if isinstance(node, _FOUND):
        return type(node) in (ColumnAttribute, Entity)
    if isinstance(node, FromClause) or getattr(node, "table", None) is not None:
        return False
    return all(travels(one) for one in node.walked()) if isinstance(node, Node) else True


def checked(criteria: tuple[Criteria, ...]) -> tuple[Criteria, ...]:
    """Return criteria that can be pickled; others would let rows through if they were left out."""
    for one in criteria:
        if one.made_by is not None or not travels(one.condition):
            raise pickle.PicklingError(
                "An object that was loaded with with_loader_criteria() can be pickled only if the "
                "criteria are expressions of mapped attributes; propagate_to_loaders=False has "
                "it loaded without them later"
            )
    return criteria


def lasting(choices: Choices) -> Choices:
    """Return choices without what is only of the statement at hand: its aliases, expressions."""
    made = type(choices)()
    made.everything, made.everywhere = choices.everything, choices.everywhere
    made.columns = [step for step in choices.columns if step.how != "expression"]
    made.general, made.kinds = choices.general, choices.kinds
    made.related = {prop: _lasting(choice) for prop, choice in choices.related.items()}
    return made


def _lasting(choice: Choice) -> Choice:
    how, path, step = choice.how, choice.path, choice.step
    if path is not None and not travels(path):
        path = path.but(criteria=(), target=None, source=path.parent.entity)
    if step is not None:
        # What is below stands in the choices below.
        step = LoadStep(step.how, () if path is None else (path,), step.settings)
    if how == "contains":
        how = "default"
        step = None if step is None else step.but(how=how)
    made = type(choice)(how, path, step)
    made.below = lasting(choice.below)
    return made
