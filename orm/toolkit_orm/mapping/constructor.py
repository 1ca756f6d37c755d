"""The constructor of classes that have none of their own."""

from __future__ import annotations

from typing import Any

from toolkit_orm.instrument.unknown_keyword import unknown_keyword


def declarative_constructor(self: Any, **kwargs: Any) -> None:
    """Set the attributes of an object by keyword; each must be one of its class.

    A mapped class without a constructor has one of its own that does the same, faster.
    """
    for name, value in kwargs.items():
        if not hasattr(type(self), name):
            raise unknown_keyword(type(self), name)
        setattr(self, name, value)
