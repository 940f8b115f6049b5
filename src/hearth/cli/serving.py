"""./hearth up and work: everything a house needs, in one process tree that ends together."""

import ctypes
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

from rich.console import Console

from hearth.cli import house
from hearth.config import environment
from hearth.lib.faults import Fault, Refused

EXAMPLE = environment.HOME / "examples/workers-day-2020"
PATIENCE = 60
_PDEATHSIG = 1  # prctl(2)


class _Ended(Exception):
    """Somebody asked the house to close."""


def up(port: int, *, with_example: bool) -> None:
    signal.signal(signal.SIGTERM, _end)
    _refuse_taken(port)
    _check_profile()
    with house.opened():
        collect_static()
        if with_example:
            _load_example_into_an_empty_house()
        try:
            with ExitStack() as stack:
                server = stack.enter_context(_child(*_gunicorn(port)))
                _wait_until_it_answers(server, port)
                stack.enter_context(_child(sys.executable, "-m", "hearth.cli", "work"))
                _say(f"众创之家已经打开：http://127.0.0.1:{port}　按 Ctrl-C 关闭。")
                server.wait()
        except (_Ended, KeyboardInterrupt):
            _say("正在关闭。")


def _check_profile() -> None:
    """A wrong calibration is told now and not when a paper is written. Raises BadProfile."""
    if environment.Environment.read().profile.exists():
        from hearth.cli import gongwen

        gongwen.chosen_profile(None)


def work() -> None:
    """Do jobs until somebody ends it."""
    signal.signal(signal.SIGTERM, _end)
    try:
        with house.opened():
            from hearth.apps.jobs import tasks

            tasks.serve()
    except (_Ended, KeyboardInterrupt):
        return


def _gunicorn(port: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "hearth.config.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--preload",  # imported once for both
        "--workers=2",
        "--threads=4",
        "--worker-class=gthread",
        "--no-control-socket",
        "--log-level=warning",
    ]


def collect_static() -> None:
    """Copy and compress the static files when they differ from what was collected last."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    target = Path(settings.STATIC_ROOT)
    stamp = target / ".collected"
    found = sorted(
        f"{name} {storage.size(name)} {storage.get_modified_time(name)}"
        for finder in get_finders()
        for name, storage in finder.list([])
    )
    state = "\n".join(found)
    if stamp.exists() and stamp.read_text() == state:
        return
    _say("正在整理页面文件。")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)


def _load_example_into_an_empty_house() -> None:
    from hearth.apps.directory import queries
    from hearth.cli import example, loading

    if queries.root() is None:
        with loading.steps("载入示例活动") as report:
            example.load(EXAMPLE, report)


def _end_with_parent() -> None:
    """Ask Linux to end this process when its parent dies, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGTERM)


@contextmanager
def _child(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, preexec_fn=_end_with_parent)  # noqa: S603  # our own program
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _refuse_taken(port: int) -> None:
    """Raise Refused when another program answers at the port: its answers would pass for ours."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise _no_port(port) from error


def _no_port(port: int) -> Refused:
    cure = f"没有开成，多半已被别的程序占用。请换一个：./hearth up --port {port + 1}"
    return Refused([Fault(file=f"端口 {port}", cure=cure)])


def _wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise _no_port(port)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise Refused([Fault(file=f"端口 {port}", cure=f"{PATIENCE} 秒没有应答，请看上面的错误")])


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _Ended


def _say(text: str) -> None:
    Console(stderr=True).print(text, markup=False)
