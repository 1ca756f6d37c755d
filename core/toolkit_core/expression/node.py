"""What a node is: immutable data, declared once by its fields.

A class that declares fields gets from that one declaration its constructor, copies with
changes, traversal, structural comparison, ``repr``, and its **key**: what a compiled statement
is found by.  There is no second list of fields anywhere that could miss one.

A key is interned: two nodes of the same structure have the same key object, made of the keys
of their children, so each is worked out once and kept on its node.  Values are not in it.
What a node stands for by identity alone, a bound value or an anonymous alias, is a **leaf**; a
node collects the leaves of its children in order, and which of them are the same one is the
other half of what a compiled statement is found by (``pattern``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from toolkit_core.expression.clause import Clause
from toolkit_core.newer_typing import Self, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Mapping


class Key:
    """The structure of a node, to be compared by identity."""

    __slots__ = ()

    # Whether it will be found again: what is compiled for a lone key is not worth keeping.
    interned: ClassVar[bool] = True


class LoneKey(Key):
    """The key of a structure with a part that nothing can tell: no other node has it."""

    __slots__ = ()

    interned = False


_interned: dict[tuple[Any, ...], Key] = {}
# Structures that programs make at run time must not fill the memory: when there are so many,
# all are forgotten.  Keys that nodes hold stay right; they are only not found again.
_MOST = 200_000


def new_key(parts: tuple[Any, ...]) -> Key:
    """Return the one key of a structure that was not found; a lone one if a part is alone."""
    if any(map(_is_alone, parts)):
        return LoneKey()
    if len(_interned) >= _MOST:
        _interned.clear()
    return _interned.setdefault(parts, Key())


def _is_alone(part: object) -> bool:
    if part.__class__ is tuple:
        return any(map(_is_alone, part))
    # Of keys below, and of types that have no key: their ``NoKey``.
    return not getattr(part.__class__, "interned", True)


find_key = _interned.get


class Field:
    """How one field of a node takes part: set by ``child()`` and its sisters."""

    __slots__ = ("default", "kind")

    def __init__(self, kind: str, default: Any) -> None:
        self.kind = kind
        self.default = default


class Required:
    """In place of a default where there is none."""


def child(*, default: Any = Required) -> Any:
    """Declare a field that is a node, or None where that is its default."""
    return Field("child", default)


def children(*, default: Any = Required) -> Any:
    """Declare a field that is a tuple of nodes."""
    return Field("children", default)


def value(*, default: Any = Required) -> Any:
    """Declare a hashable field that is part of the structure: a name, a flag, an operator."""
    return Field("value", default)


def derived(*, default: Any = Required) -> Any:
    """Declare a field that follows from the others, so that the structure need not tell it."""
    return Field("derived", default)


@dataclass_transform(
    eq_default=False, kw_only_default=False, field_specifiers=(child, children, value, derived)
)
class NodeMeta(type):
    """Reads the declaration of a class of nodes; what is generated is made at its first use."""

    fields: dict[str, Field]
    # Whether instances hold what nobody declared: then each has a key of its own.
    opaque: bool
    # Its instances are themselves and no others, however alike: a column, a table.
    keyed_by_identity: bool = False

    def __new__(
        mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any
    ) -> NodeMeta:
        """Make the class, with its fields taken out of its namespace."""
        own = {key: member for key, member in namespace.items() if isinstance(member, Field)}
        for key, field in own.items():
            if field.default is Required:
                del namespace[key]
            else:
                namespace[key] = field.default
        cls = super().__new__(mcs, name, bases, namespace, **options)
        inherited: dict[str, Field] = {}
        for base in reversed(cls.__mro__[1:]):
            inherited.update(getattr(base, "fields", {}))
        cls.fields = {**inherited, **own}
        trusted = bool(namespace.get("inherit_cache"))
        cls.opaque = not trusted and (
            any(base.__dict__.get("opaque", False) for base in cls.__mro__[1:])
            or ("__init__" in namespace and not own)
        )
        if own and "__init__" not in namespace:
            type.__setattr__(cls, "__init__", _first_init(cls))
        if "_make_key" not in namespace:
            # Also of a class without fields: its structure is another than its parent's.
            type.__setattr__(
                cls, "_make_key", _own_key if cls.keyed_by_identity else _first_key(cls)
            )
        return cls


def _first_init(cls: NodeMeta) -> Callable[..., None]:
    def first_init(self: Any, *args: Any, **kwargs: Any) -> None:
        made = _compiled(init_source(cls), cls, "__init__")
        type.__setattr__(cls, "__init__", made)
        made(self, *args, **kwargs)

    return first_init


def _first_key(cls: NodeMeta) -> Callable[[Any], Key]:
    def _make_key(self: Any) -> Key:
        if cls.opaque:
            key = self._key = Key()
            return key
        made = _compiled(key_source(cls), cls, "_make_key")
        type.__setattr__(cls, "_make_key", made)
        worked_out: Key = made(self)
        return worked_out

    return _make_key


def _own_key(self: Any) -> Key:
    key = self._key = Key()
    return key


def _compiled(source: str, cls: NodeMeta, name: str) -> Callable[..., Any]:
    namespace: dict[str, Any] = {"cls": cls, "find_key": find_key, "new_key": new_key}
    for key, field in cls.fields.items():
        namespace[f"default_{key}"] = field.default
    exec(source, namespace)  # noqa: S102 - our own text, made of identifiers
    function: Callable[..., Any] = namespace[name]
    return function


def init_source(cls: NodeMeta) -> str:
    """Return the source of a class's constructor; what is at its default is not stored."""
    arguments, body = [], []
    for name, field in cls.fields.items():
        if field.default is Required:
            arguments.append(name)
            body.append(f"    self.{name} = {name}")
        else:
            arguments.append(f"{name}=default_{name}")
            body.append(f"    if {name} is not default_{name}: self.{name} = {name}")
    return f"def __init__(self, {', '.join(arguments)}):\n" + "\n".join(body or ["    pass"])


