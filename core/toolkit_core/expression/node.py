"""What a node is: immutable data, declared once by its fields.

A class that declares fields gets from that one declaration its constructor, copies with
changes, traversal, structural comparison, ``repr``, and its **key**: what a compiled statement
is found by.  There is no second list of fields anywhere that could miss one.

A key is interned: two nodes of the same structure have the same key object, made of the keys
of their children, so each is worked out once and kept on its node.  Values are not in it.
What a node stands for by identity alone, a bound value or an alias, is a **leaf**; a node
collects the leaves of its children in order, and which of them are the same one is the other
half of what a compiled statement is found by (``pattern``).  A leaf like an alias stands for
something that has leaves of its own: they are counted where the alias comes first, and not at
each of its columns (``plan_key``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from toolkit_core.expression.clause import Clause
from toolkit_core.expression.keys import Key, LoneKey, find_key, new_key
from toolkit_core.inspectable import inspects_itself
from toolkit_core.newer_typing import Self, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Mapping


C = TypeVar("C", bound=type)


class Field:
    """How one field of a node takes part: set by ``child()`` and its sisters."""

    __slots__ = ("default", "kind", "kw_only")

    def __init__(self, kind: str, default: Any, *, kw_only: bool = False) -> None:
        self.kind = kind
        self.default = default
        # Whether the constructor takes it by its name only.
        self.kw_only = kw_only


class Required:
    """In place of a default where there is none."""


def child(*, default: Any = Required, kw_only: bool = False) -> Any:
    """Declare a field that is a node, or None where that is its default."""
    return Field("child", default, kw_only=kw_only)


def children(*, default: Any = Required, kw_only: bool = False) -> Any:
    """Declare a field that is a tuple of nodes."""
    return Field("children", default, kw_only=kw_only)


def value(*, default: Any = Required, kw_only: bool = False) -> Any:
    """Declare a hashable field that is part of the structure: a name, a flag, an operator."""
    return Field("value", default, kw_only=kw_only)


def derived(*, default: Any = Required, kw_only: bool = False) -> Any:
    """Declare a field that follows from the others, so that the structure need not tell it."""
    return Field("derived", default, kw_only=kw_only)


@dataclass_transform(
    eq_default=False, kw_only_default=False, field_specifiers=(child, children, value, derived)
)
def declared(cls: C) -> C:
    """Tell type checkers that a class's fields are the arguments of its constructor.

    Classes that declare none, as users' own, take what their parents take.
    """
    return cls


class NodeMeta(type):
    """Reads the declaration of a class of nodes; what is generated is made at its first use."""

    fields: dict[str, Field]
    # Whether instances hold what nobody declared: then each has a key of its own.
    opaque: bool
    # Its instances are themselves and no others, however alike: a column, a table.
    keyed_by_identity: bool = False
    # What makes plain nodes of a statement with an instance in it: a function's path.
    lowering: str | None = None
    # The paths of all classes there are: without one there is nothing to look for.
    lowerings: ClassVar[set[str]] = set()
    # Whether subclasses, too, have the key that a class works out by hand.
    inherits_key: bool = False

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
        # What a user's class tells in the documented way; it has a constructor of its own.
        told = namespace.get("_traverse_internals", ())
        own.update((key, Field(kind, Required)) for key, kind in told if kind != "opaque")
        if isinstance(namespace.get("__visit_name__"), str):
            # A user's class, which has it under its documented name.
            namespace["visit_name"] = namespace.pop("__visit_name__")
        cls = super().__new__(mcs, name, bases, namespace, **options)
        inherited: dict[str, Field] = {}
        for base in reversed(cls.__mro__[1:]):
            inherited.update(getattr(base, "fields", {}))
        cls.fields = {**inherited, **own}
        trusted = bool(namespace.get("inherit_cache")) and all(kind != "opaque" for _, kind in told)
        cls.opaque = not trusted and (
            any(base.__dict__.get("opaque", False) for base in cls.__mro__[1:])
            or ("__init__" in namespace and not own)
        )
        if own and not told and "__init__" not in namespace:
            type.__setattr__(cls, "__init__", _first_init(cls))
        if cls.lowering is not None:
            mcs.lowerings.add(cls.lowering)
        by_hand = next((base for base in cls.__mro__ if "inherits_key" in base.__dict__), None)
        if cls.inherits_key and by_hand is not None:
            # Before what a mixin would generate.
            type.__setattr__(cls, "_make_key", by_hand.__dict__["_make_key"])
        elif "_make_key" not in namespace:
            # Also of a class without fields: its structure is another than its parent's.
            sparse = sum(field.default is not Required for field in cls.fields.values())
            is_sparse = sparse > _SPARSE and not cls.opaque
            first = _sparse_key(cls) if is_sparse else _first_key(cls)
            if cls.keyed_by_identity:
                first = _own_key
            type.__setattr__(cls, "_make_key", first)
        return cls


# From how many optional fields on a key looks only at those that are set.
_SPARSE = 5
# Programs set fields in few orders; should one find many, its functions are made anew.
_MOST_ORDERS = 2_000


def _first_init(cls: NodeMeta) -> Callable[..., None]:
    def first_init(self: Any, *args: Any, **kwargs: Any) -> None:
        made = _compiled(init_source(cls), cls, "__init__")
        type.__setattr__(cls, "__init__", made)
        made(self, *args, **kwargs)

    return first_init


def _first_key(cls: NodeMeta) -> Callable[[Any], Key]:
    def _make_key(self: Any) -> Key:
        if cls.opaque:
            key = self._key = LoneKey(lowering=cls.lowering)
            return key
        made = _compiled(key_source(cls), cls, "_make_key")
        type.__setattr__(cls, "_make_key", made)
        worked_out: Key = made(self)
        return worked_out

    return _make_key


def _sparse_key(cls: NodeMeta) -> Callable[[Any], Key]:
    """Return a method that hands over to one made for the very fields that are set."""
    by_fields: dict[tuple[str, ...], Callable[[Any], Key]] = {}

    def _make_key(self: Any) -> Key:
        state = self.__dict__
        try:
            made = by_fields[tuple(state)]
        except KeyError:
            if len(by_fields) >= _MOST_ORDERS:
                by_fields.clear()
            source = key_source(cls, [name for name in cls.fields if name in state])
            made = by_fields[tuple(state)] = _compiled(source, cls, "_make_key")
        return made(self)

    return _make_key


def _without_defaults(node: Any) -> Key:
    """Give a node with fields that are set to their defaults the key that it has without."""
    bare = node.but()
    for name, field in node.fields.items():
        if bare.__dict__.get(name, Required) is field.default:
            del bare.__dict__[name]
    key: Key = bare._make_key()
    node._leaves = bare._leaves
    node._key = key
    return key


def _own_key(self: Any) -> Key:
    key = self._key = Key(False, type(self).lowering)
    return key


def _compiled(source: str, cls: NodeMeta, name: str) -> Callable[..., Any]:
    namespace: dict[str, Any] = {
        "cls": cls,
        "find_key": find_key,
        "new_key": new_key,
        "_without_defaults": _without_defaults,
    }
    for key, field in cls.fields.items():
        namespace[f"default_{key}"] = field.default
    exec(source, namespace)  # noqa: S102 - our own text, made of identifiers
    function: Callable[..., Any] = namespace[name]
    return function


def init_source(cls: NodeMeta) -> str:
    """Return the source of a class's constructor; what is at its default is not stored."""
    arguments, body = [], []
    for name, field in sorted(cls.fields.items(), key=_by_name_only):
        if field.kw_only and "*" not in arguments:
            arguments.append("*")
        if field.default is Required:
            arguments.append(name)
            body.append(f"    self.{name} = {name}")
        else:
            arguments.append(f"{name}=default_{name}")
            body.append(f"    if {name} is not default_{name}: self.{name} = {name}")
    return f"def __init__(self, {', '.join(arguments)}):\n" + "\n".join(body or ["    pass"])


