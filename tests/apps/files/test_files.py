import hashlib
import io
import os
import zipfile
from pathlib import Path

import docx
import pytest

from hearth.apps.audit.models import Event
from hearth.apps.files import actions, queries
from hearth.apps.files.models import File
from hearth.apps.files.states import LIMITS, Kind, Limit
from hearth.lib.wall import scope
from tests.apps import houses

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


@pytest.fixture
def house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    built = houses.build()
    with scope(built.city.path):
        yield built


def word(members: dict[str, bytes] | None = None) -> bytes:
    """A real Word file, with members added or replaced."""
    plain = io.BytesIO()
    docx.Document().save(plain)
    made = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.filename not in (members or {}):
                target.writestr(info.filename, source.read(info))
        for name, data in (members or {}).items():
            target.writestr(name, data)
    return made.getvalue()


def keep(house, name: str, data: bytes) -> File:
    return actions.keep(name=name, data=data, by=house.officer())


def stored(settings) -> list[Path]:
    return [place for place in Path(settings.MEDIA_ROOT).rglob("*") if place.is_file()]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("合影.png", PNG, Kind.PNG),
        ("合影.JPG", JPEG, Kind.JPEG),
        ("报样.pdf", PDF, Kind.PDF),
        ("纪要.docx", word(), Kind.DOCX),
        ("名单.csv", "姓名\n赵一\n".encode(), Kind.TEXT),
    ],
)
def test_evidence_is_kept_under_its_hash(house, settings, name, data, kind):
    file = keep(house, name, data)
    assert (file.kind, file.size, file.sha256) == (kind, len(data), hashlib.sha256(data).hexdigest())
    assert queries.content(file) == data
    assert stored(settings) == [queries.place_of(file.sha256)]
    assert Event.objects.get(verb="存证").detail == {"sha256": file.sha256}


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("程序.exe", b"MZ\x90", "请换成"),
        ("无后缀", PNG, "请换成"),
        ("照片.png", PDF, "内容和后缀不符"),
        ("照片.jpg", b"<script>alert(1)</script>", "内容和后缀不符"),
        ("文件.pdf", PNG, "内容和后缀不符"),
        ("文字.txt", b"\x00\x01", "内容和后缀不符"),
        ("公文.docx", b"plain text", "内容和后缀不符"),
        ("空.png", b"", "文件是空的"),
    ],
)
def test_a_file_whose_content_is_not_its_ending_is_not_kept(house, settings, name, data, says):
    with pytest.raises(actions.FileRefused, match=says) as refused:
        keep(house, name, data)
    assert name in str(refused.value)
    assert (stored(settings), File.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "members",
    [
        {"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><w:document/>'},
        {"word/vbaProject.bin": b"macro"},
        {"../outside.xml": b"<a/>"},
        {"word/media/zeros.bin": bytes(120 * 2**20)},
    ],
    ids=["entity", "macro", "path", "bomb"],
)
def test_a_hostile_word_file_is_not_kept(house, settings, members):
    with pytest.raises(actions.FileRefused):
        keep(house, "公文.docx", word(members))
    assert stored(settings) == []


def test_a_file_over_the_limit_is_not_kept_and_one_at_the_limit_is(house, settings, monkeypatch):
    monkeypatch.setitem(LIMITS, Kind.TEXT, Limit((".txt",), 1))
    with pytest.raises(actions.FileRefused, match="超过 1 MB"):
        keep(house, "长.txt", b"a" * (2**20 + 1))
    assert keep(house, "正好.txt", b"a" * 2**20).size == 2**20


def test_the_same_file_twice_is_registered_and_stored_once(house, settings):
    first, second = keep(house, "合影.png", PNG), keep(house, "合影.png", PNG)
    assert first == second
    assert (File.objects.count(), len(stored(settings)), Event.objects.filter(verb="存证").count()) == (
        1,
        1,
        1,
    )


def test_one_content_of_two_organisations_is_stored_once_and_registered_to_each(house, settings):
    keep(house, "合影.png", PNG)
    with scope(house.sister.path):
        actions.keep(name="合影.png", data=PNG, by=house.officer(house.sister))
        assert queries.visible_to(house.officer(house.sister)).count() == 1
    assert queries.visible_to(house.officer()).count() == 1
    assert len(stored(settings)) == 1


def test_a_name_is_kept_without_its_folders(house):
    assert keep(house, "C:\\照片\\..\\合影.png", PNG).name == "合影.png"
    assert keep(house, "../../etc/合影二.png", PNG).name == "合影二.png"


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_write_that_is_cut_off_leaves_nothing(house, settings, monkeypatch, broken):
    def cut_off(*args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(*((os, "fsync") if broken == "fsync" else (Path, "replace")), cut_off)
    with pytest.raises(OSError, match="disk full"):
        keep(house, "合影.png", PNG)
    assert (stored(settings), File.objects.count()) == ([], 0)


def test_a_file_is_seen_only_inside_its_scope(house):
    file = keep(house, "合影.png", PNG)
    assert list(queries.visible_to(house.officer())) == [file]
    with scope(house.county.path):
        assert not queries.visible_to(house.officer()).exists()
        assert not queries.visible_to(house.officer(house.county)).exists()
    with scope(house.province.path):
        assert list(queries.visible_to(house.officer(house.province))) == [file]
