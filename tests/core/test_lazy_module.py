"""A lazy module is the module, from the first look at it on."""

from __future__ import annotations

import random
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from tests.core.pool.tools import InThread, until
from toolkit_core.lazy_module import lazy_module, lazy_names


def test_it_is_imported_with_the_first_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "laid_later.py").write_text("answer = 42\n")
    monkeypatch.syspath_prepend(tmp_path)
    later = lazy_module("laid_later")
    assert "laid_later" not in sys.modules
    assert later.answer == 42
    assert sys.modules.pop("laid_later").answer == 42


def test_what_is_replaced_in_the_module_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    later = lazy_module("random")
    assert later.random is random.random
    monkeypatch.setattr(random, "random", lambda: 0.5)
    assert later.random() == 0.5


def test_a_module_that_is_not_there_is_told_when_it_is_needed() -> None:
    later = lazy_module("no_such_module_at_all")
    with pytest.raises(ModuleNotFoundError, match="no_such_module_at_all"):
        _ = later.anything


def test_it_is_not_imported_for_a_look_at_what_it_wraps() -> None:
    # As doctest and inspect.unwrap() look at all that a module of ours holds.
    assert not hasattr(lazy_module("no_such_module_at_all"), "__wrapped__")


def test_a_module_inside_a_package_is_that_module() -> None:
    import os.path

    assert lazy_module("os.path").join is os.path.join


@pytest.mark.parametrize("kind", ["module", "name"])
def test_a_thread_waits_for_the_module_that_another_one_is_importing(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = ModuleType("gate")
    vars(gate).update(reached=threading.Event(), opened=threading.Event())
    slow = f"slow_{kind}"
    (tmp_path / f"{slow}.py").write_text(
        "import gate\ngate.reached.set()\ngate.opened.wait(10)\nanswer = 42\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    for module in (gate, ModuleType("laid_package")):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    fetch = lazy_names("laid_package", {"answer": slow})
    later = lazy_module(slow)
    first = InThread(lambda: lazy_module(slow).answer)
    assert gate.reached.wait(10)
    second = InThread(lambda: later.answer if kind == "module" else fetch("answer"))

    def waits_or_failed() -> bool:
        frame = sys._current_frames().get(second.thread.ident or 0)
        return frame is None or "importlib" in frame.f_code.co_filename

    until(waits_or_failed)
    gate.opened.set()
    assert first.result() == second.result() == 42
    del sys.modules[slow]


def test_a_packages_lazy_name_is_kept_once_found(monkeypatch: pytest.MonkeyPatch) -> None:
    package = ModuleType("laid_package")
    monkeypatch.setitem(sys.modules, "laid_package", package)
    fetch = lazy_names("laid_package", {"pi": "math"})
    assert vars(package).get("pi") is None
    assert fetch("pi") == vars(package)["pi"]
    with pytest.raises(AttributeError, match="'laid_package' has no attribute 'e'"):
        fetch("e")
