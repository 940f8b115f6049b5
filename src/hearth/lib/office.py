"""LibreOffice as a converter of Word files: found, started in a private profile, without network, within a time limit."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hearth.lib import measuring, typefaces
from hearth.lib.arrivals import Arrival

_NAMES = ("soffice", "libreoffice")
_USUAL = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_PACKAGES = ("libreoffice-writer-nogui", "fonts-noto-cjk", "fontconfig")
_SECONDS_TO_INSTALL = 1800.0
SECONDS = 120.0
SECONDS_A_FILE = 10.0
"""The limit of one run: a start, and so much more for each file."""

_CURE = (
    "请安装 LibreOffice（Debian、Ubuntu：apt-get install -y --no-install-recommends libreoffice-writer-nogui；"
    "其他系统见 libreoffice.org），或用 HEARTH_OFFICE 指明它的 soffice 程序"
)


class NoOffice(RuntimeError):
    """No LibreOffice on this machine; the message says what to do."""

    def __init__(self, message: str = "这台机器没有装 LibreOffice，不能排成 PDF") -> None:
        super().__init__(f"{message}。{_CURE}。")


class NotConverted(RuntimeError):
    """LibreOffice made nothing of a file, or did not finish in time. `index` is its place among those given."""

    def __init__(self, index: int, reason: str) -> None:
        self.index = index
        super().__init__(
            f"LibreOffice 没有转换第 {index + 1} 个文件：{reason}。请用 Word 或 WPS 打开它，另存后再试。"
        )


class Format(StrEnum):
    """What is read and written, by the ending of its files."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"


@dataclass(frozen=True)
class Machine:
    """What the search may look at and do. `run` runs a command within seconds and tells its exit code."""

    named: str
    path: str
    usual: tuple[str, ...]
    is_root: bool
    run: Callable[[Sequence[str], Mapping[str, str], float], int]

    @classmethod
    def here(cls) -> "Machine":
        """Return this machine; HEARTH_OFFICE names LibreOffice's program."""
        return cls(
            named=os.environ.get("HEARTH_OFFICE", ""),
            path=os.environ.get("PATH", os.defpath),
            usual=_USUAL,
            is_root=os.getuid() == 0,
            run=_run,
        )


@dataclass(frozen=True)
class Office:
    """A LibreOffice that was found, and the folder of fonts it uses beside the system's own."""

    program: Path
    fonts: Path
    machine: Machine

    def convert(
        self,
        files: Sequence[bytes],
        to: Format,
        *,
        source: Format = Format.DOCX,
        seconds: float | None = None,
    ) -> tuple[bytes, ...]:
        """Convert files in one process, in their order.

        A file that stops the process is found by trying the rest alone. `seconds` limits one run. Raises
        NotConverted for the first file that came to nothing.
        """
        if not files:
            return ()
        with tempfile.TemporaryDirectory(prefix="hearth-office-") as name:
            desk = _Desk(self, Path(name), seconds or SECONDS + SECONDS_A_FILE * len(files))
            for index, content in enumerate(files):
                desk.source(index, source).write_bytes(content)
            desk.convert(range(len(files)), source, to)
            missing = [index for index in range(len(files)) if not desk.result(index, to).exists()]
            for index in missing:
                reason = desk.convert([index], source, to)
                if not desk.result(index, to).exists():
                    raise NotConverted(index, reason)
            return tuple(desk.result(index, to).read_bytes() for index in range(len(files)))

    def to_pdf(self, files: Sequence[Arrival], *, seconds: float | None = None) -> tuple[bytes, ...]:
        """Convert Word files by their measuring copies. Raises Refused for what is no sound Word file, NotConverted."""
        copies = [measuring.copy(file) for file in files]
        return self.convert(copies, Format.PDF, seconds=seconds)


def find(machine: Machine | None = None) -> Office:
    """Return a LibreOffice: HEARTH_OFFICE, PATH, the usual places. Raises NoOffice with a cure."""
    machine = machine or Machine.here()
    if machine.named:
        program = shutil.which(machine.named, path=machine.path)
        if program is None:
            raise NoOffice(f"HEARTH_OFFICE 指的 {machine.named} 不是能运行的程序")
        return _office(program, machine)
    for name in _NAMES:
        if program := shutil.which(name, path=machine.path):
            return _office(program, machine)
    for pattern in machine.usual:
        for place in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True):
            if os.access(place, os.X_OK):
                return _office(str(place), machine)
    raise NoOffice


