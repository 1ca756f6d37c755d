"""From a tree to a plainer one, before it is written: one function a file."""
