"""JSON lines: one object a line, in UTF-8."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from hearth.lib.faults import Fault, Refused


def read(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each object of the file with its line number. Raises Refused naming the line that is none."""
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                found = json.loads(line)
            except (json.JSONDecodeError, UnicodeDecodeError) as error:
                raise Refused(
                    [Fault(file=path.name, row=number, cure=f"这一行不是 JSON：{error}")]
                ) from error
            if not isinstance(found, dict):
                raise Refused([Fault(file=path.name, row=number, wanted='一个对象，如 {"id": "1"}')])
            yield number, found


def write(objects: Iterable[dict[str, Any]], out: TextIO) -> None:
    """Write each object on a line of its own."""
    for one in objects:
        out.write(json.dumps(one, ensure_ascii=False) + "\n")
