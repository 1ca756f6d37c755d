"""Options out of a configuration file, where every value is text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.engine.options import KINDS

DOCUMENTED_PREFIX = "sqlalchemy."
OWN_PREFIX = "toolkit."


def coerced_options(
    configuration: Mapping[Any, Any], prefix: str = DOCUMENTED_PREFIX, /, **overrides: Any
) -> dict[str, Any]:
    """Return the options that stand in a configuration, without prefix, text made values.

    The documented prefix stands for ``toolkit.`` too, which wins where both are there.
    What only the driver knows stays text: it is read where the driver is known.

    >>> coerced_options({"sqlalchemy.url": "sqlite://", "toolkit.pool_size": "10", "x": "1"})
    {'url': 'sqlite://', 'pool_size': 10}
    >>> coerced_options({"db.echo": "no"}, "db.", echo="debug")
    {'echo': 'debug'}
    """
    prefixes = (prefix, OWN_PREFIX) if prefix == DOCUMENTED_PREFIX else (prefix,)
    found = {
        key[len(start) :]: value
        for start in prefixes
        for key, value in configuration.items()
        if isinstance(key, str) and key.startswith(start)
    }
    return {name: _coerced(name, value) for name, value in {**found, **overrides}.items()}


def _coerced(name: str, value: Any) -> Any:
    kind = KINDS.get(name)
    if kind is None or not isinstance(value, str):
        return value
    return kind.from_text(name, value)
