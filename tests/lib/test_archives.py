import io
import re
import struct
import time
import zipfile

import pytest

from hearth.lib.archives import Kind, Limits, check
from hearth.lib.arrivals import LARGEST, Arrival, Content, sniff
from hearth.lib.faults import Refused

SOON = 1.0
"""Seconds of computing within which every hostile file is refused."""


def cure_of(arrival, kind=Kind.XLSX, limits=None):
    started = time.process_time()
    with pytest.raises(Refused) as refusal:
        check(arrival, kind, limits or Limits())
    assert time.process_time() - started < SOON
    return refusal.value.faults[0].text


@pytest.fixture
def good(workbook_file):
    return workbook_file({"名单": [["姓名"], ["岳明霞"]]})


def zipped(members, name="走访.xlsx"):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return Arrival(name, stream.getvalue())


def patched(arrival, at, form, value):
    data = bytearray(arrival.data)
    struct.pack_into(form, data, at, value)
    return Arrival(arrival.name, bytes(data))


def test_a_proper_file_passes_and_can_be_read(good):
    archive = check(good, Kind.XLSX)
    assert "xl/workbook.xml" in archive
    assert "xl/worksheets/sheet1.xml" in archive.names
    with zipfile.ZipFile(io.BytesIO(good.data)) as reference:
        assert all(archive.read(name) == reference.read(name) for name in archive.names)


def test_a_proper_file_with_zip64_records_passes(good):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good.data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            with target.open(name, "w", force_zip64=True) as member:
                member.write(source.read(name))
    assert check(Arrival("走访.xlsx", stream.getvalue()), Kind.XLSX).names


@pytest.mark.parametrize(
    ("name", "data", "cure"),
    [
        ("走访.xlsx", b"", "走访.xlsx：文件是空的，请重新导出再传。"),
        ("走访.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版格式"),
        ("走访.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版格式"),
        (
            "走访.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le"),
            "加了密码",
        ),
        ("走访.xlsx", b"<html><table><tr><td>1</td></tr></table></html>", "这是网页"),
        ("走访.xlsx", b"\xef\xbb\xbf  <!DOCTYPE html>", "这是网页"),
        ("走访.xlsx", b"%PDF-1.7", "“PDF 文件”应为 .xlsx 文件"),
        ("走访.xlsx", b"\x89PNG\r\n", "“图片”应为 .xlsx 文件"),
        ("走访.xlsx", b"MZ\x90\x00", "“程序”应为 .xlsx 文件"),
        ("走访.xlsx", "姓名,人数\n".encode(), "只改名字不行"),
        ("走访.xlsx", b"PK\x03\x04 not an archive at all", "文件损坏"),
    ],
)
def test_content_that_is_not_what_the_name_says(name, data, cure):
    assert cure in cure_of(Arrival(name, data))


def test_a_word_file_called_xlsx_and_a_sheet_called_docx(good):
    word = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})
    assert "“压缩包”应为 .xlsx 文件" in cure_of(word)
    assert "只改名字" in cure_of(Arrival("报告.docx", good.data), Kind.DOCX)
    assert "“.zip”应为 .xlsx 文件" in cure_of(Arrival("走访.zip", good.data))
    assert check(Arrival("报告.DOCX", word.data), Kind.DOCX).names


def test_a_sheet_with_macros(good, repack):
    assert "带宏" in cure_of(repack(good, {"xl/vbaProject.bin": b"macro"}))


def test_a_sheet_that_unpacks_to_200_mb(good, repack):
    bomb = repack(good, {"xl/worksheets/sheet1.xml": bytes(200 * 1024 * 1024)})
    assert len(bomb.data) < 1024 * 1024
    assert "解开后“xl/worksheets/sheet1.xml”有 200 MB" in cure_of(bomb)


def test_a_bomb_under_the_size_limit_is_known_by_its_ratio(good, repack):
    assert "压缩得不合常理" in cure_of(repack(good, {"xl/media/a.bin": bytes(40 * 1024 * 1024)}))


