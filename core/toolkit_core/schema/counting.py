"""How a sequence and an identity column count."""

from __future__ import annotations


class Counting:
    """What can be said of counting; None leaves it to the server."""

    start: int | None
    increment: int | None
    minvalue: int | None
    maxvalue: int | None
    nominvalue: bool | None
    nomaxvalue: bool | None
    cycle: bool | None
    cache: int | None
    order: bool | None

    def _shown(self, *more: str) -> str:
        """Return the arguments that were given, for ``repr``."""
        names = (*more, *Counting.__annotations__)
        return ", ".join(
            f"{name}={found!r}"
            for name in names
            if (found := getattr(self, name)) is not None and found is not False
        )


# Under its documented name.
IdentityOptions = Counting