def ensure(machine: Machine | None = None) -> Office:
    """Return a LibreOffice, installed with apt-get when there is none and this is root. Raises NoOffice."""
    machine = machine or Machine.here()
    try:
        return find(machine)
    except NoOffice:
        if not machine.is_root:
            raise
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *_PACKAGES]
    if machine.run(install, surroundings, _SECONDS_TO_INSTALL):
        machine.run(["apt-get", "update", "-qq"], surroundings, _SECONDS_TO_INSTALL)
        machine.run(install, surroundings, _SECONDS_TO_INSTALL)
    return find(machine)


def _office(program: str, machine: Machine) -> Office:
    return Office(Path(program), typefaces.Machine.here().folder, machine)


@dataclass(frozen=True)
class _Desk:
    """A temporary folder in which files are laid for LibreOffice and taken up again."""

    office: Office
    folder: Path
    seconds: float

    def source(self, index: int, kind: Format) -> Path:
        place = self.folder / "in"
        place.mkdir(exist_ok=True)
        return place / f"{index}.{kind}"

    def result(self, index: int, kind: Format) -> Path:
        return self.folder / "out" / f"{index}.{kind}"

    def convert(self, indexes: Sequence[int], source: Format, to: Format) -> str:
        """Convert once; return why there may be no result."""
        self._prepare()
        command = [
            str(self.office.program),
            f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
            "--headless",
            "--nologo",
            "--norestore",
            "--convert-to",
            to,
            "--outdir",
            str(self.folder / "out"),
            *(str(self.source(index, source)) for index in indexes),
        ]
        try:
            code = self.office.machine.run(command, self._surroundings(), self.seconds)
        except TimeoutError:
            return f"{self.seconds:g} 秒内没有完成"
        return "它打不开这个文件" if code == 0 else f"它中途退出了（{code}）"

    def _prepare(self) -> None:
        user = self.folder / "profile/user"
        user.mkdir(parents=True, exist_ok=True)
        settings = user / "registrymodifications.xcu"
        if not settings.exists():
            settings.write_text(_SETTINGS, encoding="utf-8")
        (self.folder / "fonts.conf").write_text(typefaces.fontconfig(self.office.fonts), encoding="utf-8")

    def _surroundings(self) -> dict[str, str]:
        unwanted = re.compile(r"HEARTH_|DATABASE_URL|DISPLAY|.*_proxy", re.IGNORECASE)
        kept = {key: value for key, value in os.environ.items() if not unwanted.match(key)}
        return {**kept, "FONTCONFIG_FILE": str(self.folder / "fonts.conf"), "SAL_USE_VCLPLUGIN": "svp"}


def _run(command: Sequence[str], surroundings: Mapping[str, str], seconds: float) -> int:
    """Run to the end; on the time limit end the whole group, since `soffice` starts the program as a child."""
    try:
        process = subprocess.Popen(  # noqa: S603 — an argument list, no shell parses it
            command,
            env=dict(surroundings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return 127
    try:
        return process.wait(seconds)
    except BaseException as stopped:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(stopped, subprocess.TimeoutExpired):
            raise TimeoutError from stopped
        raise


def _setting(path: str, name: str, value: str) -> str:
    return (
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
    )


_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    + _setting("Office.Common/Security/Scripting", "MacroSecurityLevel", "3")
    + _setting("Office.Common/Security/Scripting", "DisableMacrosExecution", "true")
    + _setting("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true")
    + _setting("Office.Writer/Content/Update", "Link", "2")
    # A proxy where nobody answers: whatever a foreign file links to is not fetched.
    + _setting("Inet/Settings", "ooInetProxyType", "1")
    + _setting("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1")
    + _setting("Inet/Settings", "ooInetHTTPProxyPort", "9")
    + _setting("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1")
    + _setting("Inet/Settings", "ooInetHTTPSProxyPort", "9")
    + "</oor:items>"
)
"""A profile without macros, without updates of links and without a way out."""