def test_many_members_that_are_too_much_together(good, repack):
    limits = Limits(total_bytes=1024 * 1024)
    parts = {f"xl/media/{n}.bin": bytes(600 * 1024) for n in range(2)}
    assert "超过 1 MB" in cure_of(repack(good, parts), limits=limits)


def test_too_many_members(good, repack):
    assert "超过 2000 个" in cure_of(repack(good, {f"xl/media/{n}": b"" for n in range(2500)}))


def test_a_directory_that_declares_less_than_there_is(good, repack):
    """The classic lie: parsers that trust the declared size stop, others unpack everything."""
    bomb = repack(good, {"xl/media/a.bin": bytes(30 * 1024 * 1024)})
    entry = bomb.data.rindex(b"xl/media/a.bin") - 46
    assert bomb.data[entry : entry + 4] == b"PK\x01\x02"
    assert "文件损坏" in cure_of(patched(bomb, entry + 24, "<I", 100))


def test_one_stretch_of_bytes_read_as_two_members(good):
    entries = [match.start() for match in re.finditer(b"PK\x01\x02", good.data)]
    first = struct.unpack_from("<I", good.data, entries[0] + 42)[0]
    assert "文件损坏" in cure_of(patched(good, entries[1] + 42, "<I", first))


@pytest.mark.parametrize("flag", [0x1, 0x40])
def test_an_encrypted_member(good, flag):
    entry = good.data.index(b"PK\x01\x02")
    assert "请取消密码" in cure_of(patched(good, entry + 8, "<H", flag))


@pytest.mark.parametrize("at", [0, 20, 60, -30, -10, -1])
def test_a_changed_or_cut_file(good, at):
    data = bytearray(good.data)
    data[at] ^= 0xFF
    assert "另存" in cure_of(Arrival("走访.xlsx", bytes(data)))
    assert "另存" in cure_of(Arrival("走访.xlsx", good.data[: at or 50]))


def test_a_file_with_something_before_or_behind_the_archive(good):
    assert "另存" in cure_of(Arrival("走访.xlsx", b"#!/bin/sh\n" + good.data))
    assert "另存" in cure_of(Arrival("走访.xlsx", good.data + b"trailer"))


@pytest.mark.parametrize(
    "name",
    [
        "../evil.xml",
        "/etc/passwd",
        "xl/../../evil",
        "C:\\evil.xml",
        "xl\\evil.xml",
        "xl//evil.xml",
        "a\nb",
        "x" * 300,
    ],
)
def test_member_names_that_would_leave_the_folder(good, repack, name):
    assert "不合规的文件名" in cure_of(repack(good, {name: b"x"}))


def test_a_link_inside_the_archive(good):
    stream = io.BytesIO(good.data)
    with zipfile.ZipFile(stream, "a") as archive:
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert "不合规的文件名" in cure_of(Arrival("走访.xlsx", stream.getvalue()))


def test_names_that_differ_only_in_case(good, repack):
    assert "文件损坏" in cure_of(repack(good, {"XL/workbook.xml": b"<workbook/>"}))


@pytest.mark.parametrize(
    ("member", "content"),
    [("xl/media/a.zip", b"x"), ("xl/media/a.png", b"PK\x03\x04inner"), ("xl/embeddings/b.xlsx", b"x")],
)
def test_an_archive_in_the_archive(good, repack, member, content):
    assert "套着压缩包" in cure_of(repack(good, {member: content}))


def test_a_word_file_may_carry_the_workbook_of_its_chart(good):
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}
    word = zipped({**parts, "word/embeddings/chart.xlsx": good.data}, "报告.docx")
    assert "word/embeddings/chart.xlsx" in check(word, Kind.DOCX).names


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><a>&lol2;</a>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b" " * (256 * 1024 - 5) + b"<!DOCTYPE a>",
        "<!DOCTYPE a><a/>".encode("utf-16"),
        "<!DOCTYPE a><a/>".encode("utf-16-le"),
        b'<?xml version="1.0" encoding="UTF-7"?><a/>',
    ],
)
def test_xml_that_declares_entities_in_any_part(good, repack, content):
    assert "Office 不会写的内容" in cure_of(repack(good, {"xl/theme/theme1.xml": content}))


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(Refused, match="不能超过 20 MB"):
        Arrival.at(path)
    with pytest.raises(Refused, match="不能超过 20 MB"):
        Arrival("大.xlsx", bytes(LARGEST + 1))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Refused, match="没有读到这个文件"):
        Arrival.at(tmp_path / "无.xlsx")


