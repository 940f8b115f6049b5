"""./hearth up and work: everything a house needs, in one process tree that ends together.

The pages and the worker of jobs are forked from the one process that opened the house, so that what they need is
imported once.
"""

import ctypes
import multiprocessing
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkProcess
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
    environment.use_address(f"http://127.0.0.1:{port}")
    with house.opened():
        collect_static()
        if with_example:
            load_example_into_an_empty_house()
        _import_what_children_need()
        try:
            with _child(_serve_pages, port) as server, _child(_do_jobs):
                _wait_until_it_answers(server, port)
                _say(f"众创之家已经打开：http://127.0.0.1:{port}　按 Ctrl-C 关闭。")
                server.join()
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
            _do_jobs()
    except (_Ended, KeyboardInterrupt):
        return


def _do_jobs() -> None:
    from hearth.apps.jobs import tasks

    tasks.serve()


def _serve_pages(port: int) -> None:
    from hearth.cli import pages

    pages.Server(port).run()


def _import_what_children_need() -> None:
    from django.db import connections
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  # reading it imports every view
    connections.close_all()  # a connection must not be shared by two processes


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


def load_example_into_an_empty_house() -> None:
    from hearth.apps.directory import queries
    from hearth.cli import example, loading, this_year

    if queries.root() is None:
        with loading.steps("载入示例活动") as report:
            loaded = example.load(EXAMPLE, report)
            this_year.begin(loaded.campaign, report)


def _end_with_parent(parent: int) -> None:
    """Ask Linux to end this process when its parent dies, however that happens; end now if it is already dead."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit()


@contextmanager
def _child(work: Callable[..., None], *arguments: object) -> Iterator[ForkProcess]:
    process = multiprocessing.get_context("fork").Process(target=_run, args=(os.getpid(), work, *arguments))
    process.start()
    try:
        yield process
    finally:
        process.terminate()
        process.join(10)
        process.kill()
        process.join()


def _run(parent: int, work: Callable[..., None], *arguments: object) -> None:
    """Be a child: to end is the parent's to say, once for all, and not the terminal's."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent(parent)
    work(*arguments)


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


def _wait_until_it_answers(server: ForkProcess, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not server.is_alive():
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