def _by_name_only(item: tuple[str, Field]) -> bool:
    return item[1].kw_only


def key_source(cls: NodeMeta, names: Iterable[str] | None = None) -> str:
    """Return the source of the method that works out a node's key and leaves.

    With names it looks at these fields only: the others are known to be at their defaults.

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
            if key_left.leafy:
                leaves += (node,) if key_left.leaf else node._leaves
        parts = (cls, key_left, self.mark)
        key = find_key(parts) or new_key(parts, bool(leaves))
        self._leaves = leaves
        self._key = key
        return key
    """
    lines = ["def _make_key(self):", "    leaves = ()"]
    parts = ["cls"]
    told = False
    if names is not None:
        parts.append(repr(" ".join(names)))
    for name, field in cls.fields.items():
        if (names is None or name in names) and field.kind != "derived":
            set_only = names is not None and field.default is not Required
            if field.kind == "children" and not told:
                told = True
                lines += [f"    parts = [{', '.join(parts)}]", "    add = parts.append"]
            lines += _key_lines(name, field, set_only=set_only, told=told)
            parts.append(f"self.{name}" if field.kind == "value" else f"key_{name}")
    if told:
        lines.append("    parts = tuple(parts)")
    else:
        lines.append(f"    parts = ({', '.join(parts)}{',' * (len(parts) == 1)})")
    lines += [
        "    key = find_key(parts) or new_key(parts, bool(leaves))",
        "    self._leaves = leaves",
        "    self._key = key",
        "    return key",
    ]
    return "\n".join(lines)