@pytest.mark.parametrize(
    ("given", "name"), [("C:\\表\\走访.xlsx", "走访.xlsx"), ("../../走访.xlsx", "走访.xlsx"), ("", "未命名")]
)
def test_an_arrival_has_a_name_without_folders(given, name):
    assert Arrival(given, b"").name == name


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (b"", Content.EMPTY),
        ("姓名".encode("gbk"), Content.OTHER),
        (b"{\\rtf1", Content.RTF),
        (b"\x1f\x8b\x08", Content.PACKED),
        (b"PK\x05\x06" + bytes(18), Content.ZIP),
    ],
)
def test_bytes_are_known_by_their_beginning(data, content):
    assert sniff(data) is content


def test_a_directory_that_is_not_where_the_end_record_says(good):
    begin = struct.unpack_from("<I", good.data, len(good.data) - 6)[0]
    assert good.data[begin : begin + 4] == b"PK\x01\x02"
    assert "文件损坏" in cure_of(patched(good, len(good.data) - 6, "<I", begin + 46))


def test_a_directory_with_more_in_it_than_its_members(good):
    count = struct.unpack_from("<H", good.data, len(good.data) - 12)[0]
    assert "文件损坏" in cure_of(patched(good, len(good.data) - 12, "<H", count - 1))
    assert "文件损坏" in cure_of(patched(good, len(good.data) - 12, "<H", count + 1))


@pytest.mark.parametrize(("at", "form", "value"), [(24, "<I", 7), (42, "<I", 7), (20, "<I", 0xFFFFFFFF)])
def test_an_entry_of_the_directory_that_lies(good, at, form, value):
    """Of its length unpacked, of its place, and of an extra field that would hold its size."""
    entry = good.data.index(b"PK\x01\x02")
    assert "文件损坏" in cure_of(patched(good, entry + at, form, value))


def test_a_member_whose_name_differs_from_that_in_the_directory(good):
    entry = good.data.index(b"PK\x01\x02")
    at = struct.unpack_from("<I", good.data, entry + 42)[0] + 30
    assert "文件损坏" in cure_of(patched(good, at, "<B", good.data[at] ^ 1))


def test_bytes_behind_the_end_of_what_was_packed():
    """Parsers differ in whether they read what follows the end of a member."""
    packed = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>" * 50})
    assert check(packed, Kind.XLSX).names
    directory, entry = packed.data.index(b"PK\x01\x02"), packed.data.rindex(b"PK\x01\x02")
    size, local = (struct.unpack_from("<I", packed.data, entry + at)[0] for at in (20, 42))
    data = bytearray(packed.data[:directory] + b"more" + packed.data[directory:])
    struct.pack_into("<I", data, local + 18, size + 4)
    struct.pack_into("<I", data, entry + 4 + 20, size + 4)
    struct.pack_into("<I", data, len(data) - 6, directory + 4)
    assert "文件损坏" in cure_of(Arrival("走访.xlsx", bytes(data)))


@pytest.mark.parametrize("length", [0, 256 * 1024, 256 * 1024 + 1])
@pytest.mark.parametrize("change", [-1, 1])
def test_members_of_one_piece_and_of_more_are_as_long_as_they_say(good, repack, length, change):
    content = b"\x07" * length
    file = repack(good, {"xl/media/a.bin": content})
    assert check(file, Kind.XLSX).read("xl/media/a.bin") == content
    entry = file.data.rindex(b"xl/media/a.bin") - 46
    told = max(0, length + change)
    if told != length:
        assert "文件损坏" in cure_of(patched(file, entry + 24, "<I", told))
