"""Load on one page: so many connections that ask again as soon as they are answered, and what the servers' CPUs spent."""

import asyncio
import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """What one run saw: requests a second, milliseconds of the median and of the slowest hundredth, CPU ms a request."""

    rate: float
    p50: float
    p99: float
    cpu: float
    size: int


def run(port: int, path: str, process: int, *, connections: int, seconds: float, headers: str = "") -> Load:
    """Ask for the page for so many seconds. Raises RuntimeError on any answer but 200 and 304."""
    before = _spent(process)
    taken, size, elapsed = asyncio.run(_all(port, path, headers, connections, seconds))
    spent = _spent(process) - before
    ordered = statistics.quantiles(taken, n=100)
    return Load(len(taken) / elapsed, ordered[49], ordered[98], 1000 * spent / len(taken), size)


async def _all(
    port: int, path: str, headers: str, connections: int, seconds: float
) -> tuple[list[float], int, float]:
    taken: list[float] = []
    begun = time.perf_counter()
    asking = [_one(port, path, headers, begun + seconds, taken) for _ in range(connections)]
    sizes = await asyncio.gather(*asking)
    return taken, max(sizes), time.perf_counter() - begun


async def _one(port: int, path: str, headers: str, end: float, taken: list[float]) -> int:
    question = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{headers}\r\n".encode()
    size = 0
    reader = writer = None
    while time.perf_counter() < end:
        begun = time.perf_counter()
        if writer is None:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert reader is not None
        writer.write(question)
        try:
            size, stays = await _answer(reader)
        except asyncio.IncompleteReadError:  # a worker that had served its share closed an idle connection
            writer = None
            continue
        taken.append(1000 * (time.perf_counter() - begun))
        if not stays:
            writer.close()
            writer = None
    if writer is not None:
        writer.close()
    return size


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = head.split(" ", 2)[1]
    if status not in ("200", "304"):
        raise RuntimeError(f"the page answered {status}")
    fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    size = int(fields.get("content-length", 0))
    if "chunked" in fields.get("transfer-encoding", ""):
        size = await _chunks(reader)
    elif status == "200":
        await reader.readexactly(size)
    return size, fields.get("connection") != "close"


async def _chunks(reader: asyncio.StreamReader) -> int:
    size = 0
    while True:
        length = int((await reader.readuntil(b"\r\n")).strip(), 16)
        await reader.readexactly(length + 2)
        size += length
        if not length:
            return size


def _spent(process: int) -> float:
    """Seconds of CPU of a process and all below it, those that ended included."""
    return sum(_seconds(each) for each in _tree(process))


def _tree(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from _tree(int(child))


def _seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / _TICK
