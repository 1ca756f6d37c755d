"""All house checks in one go, so that one that fails does not hide the next."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from tools import dialect_names, file_sizes, generated, no_hosts, silences, versions
from tools.findings import Finding, report

Check = Callable[[], Sequence[Finding]]

CHECKS: dict[str, Check] = {
    "file sizes": file_sizes.check,
    "generated files": generated.check,
    "versions": versions.check,
    "no hosts": no_hosts.check,
    "dialect names": dialect_names.check,
    "silences": silences.check,
}


def main(checks: dict[str, Check] = CHECKS) -> int:
    """Run every check; 1 if any found something."""
    return max([report(name, check()) for name, check in checks.items()])


if __name__ == "__main__":
    sys.exit(main())
