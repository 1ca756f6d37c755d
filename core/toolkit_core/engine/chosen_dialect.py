"""The dialect of an engine: found by the URL, and shaped by the options that are about it."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit_core.dialect import Dialect
from toolkit_core.engine.options import EngineOptions
from toolkit_core.errors import ArgumentError
from toolkit_core.plugins import Hooks, find_dialect
from toolkit_core.url import URL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def choose_dialect(
    url: URL, kwargs: Mapping[str, Any], hooks: Hooks, *, is_async: bool = False
) -> tuple[Dialect, EngineOptions]:
    """Return the dialect that the URL names, and all options, checked.

    With ``is_async`` its driver is the one for asyncio, where there are two of a kind.
    """
    name, _, driver_name = url.drivername.partition("+")
    dialect: Dialect = find_dialect(name, driver_name or None, kwargs, hooks)
    if is_async and dialect.glue.async_name is not None:
        driver_name = dialect.glue.async_name
        dialect = find_dialect(name, driver_name, kwargs, hooks)
    driver = dialect.glue
    options = EngineOptions.checked(driver.engine_options, f"{name}+{driver.name}/Engine", **kwargs)
    own = options.driver_options
    if any(kwargs[option] is not value for option, value in own.items() if option in kwargs):
        # They came as text, which only what the driver says of its options could read.
        dialect = find_dialect(name, driver_name or None, {**kwargs, **own}, hooks)
    return shaped(dialect, options), options


def shaped(dialect: Dialect, options: EngineOptions) -> Dialect:
    """Return the dialect as the options want it to write."""
    changes: dict[str, Any] = {}
    if options.paramstyle is not None:
        changes["paramstyle"] = dialect.glue.checked_paramstyle(options.paramstyle)
    if options.max_identifier_length is not None:
        changes["max_identifier"] = options.max_identifier_length
    if options.label_length is not None:
        changes["label_length"] = options.label_length
    codecs = {
        name: function
        for name, function in (
            ("json_serializer", options.json_serializer),
            ("json_deserializer", options.json_deserializer),
        )
        if function is not None
    }
    if codecs:
        dialect = dialect.but(**codecs)
    if not changes:
        return dialect
    style = dialect.style.but(**changes)
    if style.label_length is not None and style.label_length > style.max_identifier:
        raise ArgumentError(
            f"Label length of {style.label_length} is greater than this dialect's maximum "
            f"identifier length of {style.max_identifier}",
            hint="a label is a name too: make it shorter, or leave it to the dialect",
        )
    return dialect.but(style=style)
