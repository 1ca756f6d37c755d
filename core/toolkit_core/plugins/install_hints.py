"""What to install for the names that toolkit's own distributions serve."""

from __future__ import annotations

_EXTRAS = {
    "sqlite": "toolkit-sqlite",
    "postgresql": "toolkit[postgresql]",
    "mysql": "toolkit[mysql]",
    "mariadb": "toolkit[mariadb]",
    "oracle": "toolkit[oracle]",
}

_SPELLINGS = {
    "postgres": "postgresql",
    "postgresql2": "postgresql",
    "psql": "postgresql",
    "pg": "postgresql",
    "sqlite3": "sqlite",
    "maria": "mariadb",
}


def install_hint(group: str, name: str) -> str | None:
    """Say what to do when a name is not there, where that is known.

    >>> install_hint("toolkit.dialects", "oracle")
    'pip install "toolkit[oracle]"'
    >>> install_hint("toolkit.dialects", "postgres")
    "the name is spelt 'postgresql': postgresql://..."
    """
    if group != "toolkit.dialects":
        return None
    if name in _SPELLINGS:
        right = _SPELLINGS[name]
        return f"the name is spelt {right!r}: {right}://..."
    dialect = name.partition(".")[0]
    return f'pip install "{_EXTRAS[dialect]}"' if dialect in _EXTRAS else None
