"""What errors and warnings share: a code that names a page of the catalogue."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class HasDescriptionCode:
    """Mix a ``code`` into an exception: ``python -m toolkit error CODE`` explains it."""

    code: str | None = None

    def __init__(self, *args: Any, code: str | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if code is not None:
            self.code = code

    def _reference(self, kind: str) -> list[str]:
        """Return the line that names the page, if there is one."""
        if not self.code:
            return []
        return [f"(Background on this {kind}: python -m toolkit error {self.code})"]
