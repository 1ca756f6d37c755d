"""Types that users write."""

from __future__ import annotations

from typing import Any, TypeVar

from toolkit_core.errors import warn
from toolkit_core.types.structure import NoKey, Unkeyed, argument_names, frozen, interned
from toolkit_core.types.type_engine import TypeEngine

T_co = TypeVar("T_co", covariant=True)


class ExternalType:
    """What types of a user's own say of themselves.

    ``cache_ok``: True if the arguments of the constructor, as attributes of the same names,
    tell one type from another, so that statements with it can be kept; False if not.
    """

    cache_ok: bool | None = None

    def _key_parts(self) -> list[object]:
        if self.cache_ok is None:
            self._warn_of_no_key()
        if not self.cache_ok:
            raise Unkeyed
        state = self.__dict__
        names = [name for name in argument_names(type(self)) if name in state]
        if "_variants" in state:
            names.append("_variants")
        return [(name, frozen(state[name])) for name in names]

    def _warn_of_no_key(self) -> None:
        kind = "TypeDecorator" if hasattr(self, "load_dialect_impl") else "UserDefinedType"
        warn(
            f"{kind} {self!r} will not produce a cache key because the ``cache_ok`` attribute is "
            "not set to True.  This can have significant performance implications, since "
            "statements with it are written anew each time.  Set this attribute to True if this "
            "type object's state is safe to use in a cache key, or False to disable this warning.",
            code="cprf",
        )

    def static_key(self) -> object:
        """Return what this type is, for the key of a statement; a ``NoKey`` if none can tell."""
        known: object = self.__dict__.get("_key")
        if known is None:
            try:
                known = interned((self.__class__, *self._key_parts()))
            except Unkeyed:
                return NoKey()
            self.__dict__["_key"] = known
        return known


class UserDefinedType(ExternalType, TypeEngine[T_co]):
    """The base of types of which toolkit knows nothing; ``get_col_spec`` writes their DDL.

    >>> class Point(UserDefinedType):
    ...     cache_ok = True
    ...     def get_col_spec(self, **kw):
    ...         return "POINT"
    >>> Point().compile()
    'POINT'
    """

    visit_name = "user_defined"

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return itself: what is beside it is of its type."""
        return self
