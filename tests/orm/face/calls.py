"""How things are called: what a program can say to one and not to the other."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Call:
    """The parameters of one callable, from how `programs/asking.py` writes them."""

    positional: list[str] = field(default_factory=list)
    defaults: dict[str, str | None] = field(default_factory=dict)
    """By name, of all that have one; None: it must be given. Mangled and private ones are out."""
    many: bool = False
    by_keyword: bool = False


def parsed(listed: list[str]) -> Call:
    """The parameters of one list.

    >>> parsed(["self", "a=1", "*", "b"]).defaults
    {'self': None, 'a': '1', 'b': None}
    """
    call, keyword_only = Call(), False
    for text in listed:
        name, has_default, default = text.partition("=")
        if name.startswith("**"):
            call.by_keyword = True
        elif name.startswith("*"):
            call.many, keyword_only = name != "*", True
        elif not name.startswith("_"):
            call.defaults[name] = default if has_default else None
            if not keyword_only:
                call.positional.append(name)
    return call


def gaps(there: list[str], here: list[str]) -> list[str]:
    """What can be said there and not here, or means something else.

    >>> gaps(["a", "b=1", "*", "c=2"], ["a", "b=5"])
    ['b is 5, there 1', 'no c']
    >>> gaps(["a", "b"], ["b", "a", "c=1"])
    ['another order: b, a']
    """
    wanted, ours = parsed(there), parsed(here)
    found = []
    for name, default in wanted.defaults.items():
        if name not in ours.defaults:
            found.append(f"{name} is taken by ** only" if ours.by_keyword else f"no {name}")
        elif default not in {None, "…", ours.defaults[name]} and ours.defaults[name] != "…":
            found.append(f"{name} is {ours.defaults[name]}, there {default}")
    shared = [name for name in ours.positional if name in wanted.positional]
    expected = [name for name in wanted.positional if name in shared]
    if shared != expected:
        found.append(f"another order: {', '.join(shared)}")
    if wanted.many and not ours.many:
        found.append("not any number")
    if wanted.by_keyword and not ours.by_keyword:
        found.append("no other keywords")
    return found
