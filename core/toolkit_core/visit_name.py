"""The name that visitors know a class by, under its documented name."""

from __future__ import annotations

from typing import Any


class VisitName:
    """``__visit_name__``, which is what ``visit_name`` is.

    >>> class Person:
    ...     visit_name = "person"
    ...     __visit_name__ = VisitName()
    >>> Person.__visit_name__
    'person'
    """

    def __get__(self, instance: object, owner: Any) -> str:
        name: str = owner.visit_name
        return name
