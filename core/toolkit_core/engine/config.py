"""Engines described by a configuration file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.engine.coercion import DOCUMENTED_PREFIX, coerced_options
from toolkit_core.engine.create import create_engine
from toolkit_core.errors import ArgumentError

if TYPE_CHECKING:
    from toolkit_core.engine.engine import Engine


def engine_from_config(
    configuration: Mapping[str, Any], prefix: str = DOCUMENTED_PREFIX, **kwargs: Any
) -> Engine:
    """Make an engine of the keys of a configuration that begin with the prefix.

    ``url`` is required; the others are options of ``create_engine``, as text or as values.
    Keyword arguments win over the configuration, and have no prefix.
    """
    options = configured_options(configuration, prefix, **kwargs)
    return create_engine(options.pop("url"), **options)


def configured_options(
    configuration: Mapping[str, Any], prefix: str = DOCUMENTED_PREFIX, **kwargs: Any
) -> dict[str, Any]:
    """Return the options of an engine that a configuration has, ``url`` among them."""
    options = coerced_options(configuration, prefix, **kwargs)
    if "url" not in options:
        raise ArgumentError(
            f"The configuration has no key {prefix + 'url'!r}",
            hint=f"put the database's URL there, e.g. {prefix}url = sqlite:///app.db",
        )
    return options
