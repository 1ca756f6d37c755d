"""``python -m toolkit``: its commands, those of plugins, and the exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.conftest import Shelf
from toolkit.__main__ import main

GREET = '''
from toolkit.plugins import hookimpl

class Plugin:
    @hookimpl
    def toolkit_commands(self):
        return {"greet": greet}

def greet(arguments):
    """Say hello, 100 % politely."""
    print("hello", *arguments)
    return len(arguments)

plugin = Plugin()
'''


def test_plugins_lists_dialects_and_drivers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plugins"]) == 0
    written = capsys.readouterr().out
    assert "toolkit.dialects:sqlite  (toolkit-sqlite" in written
    assert "  pysqlite: present" in written


def test_plugins_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plugins", "--format", "json"]) == 0
    (found,) = (one for one in json.loads(capsys.readouterr().out) if one["name"] == "sqlite")
    assert found["group"] == "toolkit.dialects"
    assert found["api"] == "1"
    assert found["problem"] is None
    assert found["drivers"]["pysqlite"]["present"] is True


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_broken_plugin_is_listed_with_the_others(
    shelf: Shelf, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf.lay("1/0", name="ruined", distribution="acme-ruined")
    assert main(["plugins", "--format", form]) == 1
    written = capsys.readouterr().out
    assert "ZeroDivisionError" in written
    assert "acme-ruined 1.0" in written
    assert "pysqlite" in written


def test_a_broken_driver_is_listed_with_the_others(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    source = """
from toolkit.plugins import DialectPlugin
plugin = DialectPlugin("acme", "good", {
    "good": "toolkit_sqlite.drivers.pysqlite:PySQLite", "bad": "no_such_module_at_all:Driver",
}, lambda name, driver: None)
"""
    shelf.lay(source, name="acme", group="toolkit.dialects")
    assert main(["plugins"]) == 1
    written = capsys.readouterr().out
    assert "  bad: broken: ModuleNotFoundError" in written
    assert "  good: present" in written


def test_a_missing_driver_says_what_to_install(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    source = """
from toolkit.plugins import DialectPlugin
from toolkit_core.dialect import Driver

class Absent(Driver):
    name, module_name, requirement = "absent", "no_such_driver_at_all", "acme[absent]"

plugin = DialectPlugin("acme", "absent", {"absent": f"{__name__}:Absent"}, lambda *made: None)
"""
    shelf.lay(source, name="acme", group="toolkit.dialects")
    assert main(["plugins"]) == 0, "a driver that one does not use is no finding"
    assert 'absent: missing: pip install "acme[absent]"' in capsys.readouterr().out


def test_error_explains_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["error", "3o7r"]) == 0
    assert capsys.readouterr().out.startswith("# No connection became free")


def test_error_of_an_unknown_code_suggests_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["error", "3o7q"]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert "did you mean '3o7r'?" in written.err


def test_a_plugins_command_gets_its_arguments_and_gives_its_exit_code(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf.lay(GREET, name="greeting")
    assert main(["greet", "--loud", "Ada"]) == 2
    assert capsys.readouterr().out == "hello --loud Ada\n"
    assert main(["greet"]) == 0


def test_help_lists_the_commands_of_plugins(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf.lay(GREET, name="greeting")
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    written = capsys.readouterr().out
    assert "greet" in written
    assert "Say hello, 100 % politely." in written
    assert "Exit codes: 0" in written


def test_a_broken_plugin_stops_no_command(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    shelf.lay("1/0", name="aaa")
    shelf.lay(
        "from toolkit.plugins import hookimpl\n"
        "class Plugin:\n"
        "    @hookimpl\n"
        "    def toolkit_commands(self): raise RuntimeError('tired')\n"
        "plugin = Plugin()\n",
        name="bbb",
    )
    shelf.lay(GREET, name="greeting")
    assert main(["greet"]) == 0
    assert main([]) == 2
    written = capsys.readouterr().err
    assert "ZeroDivisionError" in written
    assert "RuntimeError: tired" in written
    assert "greet" in written


def test_a_command_that_is_claimed_twice_or_ours_is_nobodys(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf.lay(GREET, name="one", distribution="acme-one")
    shelf.lay(GREET, name="two", distribution="acme-two")
    shelf.lay(GREET.replace('"greet"', '"error"'), name="three", distribution="acme-three")
    with pytest.raises(SystemExit) as stopped:
        main(["greet"])
    assert stopped.value.code == 2
    written = capsys.readouterr().err
    assert "the command 'greet' is claimed by" in written
    assert "acme-one 1.0" in written
    assert "acme-two 1.0" in written
    assert "the command 'error' is toolkit's own" in written
    assert main(["error", "3o7r"]) == 0


def test_without_a_command_help_is_shown_and_it_is_a_wrong_use(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert "usage: toolkit" in written.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--version"], 0),
        (["plugins"], 0),
        (["error", "gkpj"], 0),
        (["error", "zzzz"], 2),
        (["error"], 2),
        (["plugins", "--format", "yaml"], 2),
        (["no-such-command"], 2),
        ([], 2),
    ],
)
def test_the_exit_code_reaches_the_shell(arguments: list[str], code: int, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *arguments],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert (done.stdout == "") == (code == 2)


def test_the_version_is_the_distributions(capsys: pytest.CaptureFixture[str]) -> None:
    from importlib.metadata import version

    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"toolkit {version('toolkit')}\n"
