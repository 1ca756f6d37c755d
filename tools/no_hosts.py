"""The tree names no package registry and no path of somebody's machine.

Where packages come from is the installing machine's business: pip, uv and npm read it from
their own configuration. A line that must break the rule says `no-hosts: ok` and why.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tools.findings import Finding, report
from tools.tree import ROOT, readable, tracked

# Written with [.] and [/] so that this file does not find itself.
RULES = {
    "names a package registry": re.compile(
        r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs[.]|registry[.]yarnpkg[.]"
        r"|conda[.]anaconda[.]|deb[.]debian[.]org|proxy[.]golang[.]"
    ),
    "names an index address": re.compile(
        r"(?:index[-_]url|find[-_]links|INDEX_URL)[\"' =:]+(?:https?|file):[/]"
    ),
    "names a path of one machine": re.compile(
        r"(?<![\w./-])[/](?:root|work|home[/]\w+|Users[/]\w+|opt[/]pypi|opt[/]wheels)(?:[/]|\b)"
    ),
}
EXCUSE = re.compile(r"no-hosts: ok \S+")


def check(root: Path = ROOT) -> list[Finding]:
    """Every line that ties the tree to one registry or one machine."""
    findings = []
    for path in tracked(root):
        for number, line in enumerate((readable(root, path) or "").splitlines(), start=1):
            if EXCUSE.search(line):
                continue
            findings += [
                Finding(f"{path}:{number}", f"{rule}: {line.strip()[:80]}")
                for rule, pattern in RULES.items()
                if pattern.search(line)
            ]
    return findings


if __name__ == "__main__":
    sys.exit(report("no hosts", check()))
