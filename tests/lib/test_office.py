"""Which LibreOffice is taken, how it is started, and what is said when it makes nothing of a file."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from hearth.lib import office, pages, typefaces
from hearth.lib.arrivals import Arrival
from hearth.lib.office import Format, Machine, NoOffice, NotConverted
from tests.lib.wordfiles import member, paragraph, word


@dataclass
class Commands:
    """A stand-in for running: notes what was asked, and converts all but the files named bad."""

    bad: tuple[bytes, ...] = ()
    dies: bool = False
    slow: bool = False
    install: Callable[[], None] | None = None
    asked: list[tuple[str, ...]] = field(default_factory=list)
    surroundings: Mapping[str, str] = field(default_factory=dict)
    fonts: str = ""

    def __call__(self, command: Sequence[str], surroundings: Mapping[str, str], seconds: float) -> int:
        self.asked.append(tuple(command))
        self.surroundings = surroundings
        if command[0] == "apt-get":
            return self._install()
        if self.slow:
            raise TimeoutError
        self.fonts = Path(surroundings["FONTCONFIG_FILE"]).read_text(encoding="utf-8")
        return self._convert(command)

    def _install(self) -> int:
        if self.install is None:
            return 100
        self.install()
        return 0

    def _convert(self, command: Sequence[str]) -> int:
        to, folder = command[command.index("--convert-to") + 1], Path(command[command.index("--outdir") + 1])
        folder.mkdir(exist_ok=True)
        for place in map(Path, command[command.index("--outdir") + 2 :]):
            if place.read_bytes() in self.bad:
                if self.dies:
                    return 77
                continue
            (folder / f"{place.stem}.{to}").write_bytes(b"made of " + place.read_bytes())
        return 0


def program(place: Path) -> str:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("#!/bin/sh\n")
    place.chmod(0o755)
    return str(place)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    usual = (str(tmp_path / "opt/libreoffice*/soffice"),)
    return Machine("", str(tmp_path / "bin"), usual, is_root=False, run=Commands())


def test_the_named_program_comes_before_all(machine: Machine, tmp_path: Path) -> None:
    program(tmp_path / "bin/soffice")
    named = program(tmp_path / "mine")
    assert office.find(replace(machine, named=named)).program == Path(named)


def test_a_named_program_that_is_none_is_no_reason_to_take_another(machine: Machine, tmp_path: Path) -> None:
    program(tmp_path / "bin/soffice")
    with pytest.raises(NoOffice, match="HEARTH_OFFICE 指的 /nowhere 不是能运行的程序"):
        office.find(replace(machine, named="/nowhere"))


def test_the_path_comes_before_the_usual_places(machine: Machine, tmp_path: Path) -> None:
    program(tmp_path / "opt/libreoffice7.4/soffice")
    newer = program(tmp_path / "opt/libreoffice7.6/soffice")
    assert office.find(machine).program == Path(newer)
    on_path = program(tmp_path / "bin/libreoffice")
    assert office.find(machine).program == Path(on_path)


def test_where_there_is_none_the_cure_is_said(machine: Machine) -> None:
    with pytest.raises(NoOffice, match=r"没有装 LibreOffice.*apt-get install"):
        office.find(machine)


def test_root_installs_one_and_others_do_not(machine: Machine, tmp_path: Path) -> None:
    commands = Commands(install=lambda: program(tmp_path / "bin/soffice") and None)
    assert office.ensure(replace(machine, is_root=True, run=commands)).program == tmp_path / "bin/soffice"
    assert [asked[:2] for asked in commands.asked] == [("apt-get", "install")]
    (tmp_path / "bin/soffice").unlink()
    with pytest.raises(NoOffice):
        office.ensure(replace(machine, run=commands))
    assert len(commands.asked) == 1


def test_an_installation_that_fails_is_tried_again_with_fresh_lists(machine: Machine) -> None:
    commands = Commands()
    with pytest.raises(NoOffice):
        office.ensure(replace(machine, is_root=True, run=commands))
    assert [asked[1] for asked in commands.asked] == ["install", "update", "install"]


@pytest.fixture
def commands() -> Commands:
    return Commands()


@pytest.fixture
def started(machine: Machine, tmp_path: Path, commands: Commands) -> office.Office:
    program(tmp_path / "bin/soffice")
    return office.find(replace(machine, run=commands))


def test_many_files_go_through_one_process_and_keep_their_order(
    started: office.Office, commands: Commands
) -> None:
    assert started.convert([b"a", b"b", b"c"], Format.PDF) == (b"made of a", b"made of b", b"made of c")
    assert len(commands.asked) == 1


def test_no_files_start_nothing(started: office.Office, commands: Commands) -> None:
    assert (started.convert([], Format.PDF), commands.asked) == ((), [])


def test_files_after_one_that_stops_the_process_are_tried_alone(
    started: office.Office, commands: Commands
) -> None:
    commands.bad, commands.dies = (b"b",), True
    with pytest.raises(NotConverted, match=r"第 2 个文件：它中途退出了（77）") as stopped:
        started.convert([b"a", b"b", b"c"], Format.PDF)
    assert stopped.value.index == 1


def test_a_file_that_is_passed_over_is_named(started: office.Office, commands: Commands) -> None:
    commands.bad = (b"c",)
    with pytest.raises(NotConverted, match=r"第 3 个文件：它打不开这个文件"):
        started.convert([b"a", b"b", b"c"], Format.PDF)


def test_a_run_that_is_too_slow_is_said_to_be(started: office.Office, commands: Commands) -> None:
    commands.slow = True
    with pytest.raises(NotConverted, match=r"3 秒内没有完成"):
        started.convert([b"a"], Format.PDF, seconds=3)


def test_the_program_learns_no_secret_and_gets_our_fonts(
    started: office.Office, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEARTH_SECRET_KEY", "x")
    monkeypatch.setenv("DATABASE_URL", "postgresql:///x")
    monkeypatch.setenv("https_proxy", "http://192.0.2.1")
    started.convert([b"a"], Format.PDF)
    assert {"HEARTH_SECRET_KEY", "DATABASE_URL", "https_proxy"} & set(commands.surroundings) == set()
    assert commands.fonts == typefaces.fontconfig(started.fonts)


@pytest.fixture(scope="module")
def real() -> office.Office:
    typefaces.ensure()
    return office.ensure()


def test_a_word_file_becomes_a_pdf_in_the_standard_faces(real: office.Office) -> None:
    fonts = ("仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体")
    body = "".join(
        f'<w:p><w:r><w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="{font}"/></w:rPr><w:t>字</w:t></w:r></w:p>'
        for font in fonts
    )
    [pdf] = real.to_pdf([Arrival("x.docx", word(body))])
    with pages.opened(pdf) as document:
        found = [glyph.font for glyph in document.page(1, 72).glyphs]
    assert len(set(found)) == len(fonts), found


def test_a_file_survives_the_way_through_odt(real: office.Office) -> None:
    [odt] = real.convert([word(paragraph("走访慰问30余人"))], Format.ODT)
    [docx] = real.convert([odt], Format.DOCX, source=Format.ODT)
    words = re.findall(r"<w:t[^>]*>([^<]*)<", member(docx, "word/document.xml"))
    assert "".join(words) == "走访慰问30余人"


def test_a_file_that_is_no_word_file_is_not_converted(real: office.Office) -> None:
    with pytest.raises(NotConverted) as stopped:
        real.convert([word(paragraph("好")), b"PK\x03\x04 torn"], Format.PDF)
    assert stopped.value.index == 1
