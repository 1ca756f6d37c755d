"""How everything public of the ORM is called; it comes after `samples.py`.

`ASKED` tells what to ask of each sample; without it, all but functions that have no docstring.
A step is a list of parameters, such as `["*", "flag=False"]`; or `"a value"`, or `"missing"`.
"""

import enum
import importlib
import inspect
import weakref

MODULES = (
    "sqlalchemy.ext.asyncio",
    "sqlalchemy.orm",
    "sqlalchemy.orm.attributes",
    "sqlalchemy.orm.collections",
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
    # A weak reference, says Python since 3.14, takes anything: it does not.
    if not callable(value) or isinstance(value, (type, weakref.ref)):
        return "a value"
    try:
        return parameters(value)
    except (TypeError, ValueError):
        return "a value"


def of_module(module):
    found = importlib.import_module(module)
    for name in sorted(dir(found)):
        value = getattr(found, name)
        home = getattr(value, "__module__", None) or "sqlalchemy"
        if not name.startswith("_") and not inspect.ismodule(value) and "sqlalchemy" in home:
            yield name


def of_sample(sample):
    for name in sorted(set(dir(sample)) | set(dir(type(sample)))):
        static = inspect.getattr_static(type(sample), name, None)
        function = getattr(static, "__func__", static)
        is_told = not callable(function) or getattr(function, "__doc__", None)
        if not name.startswith("_") and is_told:
            yield name


def all_names():
    for module in MODULES:
        yield module, list(of_module(module))
    for key, sample in SAMPLES.items():
        yield key, list(of_sample(sample))


def answer(where, name):
    try:
        place = SAMPLES[where] if where in SAMPLES else importlib.import_module(where)
        value = getattr(place, name)
    except (AttributeError, ImportError, KeyError):
        return "missing"
    except Exception:  # noqa: BLE001 - it is there, and it may refuse
        return "a value"
    if isinstance(value, type) and where not in SAMPLES:
        try:
            return parameters(value)
        except (TypeError, ValueError):
            return "a value"
    return told(value)


for where, names in globals().get("ASKED") or list(all_names()):
    for name in names:
        report(f"{where.removeprefix('sqlalchemy.')} {name}", answer(where, name))
