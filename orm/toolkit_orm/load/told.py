"""What a statement said about loading, as its objects remember it."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.node import Node
from toolkit_orm.load.choices import Choice, Choices
from toolkit_orm.load.told_pickled import checked, lasting
from toolkit_orm.query.load_option import Load, LoadStep
from toolkit_orm.query.row_criteria import Criteria


class Told:
    """What was said of one entity of a statement, and the criteria for all it leads to."""

    __slots__ = (
        "choices",
        "criteria",
        "deferred",
        "group",
        "kept",
        "passed",
        "raising",
        "renewal",
        "undeferred",
    )

    def __init__(
        self,
        choices: Choices,
        criteria: tuple[Criteria, ...],
        *,
        deferred: frozenset[str] = frozenset(),
        raising: frozenset[str] = frozenset(),
        undeferred: frozenset[str] = frozenset(),
    ) -> None:
        self.choices = choices
        self.criteria = criteria
        # The columns that were left out, those of them that must not be loaded later, and those
        # that were not left out though the mapping does it.
        self.deferred = deferred
        self.raising = raising
        self.undeferred = undeferred
        self.kept: dict[Any, Any] = {}
        # The query that loads an object anew: whether it is known to be needed, and what it is.
        self.renewal: Any = None
        # Options of users' own that statements for more have, too.
        self.passed: tuple[Any, ...] = ()
        # The objects that came together, where the session watches lazy loading.
        self.group: Any = None

    def __reduce__(self) -> Any:
        return _told, (
            lasting(self.choices),
            checked(self.criteria),
            self.deferred,
            self.raising,
            self.undeferred,
            self.passed,
        )

    def choice(self, prop: Any) -> Choice | None:
        """Return what was said of a relationship."""
        return self.choices.of(prop)

    def again(self, choices: Choices, criteria: tuple[Criteria, ...]) -> Told:
        """Return the same of columns, with what another statement of the shape says."""
        return Told(
            choices,
            criteria,
            deferred=self.deferred,
            raising=self.raising,
            undeferred=self.undeferred,
        )

    def over(self, before: Told | None) -> Told:
        """Return what holds for an object that another statement has spoken of before."""
        if before is None:
            return self
        key = ("over", id(before))
        found: tuple[Told, Told] | None = self.kept.get(key)
        if found is None:
            made = before.again(self.choices, self.criteria)
            made.raising = before.raising | self.raising
            # With the other one, whose number must stay its own.
            found = self.kept[key] = (made, before)
        return found[0]

    def how(self, prop: Any) -> str:
        """Return how a relationship is loaded."""
        return self.choices.how(prop)

    def of_itself(self, target: Any) -> tuple[Node, ...]:
        """Return what was said of a class as options for a query of that class."""
        criteria = [one for one in self.criteria if one.of(target) is None]
        return (*_with_everywhere(self.choices, target), *criteria)

    def passing(self, options: tuple[Any, ...]) -> Told:
        """Return the same, with options of users' own for what is loaded later."""
        made = self.again(self.choices, self.criteria)
        made.group = self.group
        made.passed = options
        return made

    def options(self, prop: Any, target: Any) -> tuple[Any, ...]:
        """Return the options for the query that loads a relationship."""
        kept: tuple[Any, tuple[Any, ...]] | None = self.kept.get(prop)
        if kept is not None and kept[0] is target:
            return kept[1]
        choice = self.choices.of(prop)
        found: tuple[Any, ...] = self.criteria
        if choice is not None:
            found = (*options_below(choice, target), *found)
        found = (*found, *self.passed)
        # With what it is about: another alias of the class needs options of its own.
        self.kept[prop] = (target, found)
        return found


def _told(
    choices: Choices,
    criteria: tuple[Criteria, ...],
    deferred: frozenset[str],
    raising: frozenset[str],
    undeferred: frozenset[str],
    passed: tuple[Any, ...],
) -> Told:
    """Return what was pickled."""
    made = Told(choices, criteria, deferred=deferred, raising=raising, undeferred=undeferred)
    made.passed = passed
    return made


NOTHING_TOLD = Told(Choices(), ())


def options_below(choice: Choice, target: Any) -> tuple[Node, ...]:
    """Return what was said of what a relationship leads to, as options for a query of that."""
    made = _with_everywhere(choice.below, target)
    depth = choice.setting("recursion_depth")
    if choice.step is not None and depth:
        again = Load().but(root=target, steps=(_one_deeper(choice.step, depth),))
        made = (*made, again)
    return made


def _with_everywhere(choices: Choices, target: Any) -> tuple[Node, ...]:
    made = as_options(choices, target)
    whole = [Load().but(steps=(step,)) for step in choices.general]
    if choices.everywhere is not None:
        whole.append(Load().but(steps=(LoadStep(choices.everywhere),)))
    return (*made, *whole)


def _one_deeper(step: LoadStep, depth: int) -> LoadStep:
    """Return a recursive step for the objects that it has led to; a depth below 0 has no end."""
    left = depth - 1 if depth > 0 else depth
    settings = [(name, told) for name, told in step.settings if name != "recursion_depth"]
    if left:
        settings.append(("recursion_depth", left))
    return step.but(settings=tuple(settings))


def as_options(choices: Choices, root: Any) -> tuple[Node, ...]:
    """Return what was said of a class as options for a query of it."""
    steps: list[LoadStep] = [*choices.columns]
    if choices.kinds:
        entities = tuple([one.entity for one in choices.kinds])
        steps.append(LoadStep("selectin_polymorphic", entities))
    if choices.everything is not None:
        steps.insert(0, LoadStep(choices.everything))
    made = [Load().but(root=root, steps=(step,)) for step in steps]
    for choice in choices.related.values():
        step = choice.step
        if step is None:
            continue
        if step.how == "contains":
            # The query at hand has no columns of what another has joined.
            step = step.but(how="default", source=None)
        below = as_options(choice.below, None)
        made.append(Load().but(root=root, steps=(step.but(branches=below),)))
    return tuple(made)
