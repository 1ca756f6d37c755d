"""What options say, sorted by what they are about: one tree for each class of a statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_orm.mapping.relationship_attribute import RelationshipAttribute
from toolkit_orm.query.load_option import Load, LoadStep, is_about, root_of


class Choice:
    """How one relationship is loaded, and what was said of what it leads to."""

    __slots__ = ("below", "how", "path", "step")

    def __init__(self, how: str, path: RelationshipAttribute | None, step: LoadStep | None) -> None:
        self.how = how
        self.path = path
        self.step = step
        self.below = Choices()

    def setting(self, name: str) -> Any:
        """Return a setting of the option."""
        return None if self.step is None else self.step.setting(name)


class Choices:
    """What was said of one class at one place of a statement."""

    __slots__ = ("columns", "everything", "related")

    def __init__(self) -> None:
        self.related: dict[Any, Choice] = {}
        # ``"*"``: how all relationships are loaded of which nothing else is said.
        self.everything: str | None = None
        self.columns: list[LoadStep] = []

    def __bool__(self) -> bool:
        return bool(self.related or self.columns or self.everything)

    def add(self, steps: Iterable[LoadStep]) -> None:
        """Add the steps of an option."""
        here = self
        for step in steps:
            if not step.is_related:
                here._add_columns(step)
            elif not step.attributes:
                here.everything = step.how
            else:
                choice = here._chosen(step)
                for branch in step.branches:
                    choice.below.add(branch.steps)
                here = choice.below

    def _chosen(self, step: LoadStep) -> Choice:
        path = step.attributes[0]
        found = self.related.get(path.prop)
        if found is None:
            found = self.related[path.prop] = Choice(step.how, path, step)
        elif step.how != "default":
            other = found.step
            if found.how != "default" and other is not None and not _is_same(step, other):
                raise InvalidRequestError(
                    f"Loader strategy replacement {step.called}({path}) is in conflict with "
                    f"existing strategy {other.called}({path})",
                    hint="say one thing of it",
                )
            found.how, found.path, found.step = step.how, path, step
        return found

    def _add_columns(self, step: LoadStep) -> None:
        for other in self.columns:
            both = {one.key for one in step.attributes} & {one.key for one in other.attributes}
            told = {step.how, other.how} <= {"defer", "undefer"}
            if both and told and (step.how != other.how or step.settings != other.settings):
                raise InvalidRequestError(
                    f"Loader strategy replacement {step.called}({step.attributes[0]}) is in "
                    f"conflict with existing strategy {other.called}({step.attributes[0]})"
                )
        self.columns.append(step)

    def of(self, prop: Any) -> Choice | None:
        """Return what was said of a relationship."""
        found = self.related.get(prop)
        if found is not None and found.how != "default":
            return found
        if self.everything is not None:
            made = Choice(self.everything, None, None)
            if found is not None:
                made.below = found.below
            return made
        return found


def _is_same(step: LoadStep, other: LoadStep) -> bool:
    return step.how == other.how and step.settings == other.settings


def choices_of(statement: Any, entities: list[Any]) -> dict[int, Choices]:
    """Return what the options of a statement say of each of its classes, by their numbers."""
    made = {id(one): Choices() for one in entities}
    for option in getattr(statement, "loader_options", ()):
        if isinstance(option, Load) and option.steps:
            _add(option, entities, made)
    return made


def _add(option: Load, entities: list[Any], made: dict[int, Choices]) -> None:
    root = option.root if option.root is not None else root_of(option.steps[0])
    fitting = [one for one in entities if root is None or is_about(one, root)]
    if not fitting:
        if not entities and root is None:
            # All relationships, and there are none.
            return
        if not entities:
            raise ArgumentError(
                "Query has only expression-based entities; attribute loader option "
                f"{option.called} can't be applied here."
            )
        names = ", ".join(_called(one) for one in entities)
        raise ArgumentError(
            f"Mapped class {root.mapper.class_.__name__} referenced in option {option.called} does "
            f"not apply to any of the root entities in this query, e.g. {names}. Please specify "
            "the full path from one of the root entities to the target attribute. ",
            hint="defaultload(User.orders).joinedload(Order.items) says the way",
        )
    for one in fitting:
        made[id(one)].add(option.steps)


def _called(entity: Any) -> str:
    shown = entity.shown
    return shown.__name__ if isinstance(shown, type) else str(shown)