def _key_lines(name: str, field: Field, *, set_only: bool, told: bool) -> list[str]:
    """Return the lines that find the key of one field, and its leaves.

    Before the first field of several nodes the key is in ``key_…``; from there on it is added
    to a list, in which None stands where the nodes of a field end.
    """
    guard = []
    if set_only:
        guard = [
            f"    if self.{name} is default_{name}:",
            "        return _without_defaults(self)",
        ]
    if field.kind == "children":
        return [
            *guard,
            f"    for node in self.{name}:",
            "        key = node._key or node._make_key()",
            "        add(key)",
            "        if key.leafy:",
            "            leaves += (node,) if key.leaf else node._leaves",
            "    add(None)",
        ]
    if field.kind == "value":
        return [*guard, *([f"    add(self.{name})"] if told else [])]
    return [
        *guard,
        f"    node = self.{name}",
        f"    key_{name} = None",
        "    if node is not None:",
        f"        key_{name} = node._key or node._make_key()",
        f"        if key_{name}.leafy:",
        f"            leaves += (node,) if key_{name}.leaf else node._leaves",
        *([f"    add(key_{name})"] if told else []),
    ]


_new = object.__new__
# What a node keeps of what follows from it.
_KEPT = frozenset(("_key", "_leaves", "_memo"))


class Keyed:
    """What a node keeps that is no field of it."""

    # Worked out when first asked for; only then are there leaves.
    _key: Key | None = None
    _leaves: tuple[Node, ...] = ()
    # Whatever else follows from it and is worth keeping: columns, by which name they are had.
    _memo: dict[str, Any] | None = None


def _itself(node: Node) -> tuple[Node, ...]:
    return (node,)


# The leaves of a node that is a leaf: kept on it they would be a cycle, which only the garbage
# collector could end, for each value of each statement.
ITSELF: Any = property(_itself)


