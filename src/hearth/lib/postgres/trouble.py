"""What goes wrong with an embedded server."""


class NoPostgres(RuntimeError):  # noqa: N818 — reads as what happened
    """No usable PostgreSQL binaries; the message says what to install."""


class StartFailed(RuntimeError):  # noqa: N818 — reads as what happened
    """The server could not be made or started; the message says why and what to do."""
