"""Opening the house: a port that somebody else answers at, and children that end with their parent."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hearth.cli import serving
from hearth.lib.faults import Refused

PARENT = """
import sys, time
from hearth.cli import serving
with serving._child(time.sleep, 600) as child:
    print(child.pid, flush=True)
    time.sleep(600)
"""


def test_a_taken_port_is_refused_before_anything_starts():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Refused, match=f"端口 {port}：没有开成"):
            serving.up(port, with_example=False)


def test_a_child_ends_when_its_parent_is_killed():
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert _lives(child)
        parent.kill()

    deadline = time.monotonic() + 10
    while _lives(child) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not _lives(child)


def test_a_child_whose_parent_died_before_it_began_does_no_work():
    begun = "from hearth.cli import serving\nserving._run(0, print, 'works')"

    child = subprocess.run([sys.executable, "-c", begun], capture_output=True, text=True, check=True)

    assert child.stdout == ""


def _lives(process: int) -> bool:
    """Whether the process works: one that has ended and waits to be reaped does not."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return told.rsplit(")", 1)[1].split()[0] != "Z"