@inspects_itself
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
    # Whether, as a leaf, it stands for something that has leaves of its own.
    stands_for_more: ClassVar[bool] = False
    # Whether it is a statement that writes rows: those are executed in a way of their own.
    is_dml: ClassVar[bool] = False
    # Whether it is about the schema: such a statement is written anew each time.
    is_ddl: ClassVar[bool] = False
    # What makes plain nodes of a statement that has such a one in it: a function's path.
    lowering: ClassVar[str | None] = None
    # Its outermost operator, for the parentheses around it: only expressions have one.
    operator: Any = None
    # Options for its execution.
    _execution_options: ClassVar[Mapping[str, Any]] = {}

    if TYPE_CHECKING:

        def _make_key(self) -> Key: ...

    def structure(self) -> Key:
        """Return the key."""
        return self._key or self._make_key()

    def but(self, **changes: Any) -> Self:
        """Return a copy with other values for some fields."""
        copy = _new(self.__class__)
        state = self.__dict__.copy()
        if "_key" in state:
            del state["_key"]
            state.pop("_leaves", None)
        if "_memo" in state:
            del state["_memo"]
        state.update(changes)
        copy.__dict__ = state
        return copy

    def dropped(self, *names: str) -> Self:
        """Return the node with fields at their defaults; itself, if they are."""
        state = self.__dict__
        if not any(name in state for name in names):
            return self
        copy = self.but()
        for name in names:
            copy.__dict__.pop(name, None)
        return copy

    def remembered(self, name: str, work_out: Callable[[Self], Any]) -> Any:
        """Return what follows from the node, and work it out at the first time only."""
        memo = self._memo
        if memo is None:
            memo = self._memo = {}
        found = memo.get(name, memo)
        if found is memo:
            found = memo[name] = work_out(self)
        return found

    def inner_leaves(self) -> tuple[Node, ...]:
        """Return, of a leaf, the leaves of what it stands for."""
        return ()

    def child_nodes(self) -> Iterator[Node]:
        """Yield the children, in the order of the fields."""
        for name, field in type(self).fields.items():
            if field.kind == "child":
                node = getattr(self, name)
                if node is not None:
                    yield node
            elif field.kind == "children":
                yield from getattr(self, name)

    def walked(self) -> Iterator[Node]:
        """Yield what a visitor goes to from here: the children, and what belongs to them."""
        return self.child_nodes()

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
        mine, theirs = all_leaves(self._leaves), all_leaves(other._leaves)
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
        return {k: v for k, v in self.__dict__.items() if k not in _KEPT}


def pattern(leaves: tuple[Node, ...]) -> tuple[int, ...] | None:
    """Tell which leaves are the same one, by where each comes first; None where each is another.

    >>> a, b = Node(), Node()
    >>> pattern((a, b)), pattern((a, b, a, Node()))
    (None, (0, 1, 0, 3))
    """
    ids = list(map(id, leaves))
    if len(set(ids)) == len(ids):
        return None
    # Of one that is there twice, the place where it comes first is the last to be put down.
    places = dict(zip(reversed(ids), range(len(ids) - 1, -1, -1), strict=True))
    return tuple(map(places.__getitem__, ids))


def all_leaves(leaves: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return leaves with those of what they stand for, each time behind the first of them."""
    for leaf in leaves:
        if leaf.stands_for_more:
            found: list[Node] = []
            _add_leaves(leaves, found, set())
            return tuple(found)
    return leaves


def _add_leaves(leaves: tuple[Node, ...], found: list[Node], seen: set[int]) -> None:
    for leaf in leaves:
        found.append(leaf)
        if leaf.stands_for_more and id(leaf) not in seen:
            seen.add(id(leaf))
            _add_leaves(leaf.inner_leaves(), found, seen)


def plan_key(
    statement: Node,
) -> tuple[Key, tuple[int, ...] | None, tuple[Any, ...]]:
    """Return what a compiled statement is found by, key and pattern, and all the leaves.

    The values of a statement are read off its leaves by their positions: statements of one key
    and pattern have the same leaves at the same positions.
    """
    key = statement._key or statement._make_key()
    leaves = statement._leaves
    if not leaves:
        return key, None, leaves
    for leaf in leaves:
        if leaf.stands_for_more:
            leaves = all_leaves(leaves)
            break
    return key, pattern(leaves) if len(leaves) > 1 else None, leaves
