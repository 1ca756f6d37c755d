"""The kernel never asks a dialect's name: it asks a capability or owns a rule."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.findings import Finding, report
from tools.tree import ROOT, readable, tracked

KERNEL = (Path("core"), Path("orm"))


def check(root: Path = ROOT) -> list[Finding]:
    """Every place in the kernel that branches on which dialect it talks to."""
    findings = []
    for path in tracked(root, suffixes=(".py",)):
        if any(folder in path.parents for folder in KERNEL):
            tree = ast.parse(readable(root, path) or "", str(path))
            findings += [
                Finding(f"{path}:{line}", "asks the dialect's name; ask its capabilities")
                for line in questions(tree)
            ]
    return findings


def questions(tree: ast.AST) -> Iterator[int]:
    """Lines where a dialect's name is compared, matched or looked up."""
    for node in ast.walk(tree):
        asked: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            asked = [node.left, *node.comparators]
        elif isinstance(node, ast.Match):
            asked = [node.subject]
        elif isinstance(node, ast.Subscript):
            asked = [node.slice]
        elif isinstance(node, ast.Call) and method_name(node) == "startswith":
            asked = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        if any(is_dialect_name(expression) for expression in asked):
            yield node.lineno if isinstance(node, ast.expr | ast.stmt) else 0


def method_name(call: ast.Call) -> str:
    """The name of the method called, if it is one."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def is_dialect_name(expression: ast.expr) -> bool:
    """Whether it reads `….dialect.name`, `dialect.name` or `dialect_name`."""
    if isinstance(expression, ast.Name | ast.Attribute) and last_word(expression) == "dialect_name":
        return True
    return (
        isinstance(expression, ast.Attribute)
        and expression.attr == "name"
        and last_word(expression.value).endswith("dialect")
    )


def last_word(expression: ast.expr) -> str:
    """The rightmost identifier of a dotted name."""
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else ""


if __name__ == "__main__":
    sys.exit(report("dialect names", check()))
