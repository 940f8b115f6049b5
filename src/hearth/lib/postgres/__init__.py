"""The PostgreSQL that Hearth brings along when no DATABASE_URL names another one.

`start` makes a cluster in a folder (once) and serves it on a socket inside a folder of mode 0700; nothing
listens on the network. Whoever can enter that folder is trusted: the operating system's permissions are the
password, because peer authentication cannot see through the user namespace in which root's server runs.
The embedded server is for trying out, tests and small houses; a production names its own in DATABASE_URL.
"""

from .accounts import Account, Way, choose_account, decide, namespaces_work, state_folder
from .addresses import DatabaseSettings, parse, url
from .binaries import MINIMUM, find_binaries, machine_binaries, wheel_binaries
from .roles import APP, OWNER, prepare
from .server import Server, is_running, postmaster, running, start, stop
from .trouble import NoPostgres, StartFailed

__all__ = [
    "APP",
    "MINIMUM",
    "OWNER",
    "Account",
    "DatabaseSettings",
    "NoPostgres",
    "Server",
    "StartFailed",
    "Way",
    "choose_account",
    "decide",
    "find_binaries",
    "is_running",
    "machine_binaries",
    "namespaces_work",
    "parse",
    "postmaster",
    "prepare",
    "running",
    "start",
    "state_folder",
    "stop",
    "url",
    "wheel_binaries",
]
