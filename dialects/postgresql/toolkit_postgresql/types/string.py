"""Text that is compared without regard to case.  https://www.postgresql.org/docs/current/citext.html."""

from __future__ import annotations

from toolkit_core.dialect.types import TEXT


class CITEXT(TEXT):
    """PostgreSQL's ``CITEXT``, of the extension of that name."""

    visit_name = "CITEXT"
