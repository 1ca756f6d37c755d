"""A program for both libraries: how everything public of `sqlalchemy.orm` is called.

A name's step is a list of its parameters, such as `["self", "*", "flag=False"]`; of a class, those
of making one; its members have steps of their own. A plain value has the step "a value".
"""

import enum
import importlib
import inspect

MODULES = (
    "sqlalchemy.orm",
    "sqlalchemy.orm.attributes",
    "sqlalchemy.orm.exc",
    "sqlalchemy.orm.util",
)


def written(parameter):
    if parameter.kind is parameter.VAR_POSITIONAL:
        return f"*{parameter.name}"
    if parameter.kind is parameter.VAR_KEYWORD:
        return f"**{parameter.name}"
    if parameter.default is parameter.empty:
        return parameter.name
    return f"{parameter.name}={shown(parameter.default)}"


def shown(default):
    plain = default is None or type(default) in (bool, int, float, str, tuple)
    if isinstance(default, enum.Enum) or not plain:
        return "…"
    return repr(default)


def parameters(called):
    listed, is_keyword = [], False
    for parameter in inspect.signature(called).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not is_keyword:
            is_keyword = True
            if not any(each.startswith("*") for each in listed):
                listed.append("*")
        listed.append(written(parameter))
    return listed


def told(value):
    if not callable(value):
        return "a value"
    try:
        return parameters(value)
    except (TypeError, ValueError):
        return "no signature"


def members(cls):
    for name in dir(cls):
        if not name.startswith("_"):
            yield name, inspect.getattr_static(cls, name)


def member(static):
    if isinstance(static, (staticmethod, classmethod)):
        static = static.__func__
    if inspect.isfunction(static):
        return told(static)
    return "a value"


def report_all():
    for module in MODULES:
        try:
            found = importlib.import_module(module)
        except ImportError:
            continue
        for name in sorted(dir(found)):
            value = getattr(found, name)
            home = getattr(value, "__module__", None) or ""
            if name.startswith("_") or inspect.ismodule(value) or not home.startswith("sqlalchemy"):
                continue
            short = f"{module.removeprefix('sqlalchemy.')}.{name}"
            report(short, told(value))
            if inspect.isclass(value):
                for key, static in members(value):
                    report(f"{short}.{key}", member(static))


report_all()
