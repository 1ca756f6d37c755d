"""The command line: ``python -m toolkit``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from toolkit import lazy
from toolkit_core.errors.pages import ENTRY_BY_CODE, page
from toolkit_core.plugins.installed import Found, FoundCommands, commands_of_plugins, installed

DESCRIPTION = "toolkit: a SQL toolkit and object-relational mapper."
EXIT_CODES = "Exit codes: 0 all is well, 1 something was found, 2 a wrong use."
OWN = frozenset({"plugins", "error"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 is well, 1 has something to tell, 2 is a wrong use."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    first = next((argument for argument in given if not argument.startswith("-")), None)
    # Plugins are asked only when a command is none of ours, or all of them are to be listed.
    needed = first not in OWN and "--version" not in given
    of_plugins = commands_of_plugins(OWN) if needed else FoundCommands({}, ())
    if given and given[0] in of_plugins.commands:
        return of_plugins.commands[given[0]](given[1:]) or 0
    for problem in of_plugins.problems:
        print(f"toolkit: {problem}", file=sys.stderr)
    parser = _parser(of_plugins)
    chosen = parser.parse_args(given)
    if chosen.command == "plugins":
        return list_plugins(chosen.format)
    if chosen.command == "error":
        return explain(chosen.code)
    parser.print_help(sys.stderr)
    return 2


def _parser(of_plugins: FoundCommands) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="toolkit", description=DESCRIPTION, epilog=EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"toolkit {lazy.version('toolkit')}")
    commands = parser.add_subparsers(dest="command", metavar="command")
    plugins = commands.add_parser(
        "plugins",
        help="list dialects, their drivers, and other plugins",
        description="List what is installed: dialects with their drivers, and other plugins. "
        "Exit code 1 if one of them is broken.",
    )
    plugins.add_argument("--format", choices=["text", "json"], default="text")
    error = commands.add_parser(
        "error",
        help="explain the code of an error",
        description="Explain the code that stands at the end of an error's message.",
    )
    error.add_argument("code", help="such as 3o7r", metavar="CODE")
    for name, command in of_plugins.commands.items():
        first_line = (command.__doc__ or "").strip().partition("\n")[0]
        commands.add_parser(name, help=first_line.replace("%", "%%"), add_help=False)
    return parser


def list_plugins(form: str = "text") -> int:
    """Print what is installed; 1 if something of it is broken."""
    found = installed()
    if form == "json":
        print(json.dumps([asdict(plugin) for plugin in found], indent=2))
    else:
        for plugin in found:
            print("\n".join(_described(plugin)))
    broken = any(
        plugin.problem is not None
        or any(driver.problem is not None for driver in plugin.drivers.values())
        for plugin in found
    )
    return int(broken)


def _described(plugin: Found) -> list[str]:
    lines = [f"{plugin.group}:{plugin.name}  ({plugin.origin}, API {plugin.api or '?'})"]
    if plugin.problem is not None:
        lines.append(f"  broken: {plugin.problem}")
    for name, driver in plugin.drivers.items():
        state = f"broken: {driver.problem}"
        if driver.problem is None:
            missing = f'missing: pip install "{driver.requirement}"'
            state = "present" if driver.present else missing
        lines.append(f"  {name}: {state}")
    return lines


def explain(code: str) -> int:
    """Print the page of an error."""
    try:
        print(page(code))
    except KeyError:
        near = lazy.nearest(code.strip().lower(), ENTRY_BY_CODE)
        print(f"there is no error with the code {code!r}{near}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
