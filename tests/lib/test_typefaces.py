"""Which fonts stand for those that papers name, and where the free ones come from."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

from hearth.lib import typefaces
from hearth.lib.typefaces import FACES, Machine, NoTypefaces

FANDOL = ("Fang-Regular", "Kai-Regular", "Hei-Regular", "Song-Regular", "Song-Bold")


def families(name: str) -> list[str]:
    """What is asked for in place of a name, in this order."""
    root = ElementTree.fromstring(typefaces.fontconfig(Path("/fonts & more")))
    rule = next(rule for rule in root.iter("match") if rule.findtext("test/string") == name)
    return [element.text or "" for element in rule.findall("edit[@name='family']/string")]


def test_the_named_font_comes_first_then_its_like_then_a_free_one() -> None:
    assert families("仿宋")[:3] == ["仿宋", "仿宋_GB2312", "FangSong_GB2312"]
    assert families("仿宋_GB2312")[-2:] == ["FandolFang", "Noto Serif CJK SC"]


def test_every_name_has_a_rule_and_no_name_two() -> None:
    names = [name for face in FACES for name in face.names]
    assert len(names) == len(set(names))
    assert all(families(name)[0] == name for name in names)


def test_the_folder_of_fonts_is_named_whatever_its_name() -> None:
    root = ElementTree.fromstring(typefaces.fontconfig(Path("/fonts & more")))
    assert root.findtext("dir") == "/fonts & more"


class Debian:
    """A stand-in for apt-get and dpkg-deb."""

    def __init__(self, *, knows_packages: bool = True, reachable: bool = True) -> None:
        self.knows, self.reachable = knows_packages, reachable
        self.asked: list[str] = []

    def __call__(self, command: Sequence[str], folder: Path) -> int:
        self.asked.append(" ".join(command[:2]))
        if command[:2] == ["apt-get", "update"]:
            self.knows = self.reachable
            return 0 if self.reachable else 100
        if command[:2] == ["apt-get", "download"]:
            if not (self.knows and self.reachable):
                return 100
            (folder / f"{command[2]}_1_all.deb").write_bytes(b"")
            return 0
        place = folder / "out/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
        place.mkdir(parents=True)
        for font in FANDOL:
            (place / f"Fandol{font}.otf").write_bytes(font.encode())
        return 0


def test_the_free_fonts_are_taken_out_of_the_package_once(tmp_path: Path) -> None:
    debian = Debian()
    machine = Machine(tmp_path / "fonts", debian)
    assert typefaces.ensure(machine) == tmp_path / "fonts"
    assert typefaces.ensure(machine) == tmp_path / "fonts"
    assert debian.asked == ["apt-get download", "dpkg-deb -x"]
    assert sorted(font.name for font in machine.folder.iterdir()) == sorted(
        f"Fandol{font}.otf" for font in FANDOL
    )


def test_a_machine_that_knows_no_packages_looks_for_them_first(tmp_path: Path) -> None:
    debian = Debian(knows_packages=False)
    typefaces.ensure(Machine(tmp_path / "fonts", debian))
    assert debian.asked == ["apt-get download", "apt-get update", "apt-get download", "dpkg-deb -x"]


def test_without_a_network_it_is_said_what_to_put_where(tmp_path: Path) -> None:
    with pytest.raises(NoTypefaces, match=f"texlive-lang-chinese has them\\) into {tmp_path}"):
        typefaces.ensure(Machine(tmp_path / "fonts", Debian(reachable=False)))
