"""Where this machine's pip finds packages, in words that uv understands.

uv does not read pip's configuration. It is asked for at run time and passed on in the
environment, so that no address is ever written into the tree.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping

#: pip's setting → uv's variable. uv separates all lists but indexes by commas.
TRANSLATION = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "cert": ("SSL_CERT_FILE", " "),
}


def pip_settings() -> dict[str, list[str]]:
    """What `pip config list` says, the environment winning over files as it does for pip."""
    listing = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], check=True, capture_output=True, text=True
    )
    return merged(listing.stdout.splitlines())


def merged(lines: list[str]) -> dict[str, list[str]]:
    """One list per setting from lines such as `global.find-links='a b'`.

    >>> merged(["global.cert='/a.pem'", ":env:.cert='/b.pem'", "install.find-links='x y'"])
    {'cert': ['/b.pem'], 'find-links': ['x', 'y']}
    """
    ranks = {"global": 0, "install": 1, ":env:": 2}
    settings = sorted(parsed(lines), key=lambda setting: ranks.get(setting[0], -1))
    return {key: value.split() for _, key, value in settings}


def parsed(lines: list[str]) -> Iterator[tuple[str, str, str]]:
    """Section, key and value of each line."""
    for line in lines:
        name, _, literal = line.partition("=")
        section, _, key = name.rpartition(".")
        yield section, key, str(ast.literal_eval(literal))


def uv_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment in which uv finds what pip finds."""
    result = dict(environment)
    settings = pip_settings()
    for key, (variable, separator) in TRANSLATION.items():
        if settings.get(key) and variable not in result:
            result[variable] = separator.join(settings[key])
    # pip merges all indexes, and a mirror may hold only part of a project.
    result.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return result
