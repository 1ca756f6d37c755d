"""The command line: ``python -m toolkit``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from toolkit import lazy
from toolkit_core.errors.pages import page
from toolkit_core.plugins import installed


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 is well, 1 has something to tell, 2 is a wrong use."""
    parser = argparse.ArgumentParser(prog="toolkit", description=__doc__)
    parser.add_argument("--version", action="version", version=f"toolkit {lazy.version('toolkit')}")
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("plugins", help="list dialects, their drivers, and other plugins")
    error = commands.add_parser("error", help="explain the code of an error")
    error.add_argument("code")
    chosen = parser.parse_args(arguments)
    if chosen.command == "plugins":
        return list_plugins()
    if chosen.command == "error":
        return explain(chosen.code)
    parser.print_help()
    return 2


def list_plugins() -> int:
    """Print what is installed; 1 if something of it is broken."""
    broken = 0
    for plugin in installed():
        print(f"{plugin.group}:{plugin.name}  ({plugin.origin}, API {plugin.api or '?'})")
        if plugin.problem is not None:
            broken = 1
            print(f"  broken: {plugin.problem}")
        for driver, (here, requirement) in sorted(plugin.drivers.items()):
            state = "present" if here else f'missing: pip install "{requirement}"'
            print(f"  {driver}: {state}")
    return broken


def explain(code: str) -> int:
    """Print the page of an error."""
    try:
        print(page(code))
    except KeyError:
        print(f"there is no error with the code {code!r}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