def key_source(cls: NodeMeta) -> str:
    """Return the source of the method that works out a node's key and leaves.

    >>> class Pair(Node):
    ...     left: Node = child()
    ...     mark: str = value()
    >>> print(key_source(Pair))
    def _make_key(self):
        leaves = ()
        node = self.left
        key_left = None
        if node is not None:
            key_left = node._key or node._make_key()
            leaves += node._leaves
        parts = (cls, key_left, self.mark)
        key = find_key(parts) or new_key(parts)
        self._leaves = leaves
        self._key = key
        return key
    """
    lines = ["def _make_key(self):", "    leaves = ()"]
    parts = ["cls"]
    for name, field in cls.fields.items():
        if field.kind == "child":
            lines += [
                f"    node = self.{name}",
                f"    key_{name} = None",
                "    if node is not None:",
                f"        key_{name} = node._key or node._make_key()",
                "        leaves += node._leaves",
            ]
            parts.append(f"key_{name}")
        elif field.kind == "children":
            lines += [
                f"    keys_{name} = []",
                f"    for node in self.{name}:",
                f"        keys_{name}.append(node._key or node._make_key())",
                "        leaves += node._leaves",
            ]
            parts.append(f"tuple(keys_{name})")
        elif field.kind == "value":
            parts.append(f"self.{name}")
    lines += [
        f"    parts = ({', '.join(parts)}{',' * (len(parts) == 1)})",
        "    key = find_key(parts) or new_key(parts)",
        "    self._leaves = leaves",
        "    self._key = key",
        "    return key",
    ]
    return "\n".join(lines)


class Keyed:
    """What a node keeps that is no field of it."""

    # Worked out when first asked for; only then are there leaves.
    _key: Key | None = None
    _leaves: tuple[Node, ...] = ()


class Node(Clause, Keyed, metaclass=NodeMeta):
    """The base of everything in a statement.

    >>> class Pair(Node):
    ...     left: Node | None = child(default=None)
    ...     mark: str = value(default="")
    >>> pair = Pair(Pair(mark="x"))
    >>> pair
    Pair(left=Pair(mark='x'))
    >>> pair.same_as(Pair(Pair(mark="x"))), pair.same_as(pair.but(mark="y"))
    (True, False)
    """

    # For user's visitors: the name under which ``traverse`` calls them.
    visit_name: ClassVar[str] = "clause"
    # Whether it is a whole statement, which a connection can execute.
    is_executable: ClassVar[bool] = False
    # Whether it is a statement that writes rows: those are executed in a way of their own.
    is_dml: ClassVar[bool] = False
    # Options for its execution.
    options: ClassVar[Mapping[str, Any]] = {}

    if TYPE_CHECKING:

        def _make_key(self) -> Key: ...

    def structure(self) -> Key:
        """Return the key."""
        return self._key or self._make_key()

    def but(self, **changes: Any) -> Self:
        """Return a copy with other values for some fields."""
        cls = self.__class__
        copy = cls.__new__(cls)
        state = copy.__dict__
        state.update(self.__dict__)
        if self._key is not None:
            del state["_key"]
            state.pop("_leaves", None)
        state.update(changes)
        return copy

    def child_nodes(self) -> Iterator[Node]:
        """Yield the children, in the order of the fields."""
        for name, field in type(self).fields.items():
            if field.kind == "child":
                node = getattr(self, name)
                if node is not None:
                    yield node
            elif field.kind == "children":
                yield from getattr(self, name)

    def rewritten(self, change: Callable[[Node], Node]) -> Self:
        """Return the node with each child replaced by what a function makes of it.

        A node none of whose children changed is returned as it is.
        """
        changes: dict[str, Any] = {}
        for name, field in type(self).fields.items():
            before = getattr(self, name)
            if field.kind == "child" and before is not None:
                after = change(before)
                if after is not before:
                    changes[name] = after
            elif field.kind == "children" and before:
                made = tuple([change(node) for node in before])
                if any(new is not old for new, old in zip(made, before, strict=True)):
                    changes[name] = made
        return self.but(**changes) if changes else self

    def same_as(self, other: Node) -> bool:
        """Tell whether the other has the same structure and the same values."""
        if self.structure() is not other.structure():
            return False
        mine, theirs = self._leaves, other._leaves
        return pattern(mine) == pattern(theirs) and all(
            one.same_leaf(two) for one, two in zip(mine, theirs, strict=True)
        )

    def same_leaf(self, other: Node) -> bool:
        """Tell, of two leaves of the same structure, whether they stand for the same."""
        return True

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{name}={self.__dict__[name]!r}" for name in type(self).fields if name in self.__dict__
        )
        return f"{type(self).__name__}({shown})"

    def __getstate__(self) -> Mapping[str, Any]:
        # Keys are of this process.
        return {k: v for k, v in self.__dict__.items() if k not in ("_key", "_leaves")}


def pattern(leaves: tuple[Node, ...]) -> tuple[int, ...] | None:
    """Tell which leaves are the same one, by numbers; None where each is another.

    >>> a, b = Node(), Node()
    >>> pattern((a, b)), pattern((a, b, a))
    (None, (0, 1, 0))
    """
    if len(leaves) < 2 or len({id(leaf) for leaf in leaves}) == len(leaves):
        return None
    numbers: dict[int, int] = {}
    return tuple([numbers.setdefault(id(leaf), len(numbers)) for leaf in leaves])
