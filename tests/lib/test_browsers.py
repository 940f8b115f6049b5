"""Which browser is taken, in which order, and what is said when there is none."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from hearth.lib import browsers
from hearth.lib.browsers import Machine, NoBrowser, NoChineseFont

VERSION = "Chromium 140.0.7339.16 built on Debian"


class Commands:
    """A stand-in for running commands: says what each program would say and remembers what was asked."""

    def __init__(self, *, works: Callable[[], None] | None = None, fonts: str = "NotoSansCJK") -> None:
        self.asked: list[str] = []
        self.install = works
        self.fonts = fonts

    def __call__(self, command: Sequence[str]) -> tuple[int, str]:
        words = " ".join(command).replace(sys.executable, "python")
        self.asked.append(words)
        if " install " in words:
            if self.install:
                self.install()
            return (0, "") if self.install else (1, "")
        if words.startswith("fc-list"):
            return 0, self.fonts
        text = Path(command[0]).read_text() if Path(command[0]).exists() else ""
        return (0 if text else 127), text


def put(browser: Path, says: str = VERSION) -> Path:
    browser.parent.mkdir(parents=True, exist_ok=True)
    browser.write_text(says)
    browser.chmod(0o755)
    return browser


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine("", str(tmp_path / "bin"), tmp_path / "cache", is_root=False, run=Commands())


def test_the_named_browser_comes_before_all(machine: Machine, tmp_path: Path) -> None:
    put(tmp_path / "bin/chromium")
    named = put(tmp_path / "mine")
    assert browsers.find(replace(machine, named=str(named))) == named


def test_a_named_browser_that_does_not_start_is_no_reason_to_take_another(
    machine: Machine, tmp_path: Path
) -> None:
    put(tmp_path / "bin/chromium")
    with pytest.raises(NoBrowser, match="HEARTH_BROWSER names /nowhere"):
        browsers.find(replace(machine, named="/nowhere"))


def test_the_path_comes_before_the_cache_and_a_new_build_before_an_old_one(
    machine: Machine, tmp_path: Path
) -> None:
    put(tmp_path / "cache/chromium-999/chrome-linux/chrome")
    newer = put(tmp_path / "cache/chromium-1187/chrome-linux64/chrome")
    assert browsers.find(machine) == newer
    chrome = put(tmp_path / "bin/google-chrome", "Google Chrome 140.0.1")
    assert browsers.find(machine) == chrome


def test_a_script_that_only_points_to_a_shop_is_passed_over(machine: Machine, tmp_path: Path) -> None:
    put(tmp_path / "bin/chromium-browser", "Command requires the chromium snap. Please install it.")
    shell = put(tmp_path / "cache/chromium_headless_shell-1187/chrome-linux/headless_shell")
    assert browsers.find(machine) == shell


@pytest.mark.parametrize("is_root", [False, True])
def test_playwright_installs_what_is_missing(machine: Machine, tmp_path: Path, is_root: bool) -> None:
    installed = tmp_path / "cache/chromium-1187/chrome-linux/chrome"
    commands = Commands(works=lambda: put(installed))
    assert browsers.find(replace(machine, run=commands, is_root=is_root)) == installed
    libraries = "--with-deps " if is_root else ""
    assert commands.asked[0] == f"python -m playwright install {libraries}chromium"


def test_as_root_the_distributions_package_is_the_last_try(machine: Machine) -> None:
    commands = Commands()
    with pytest.raises(NoBrowser, match="apt-get install -y chromium fonts-noto-cjk"):
        browsers.find(replace(machine, run=commands, is_root=True))
    assert commands.asked[-1] == "apt-get install -y chromium fonts-noto-cjk"


def test_an_ordinary_user_is_told_instead(machine: Machine) -> None:
    commands = Commands()
    with pytest.raises(NoBrowser, match="or name one in HEARTH_BROWSER"):
        browsers.find(replace(machine, run=commands))
    assert commands.asked == ["python -m playwright install chromium"]


def test_a_chinese_font_is_installed_for_root_and_asked_for_otherwise(machine: Machine) -> None:
    browsers.ensure_chinese_font(machine)
    missing = Commands(fonts="")
    with pytest.raises(NoChineseFont, match="fonts-noto-cjk"):
        browsers.ensure_chinese_font(replace(machine, run=missing))
    assert missing.asked == ["fc-list :lang=zh"] * 2

    def install() -> None:
        cured.fonts = "NotoSansCJK"

    cured = Commands(fonts="", works=install)
    browsers.ensure_chinese_font(replace(machine, run=cured, is_root=True))
    assert cured.asked[1] == "apt-get install -y fonts-noto-cjk"


def test_only_root_goes_without_the_sandbox() -> None:
    assert "--no-sandbox" in browsers.launch_arguments(as_root=True)
    assert "--no-sandbox" not in browsers.launch_arguments(as_root=False)


@pytest.mark.browser
def test_this_machine_shows_a_chinese_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<meta charset=utf-8><p id=x></p><script>x.append('众创'+'之家')</script>")
    browsers.ensure_chinese_font()
    command = [
        browsers.find(),
        *browsers.launch_arguments(),
        f"--user-data-dir={tmp_path}",
        "--dump-dom",
        page.as_uri(),
    ]
    said = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60, check=True)
    assert "众创之家" in said.stdout
