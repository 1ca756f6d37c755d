"""Names that a convention makes, and those that are made already."""

from __future__ import annotations

from toolkit_core.facts import quoted_name


class made_name(quoted_name):  # noqa: N801 - it is a str
    """A name that a program did not write: where it is too long it is cut."""

    __slots__ = ()


class conv(made_name):  # noqa: N801 - the documented name
    """A name that no convention is applied to any more.

    >>> conv("ck_t_five")
    conv('ck_t_five')
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"conv({str.__repr__(self)})"
