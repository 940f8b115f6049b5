"""A Chromium for the browser tests and for pictures of pages: found, or installed, or asked for with its cure."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_IN_CACHE = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium_headless_shell-*/chrome-*/*headless?shell",
)
_QUIET = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


class NoBrowser(RuntimeError):
    """No Chromium, and none could be installed; the message says what to do."""


class NoChineseFont(RuntimeError):
    """Pages would show boxes instead of Chinese, and no font could be installed; the message says what to do."""


@dataclass(frozen=True)
class Machine:
    """What the search may look at and do. `run` runs a command and tells its exit code and what it said."""

    named: str
    path: str
    cache: Path
    is_root: bool
    run: Callable[[Sequence[str]], tuple[int, str]]

    @classmethod
    def here(cls) -> "Machine":
        """Return this machine; HEARTH_BROWSER names a browser, PLAYWRIGHT_BROWSERS_PATH Playwright's cache."""
        return cls(
            named=os.environ.get("HEARTH_BROWSER", ""),
            path=os.environ.get("PATH", os.defpath),
            cache=Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or _default_cache()),
            is_root=os.getuid() == 0,
            run=_run,
        )


def find(machine: Machine | None = None) -> Path:
    """Return a Chromium that starts.

    In this order: HEARTH_BROWSER; PATH; Playwright's cache; `playwright install chromium`; as root Debian's
    package with a Chinese font. Installing needs a network. Raises NoBrowser with a cure.
    """
    machine = machine or Machine.here()
    if machine.named:
        if _starts(machine, machine.named):
            return Path(machine.named)
        raise NoBrowser(f"HEARTH_BROWSER names {machine.named}, which is no browser that starts. Correct it.")
    for install in (None, _install_with_playwright, _install_with_apt):
        if install:
            install(machine)
        browser = next((found for found in _candidates(machine) if _starts(machine, found)), None)
        if browser:
            return Path(browser)
    raise NoBrowser(
        "No Chromium here, and none could be installed. Install one as root (apt-get install -y chromium "
        "fonts-noto-cjk), or name one in HEARTH_BROWSER."
    )


def launch_arguments(*, as_root: bool | None = None) -> tuple[str, ...]:
    """Return the arguments for a start without window and without any network but this machine's own.

    Chromium's sandbox refuses root, hence one argument more for root (by default: whoever runs this).
    """
    root = os.getuid() == 0 if as_root is None else as_root
    return (*_QUIET, "--no-sandbox") if root else _QUIET


def ensure_chinese_font(machine: Machine | None = None) -> None:
    """See to it that Chinese pages are readable: as root, install a font. Raises NoChineseFont with a cure."""
    machine = machine or Machine.here()
    if _has_chinese_font(machine):
        return
    if machine.is_root:
        machine.run(["apt-get", "install", "-y", "fonts-noto-cjk"])
    if not _has_chinese_font(machine):
        raise NoChineseFont(
            "No Chinese font here. Install one as root, e.g. apt-get install -y fonts-noto-cjk fontconfig"
        )


def _candidates(machine: Machine) -> Iterator[str]:
    yield from filter(None, (shutil.which(name, path=machine.path) for name in _NAMES))
    for pattern in _IN_CACHE:
        yield from map(str, sorted(machine.cache.glob(pattern), key=_build, reverse=True))


def _build(browser: Path) -> int:
    """Return the build in the path of a cached browser: 1187 for …/chromium-1187/…"""
    number = re.search(r"chromium(?:_headless_shell)?-(\d+)", str(browser))
    return int(number[1]) if number else 0


def _starts(machine: Machine, browser: str) -> bool:
    """Tell whether it is a browser: Ubuntu's chromium-browser may only say where to get one."""
    code, said = machine.run([browser, "--version"])
    return code == 0 and re.search(r"Chrom\w* .*\d+\.\d+", said) is not None


def _install_with_playwright(machine: Machine) -> None:
    system_libraries = ["--with-deps"] if machine.is_root else []
    machine.run([sys.executable, "-m", "playwright", "install", *system_libraries, "chromium"])


def _install_with_apt(machine: Machine) -> None:
    if machine.is_root:
        machine.run(["apt-get", "install", "-y", "chromium", "fonts-noto-cjk"])


def _has_chinese_font(machine: Machine) -> bool:
    code, said = machine.run(["fc-list", ":lang=zh"])
    return code == 0 and bool(said.strip())


def _default_cache() -> Path:
    caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path.home() / caches / "ms-playwright"


def _run(command: Sequence[str]) -> tuple[int, str]:
    try:
        said = subprocess.run(  # noqa: S603 — an argument list, no shell parses it
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    except OSError as error:
        return 127, str(error)
    return said.returncode, said.stdout
