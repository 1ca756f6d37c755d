"""What a statement said about loading, as its objects remember it."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.node import Node
from toolkit_orm.load.choices import Choice, Choices
from toolkit_orm.query.load_option import Load, LoadStep
from toolkit_orm.query.row_criteria import Criteria


class Told:
    """What was said of one entity of a statement, and the criteria for all it leads to."""

    __slots__ = ("choices", "criteria", "deferred", "group", "kept", "passed", "raising")

    def __init__(
        self,
        choices: Choices,
        criteria: tuple[Criteria, ...],
        *,
        deferred: frozenset[str] = frozenset(),
        raising: frozenset[str] = frozenset(),
    ) -> None:
        self.choices = choices
        self.criteria = criteria
        # The columns that were left out, and those of them that must not be loaded later.
        self.deferred = deferred
        self.raising = raising
        self.kept: dict[Any, tuple[Any, ...]] = {}
        # Options of users' own that statements for more have, too.
        self.passed: tuple[Any, ...] = ()
        # The objects that came together, where the session watches lazy loading.
        self.group: Any = None

    def choice(self, prop: Any) -> Choice | None:
        """Return what was said of a relationship."""
        return self.choices.of(prop)

    def options(self, prop: Any, target: Any) -> tuple[Any, ...]:
        """Return the options for the query that loads a relationship."""
        found = self.kept.get(prop)
        if found is None:
            choice = self.choices.of(prop)
            found = self.criteria
            if choice is not None:
                found = (*options_below(choice, target), *found)
            found = (*found, *self.passed)
            self.kept[prop] = found
        return found

    def passing(self, options: tuple[Any, ...]) -> Told:
        """Return the same, with options of users' own for what is loaded later."""
        made = Told(self.choices, self.criteria, deferred=self.deferred, raising=self.raising)
        made.group = self.group
        made.passed = options
        return made


NOTHING_TOLD = Told(Choices(), ())


def options_below(choice: Choice, target: Any) -> tuple[Node, ...]:
    """Return what was said of what a relationship leads to, as options for a query of that."""
    made = as_options(choice.below, target)
    depth = choice.setting("recursion_depth")
    step = choice.step
    if step is not None and depth is not None and depth not in (0, 1):
        left = depth - 1 if depth > 0 else depth
        settings = tuple(
            [(name, left if name == "recursion_depth" else told) for name, told in step.settings]
        )
        again = Load().but(root=target, steps=(step.but(settings=settings),))
        made = (*made, again)
    return made


def as_options(choices: Choices, root: Any) -> tuple[Node, ...]:
    """Return what was said of a class as options for a query of it."""
    steps: list[LoadStep] = [*choices.columns]
    if choices.everything is not None:
        steps.insert(0, LoadStep(choices.everything))
    made = [Load().but(root=root, steps=(step,)) for step in steps]
    for choice in choices.related.values():
        step = choice.step
        if step is None:
            continue
        below = as_options(choice.below, None)
        made.append(Load().but(root=root, steps=(step.but(branches=below),)))
    return tuple(made)
