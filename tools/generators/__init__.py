"""One module per kind of generated file; each offers `render(root) -> {path: content}`."""
