"""What can go wrong with asynchronous faces alone."""

from __future__ import annotations

from toolkit_core.errors import InvalidRequestError


class AsyncMethodRequired(InvalidRequestError):
    """What was asked for cannot be had at once: there is another method, to be awaited."""


class AsyncContextNotStarted(InvalidRequestError):
    """A connection or transaction was used before it was awaited or entered."""


class AsyncBindNotFound(InvalidRequestError):
    """A session has an engine or connection that no asynchronous one was given for."""


class AsyncContextAlreadyStarted(InvalidRequestError):
    """A connection or transaction was started a second time."""
