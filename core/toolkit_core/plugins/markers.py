"""pluggy's markers, without importing pluggy: what they leave on a function is its contract.

A plugin may as well use ``pluggy.HookimplMarker("toolkit")``; ``tests/core/test_markers.py``
compares what the two leave.
"""

from __future__ import annotations

from collections.abc import Callable

from toolkit_core.checker_names import overload

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    F = TypeVar("F", bound=Callable[..., Any])


@overload
def hookimpl(
    function: F,
    hookwrapper: bool = ...,
    optionalhook: bool = ...,
    tryfirst: bool = ...,
    trylast: bool = ...,
    specname: str | None = ...,
    wrapper: bool = ...,
) -> F: ...
@overload
def hookimpl(
    function: None = ...,
    hookwrapper: bool = ...,
    optionalhook: bool = ...,
    tryfirst: bool = ...,
    trylast: bool = ...,
    specname: str | None = ...,
    wrapper: bool = ...,
) -> Callable[[F], F]: ...
def hookimpl(
    function: F | None = None,
    hookwrapper: bool = False,
    optionalhook: bool = False,
    tryfirst: bool = False,
    trylast: bool = False,
    specname: str | None = None,
    wrapper: bool = False,
) -> F | Callable[[F], F]:
    """Mark a function or a method as the implementation of a hook.

    >>> @hookimpl(trylast=True)
    ... def toolkit_engine_created(engine): ...
    >>> toolkit_engine_created.toolkit_impl["trylast"]
    True
    """

    def mark(marked: F) -> F:
        options = {
            "wrapper": wrapper,
            "hookwrapper": hookwrapper,
            "optionalhook": optionalhook,
            "tryfirst": tryfirst,
            "trylast": trylast,
            "specname": specname,
        }
        marked.toolkit_impl = options  # type: ignore[attr-defined]
        return marked

    return mark if function is None else mark(function)


@overload
def hookspec(function: F, firstresult: bool = ...) -> F: ...
@overload
def hookspec(function: None = ..., firstresult: bool = ...) -> Callable[[F], F]: ...
def hookspec(function: F | None = None, firstresult: bool = False) -> F | Callable[[F], F]:
    """Mark a function as the specification of a hook."""

    def mark(marked: F) -> F:
        options = {
            "firstresult": firstresult,
            "historic": False,
            "warn_on_impl": None,
            "warn_on_impl_args": None,
        }
        marked.toolkit_spec = options  # type: ignore[attr-defined]
        return marked

    return mark if function is None else mark(function)
