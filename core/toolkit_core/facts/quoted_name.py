"""A name that says itself whether it is quoted."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from toolkit_core.newer_typing import Self


class quoted_name(str):  # noqa: N801 - the documented name
    """A name with ``quote`` set to True or False; None leaves it to the dialect.

    Where quotes are forced, the name is what it is: changing its case does nothing.

    >>> quoted_name("id", True).quote, quoted_name("id", True).upper()
    (True, quoted_name('id', True))
    """

    __slots__ = ("quote",)

    quote: bool | None

    def __new__(cls, value: str, quote: bool | None = None) -> Self:
        """Make one; a name that has the same wish already is returned as it is."""
        if isinstance(value, cls) and (quote is None or value.quote == quote):
            return value
        made = super().__new__(cls, value)
        made.quote = getattr(value, "quote", None) if quote is None else quote
        return made

    @classmethod
    def construct(cls, value: str | None, quote: bool | None) -> Self | None:
        """Make one, or return None for None."""
        return None if value is None else cls(value, quote)

    def lower(self) -> str:
        """Return the name in lower case, or as it is if quotes are forced."""
        return self if self.quote else super().lower()

    def upper(self) -> str:
        """Return the name in upper case, or as it is if quotes are forced."""
        return self if self.quote else super().upper()

    def __reduce__(self) -> Any:
        return type(self), (str(self), self.quote)

    def __repr__(self) -> str:
        return f"quoted_name({str.__repr__(self)}, {self.quote})"


def quoting_of(name: str | None) -> bool | None:
    """Return what a name says of its quotes; None for a plain string, and for no name.

    Names are equal as strings are: what tells structures apart asks this as well.
    """
    if name is None or name.__class__ is str:
        return None
    return getattr(name, "quote", None)


def named(name: str, quote: bool | None) -> str:
    """Return a name as a schema item keeps it: a plain string unless there is something to say.

    >>> named("id", None), named("id", False)
    ('id', quoted_name('id', False))
    """
    return name if quote is None else quoted_name(name, quote)
