"""What options say, sorted by what they are about: one tree for each class of a statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_orm.mapping.relationship_attribute import RelationshipAttribute
from toolkit_orm.query.load_option import Load, LoadStep, is_about, root_of

# The ways of loading what is related that do not wait until it is asked for, and those that refuse.
AT_ONCE = frozenset(("joined", "selectin", "subquery", "immediate"))
REFUSING = frozenset(("raise", "raise_on_sql"))


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

    __slots__ = ("columns", "everything", "everywhere", "general", "kinds", "related")

    def __init__(self) -> None:
        self.related: dict[Any, Choice] = {}
        # ``"*"``: how all relationships are loaded of which nothing else is said.
        self.everything: str | None = None
        # The same, said of the whole statement: of what is related to what is related, too.
        self.everywhere: str | None = None
        self.columns: list[LoadStep] = []
        # What was said of all columns of the whole statement.
        self.general: tuple[LoadStep, ...] = ()
        # The subclasses whose columns are loaded by queries of their own.
        self.kinds: list[Any] = []

    def __bool__(self) -> bool:
        return bool(
            self.related
            or self.columns
            or self.general
            or self.kinds
            or self.everything
            or self.everywhere
        )

    @property
    def said_of_columns(self) -> list[LoadStep]:
        """What was said of the columns of the class."""
        return [*self.general, *self.columns]

    def add(self, steps: Iterable[LoadStep]) -> None:
        """Add the steps of an option."""
        here = self
        for step in steps:
            if step.how == "selectin_polymorphic":
                here.kinds += [one.mapper for one in step.attributes]
            elif not step.is_related:
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
        how = self.everything or self.everywhere
        if how is None:
            return found
        made = self.nothing_said(how)
        if found is not None:
            made.below = found.below
        return made

    def how(self, prop: Any) -> str:
        """Return how a relationship is loaded."""
        choice = self.of(prop)
        told: str = prop.lazy if choice is None or choice.how == "default" else choice.how
        return told

    def nothing_said(self, how: str) -> Choice:
        """Return the choice for a relationship of which only the whole statement says something."""
        made = Choice(how, None, None)
        made.below.spread(self.everywhere, self.general)
        return made

    @property
    def loads(self) -> bool:
        """Whether it says that something related is loaded at once, however far below."""
        return (
            not AT_ONCE.isdisjoint((self.everything, self.everywhere))
            or bool(self.kinds)
            or any(one.setting("recursion_depth") for one in self.related.values())
            or any(one.how in AT_ONCE or one.below.loads for one in self.related.values())
        )

    @property
    def refuses(self) -> bool:
        """Whether it says of something that it must not be loaded later."""
        hows = [self.everything, self.everywhere, *(one.how for one in self.related.values())]
        return not REFUSING.isdisjoint(hows) or any(
            one.setting("raiseload") for one in self.said_of_columns
        )

    def spread(self, how: str | None, general: tuple[LoadStep, ...]) -> None:
        """Hear how all is loaded of which nothing is said, here and below."""
        self.everywhere = how
        self.general = general
        for choice in self.related.values():
            choice.below.spread(how, general)


def _is_same(step: LoadStep, other: LoadStep) -> bool:
    return step.how == other.how and step.settings == other.settings


def choices_of(statement: Any, entities: list[Any]) -> dict[int, Choices]:
    """Return what the options of a statement say of each of its classes, by their numbers."""
    made = {id(one): Choices() for one in entities}
    everywhere: str | None = None
    general: list[LoadStep] = []
    for option in getattr(statement, "loader_options", ()):
        if not isinstance(option, Load) or not option.steps:
            continue
        first = option.steps[0]
        if option.root is None and first.how in ("defer", "undefer") and not first.attributes:
            general += option.steps
        elif option.root is None and first.is_related and not first.attributes:
            everywhere = first.how
            if everywhere == "immediate":
                # This way goes one level and no further, as in SQLAlchemy.
                for choices in made.values():
                    choices.everything, everywhere = first.how, None
        else:
            _add(option, entities, made)
    if everywhere is not None or general:
        for choices in made.values():
            choices.spread(everywhere, tuple(general))
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
