"""What goes wrong with an embedded server."""


class NoPostgres(RuntimeError):
    """No usable PostgreSQL binaries; the message says what to install."""


class StartFailed(RuntimeError):
    """The server could not be made or started; the message says why and what to do."""
