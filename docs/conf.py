"""How Sphinx builds these pages: `make docs`, where a warning is an error."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

project = "toolkit"
author = "the toolkit authors"
release = (ROOT / "VERSION").read_text(encoding="utf-8").strip()
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
# The table of options is part of the page on engines.
exclude_patterns = ["_build", "engine_options.md"]
html_theme = "furo"
html_title = f"toolkit {release}"
myst_heading_anchors = 3
nitpicky = True
