"""The faces that official papers name, and what stands in for them on a machine that has none of these fonts.

仿宋_GB2312, 楷体_GB2312, 方正小标宋 and the others are licensed with Windows or by their foundry, so they are never
shipped. A real font is taken where it is installed; else a free one of the same style and the same widths.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

_HOME = Path(__file__).resolve().parents[3]
_PACKAGE = "texlive-lang-chinese"
_IN_PACKAGE = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
_STAND_INS = (
    "FandolFang-Regular.otf",
    "FandolKai-Regular.otf",
    "FandolHei-Regular.otf",
    "FandolSong-Regular.otf",
    "FandolSong-Bold.otf",
)


class NoTypefaces(RuntimeError):
    """The free stand-ins are not here and could not be fetched; the message says what to do."""


@dataclass(frozen=True)
class Face:
    """One style of type: the names papers call it by, the best first, and free families that stand in.

    `weight` is fontconfig's, for a stand-in whose family has several; 0 leaves it to the paper.
    """

    names: tuple[str, ...]
    stand_ins: tuple[str, ...]
    weight: int = 0


FACES = (
    Face(
        (
            "仿宋_GB2312",
            "FangSong_GB2312",
            "仿宋",
            "FangSong",
            "方正仿宋_GBK",
            "方正仿宋简体",
            "华文仿宋",
            "STFangsong",
        ),
        ("FandolFang", "Noto Serif CJK SC"),
    ),
    Face(
        (
            "楷体_GB2312",
            "KaiTi_GB2312",
            "楷体",
            "KaiTi",
            "方正楷体_GBK",
            "方正楷体简体",
            "华文楷体",
            "STKaiti",
        ),
        ("FandolKai", "AR PL UKai CN", "Noto Serif CJK SC"),
    ),
    Face(
        ("黑体", "SimHei", "方正黑体_GBK", "方正黑体简体", "华文黑体", "STHeiti"),
        ("FandolHei", "Noto Sans CJK SC"),
    ),
    Face(
        ("宋体", "SimSun", "NSimSun", "新宋体", "方正书宋_GBK", "华文宋体", "STSong"),
        ("FandolSong", "Noto Serif CJK SC"),
    ),
    Face(
        (
            "方正小标宋简体",
            "方正小标宋_GBK",
            "FZXiaoBiaoSong-B05S",
            "FZXiaoBiaoSong-B05",
            "小标宋体",
            "华文中宋",
            "STZhongsong",
        ),
        ("Noto Serif CJK SC Black", "Noto Serif CJK SC", "FandolSong"),
        weight=210,
    ),
)
"""仿宋, 楷体, 黑体, 宋体 and 小标宋 (GB/T 9704-2012, clauses 5.2.2, 7.2.4, 7.3.1, 7.3.3 and 7.5)."""


@dataclass(frozen=True)
class Machine:
    """What the search may look at and do. `run` runs a command in a folder and tells its exit code."""

    folder: Path
    run: Callable[[Sequence[str], Path], int]

    @classmethod
    def here(cls) -> "Machine":
        """Return this machine; HEARTH_FONTS names the folder of fonts that are used beside the system's own."""
        return cls(folder=Path(os.environ.get("HEARTH_FONTS") or _HOME / ".hearth/fonts"), run=_run)


def ensure(machine: Machine | None = None) -> Path:
    """Return the folder with the free stand-ins, taken once out of Debian's package (49 MB, no root needed).

    Raises NoTypefaces with a cure.
    """
    machine = machine or Machine.here()
    if not _complete(machine.folder):
        _fetch(machine)
    if not _complete(machine.folder):
        raise NoTypefaces(
            f"No free stand-ins for the fonts of official papers here. Put {', '.join(_STAND_INS)} (Debian's "
            f"{_PACKAGE} has them) into {machine.folder}, or name their folder in HEARTH_FONTS."
        )
    return machine.folder


def fontconfig(folder: Path) -> str:
    """Return a configuration that asks for each face under all its names, the fonts in `folder` included."""
    rules = "".join(_rule(face, name) for face in FACES for name in face.names)
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{escape(str(folder))}</dir>{rules}</fontconfig>"
    )


def _rule(face: Face, name: str) -> str:
    families = [name, *(other for other in face.names if other != name), *face.stand_ins]
    wanted = "".join(f"<string>{escape(family)}</string>" for family in families)
    weight = f'<edit name="weight" mode="assign"><int>{face.weight}</int></edit>' if face.weight else ""
    return (
        f'<match target="pattern"><test name="family"><string>{escape(name)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong">{wanted}</edit>{weight}</match>'
    )


def _complete(folder: Path) -> bool:
    return all((folder / name).exists() for name in _STAND_INS)


def _fetch(machine: Machine) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        download = ["apt-get", "download", _PACKAGE]
        if machine.run(download, place) and (
            machine.run(["apt-get", "update", "-qq"], place) or machine.run(download, place)
        ):
            return
        for package in place.glob(f"{_PACKAGE}_*.deb"):
            machine.run(["dpkg-deb", "-x", package.name, "out"], place)
        machine.folder.mkdir(parents=True, exist_ok=True)
        for font in _STAND_INS:
            found = place / "out" / _IN_PACKAGE / font
            if found.exists():
                shutil.copy(found, machine.folder / font)


def _run(command: Sequence[str], folder: Path) -> int:
    try:
        return subprocess.run(  # noqa: S603 — an argument list, no shell parses it
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False
        ).returncode
    except OSError:
        return 127
