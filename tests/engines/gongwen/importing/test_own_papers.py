"""What Hearth wrote comes back as a source that prints the same file."""

import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.engines.gongwen import Figure, Layout, Marker, Paper, SourceError, fill, insert, parse, write
from hearth.engines.gongwen.importing import Imported, source_of
from hearth.engines.gongwen.kinds import KINDS
from tests.engines.gongwen.samples import KEY, REPORT, control, tampered

EXAMPLES = Path(__file__).parents[4] / "examples" / "workers-day-2020" / "papers"


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\x00" + b"\xff" * 6 + b"\x00" + b"\xff" * 6))
    + chunk(b"IEND", b"")
)


def filled(paper: Paper) -> Paper:
    for marker in {block.name for block in paper.blocks if isinstance(block, Marker)}:
        paper = insert(paper, marker, [])
    return fill(
        paper,
        [
            Figure(slot.index, f"f{slot.index}", slot.key, slot.key, f"{slot.index + 2}册", 1)
            for slot in paper.slots
        ],
    )


def again(imported: Imported) -> Paper:
    return filled(parse(imported.source))


def assert_prints_the_same(source: str, **pictures: bytes) -> Imported:
    given_pictures = {f"{name}.png": data for name, data in pictures.items()}
    docx = write(filled(parse(source)), key=KEY, pictures=given_pictures)
    imported = source_of(docx)
    assert imported.notes == ()
    assert write(again(imported), key=KEY, pictures=imported.pictures) == docx
    return imported


BODY = "正文第一段，发放{{读本}}。\n## 一、总体要求\n### （一）原则\n#### 1.坚持\n（1）细项。\n正文。"


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize(
    "front",
    [
        "",
        "机关：甲市科学技术协会\n文号：甲科协〔2020〕3号\n成文日期：2020-06-20",
        "机关：甲市科学技术协会、甲市教育局\n文号：甲科协〔2020〕3号\n签发人：孙玉兰\n主送：各县区科协\n"
        "成文日期：2020-06-20\n抄送：甲市人民政府办公室\n印发机关：甲市科协办公室\n印发日期：2020-06-21\n附注：联系人：周文海",
        "机关：甲市科学技术协会\n成文日期：2020-06-20\n用印：是\n附件：分工表、名单\n份号：000001\n密级：秘密★1年\n紧急程度：特急",
        "机关：甲市科学技术协会\n标志：甲市科协专用\n落款：甲市科协办公室\n成文日期：2020-06-20\n出席：孙玉兰\n列席：周文海",
    ],
)
def test_every_kind_comes_back(kind, front):
    source = f"---\n文种：{kind}\n{front}\n---\n# 关于开展活动的{kind}\n{BODY}"
    try:
        parse(source)
    except SourceError:
        assert KINDS[kind].layout in (Layout.DOCUMENT, Layout.MINUTES, Layout.ORDER, Layout.LETTER)
        return
    assert_prints_the_same(source)


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.md")))
def test_examples_come_back(name):
    assert_prints_the_same((EXAMPLES / f"{name}.md").read_text(encoding="utf-8"))


BLANK = "\u3000" * 16
FRONT = "---\n文种：通知\n机关：甲市科学技术协会\n成文日期：2020-06-20\n"


@pytest.mark.parametrize(
    "source",
    [
        REPORT,
        f"{FRONT}---\n# 通知\n（2020年6月通过）\n正文。\n# 附件1：分工表\n内容{{{{甲}}}}。\n# 附件2：名单\n## 一、甲\n内容。",
        f"{FRONT}---\n# 通知\n正文。\n::: 横排\n| 甲 | 乙 |\n|:--|--:|\n| 丙\\|丁 | {{{{戊}}}} |\n:::\n正文。",
        f"{FRONT}---\n# 通知\n正文。\n# 附件：名单\n::: 横排\n| 甲 |\n|---|\n| 乙 |\n:::",
        f"{FRONT}---\n# 关于进一步加强和改进全市基层科学技术普及工作若干具体问题的通知\n正文。",
        f"{FRONT}---\n# 关于开展活动{BLANK}的通知\n正文。",
        f"{FRONT}---\n# 关于开展\n# 活动的通知\n须在{{{{规定：5个工作日}}}}内，{{{{引用：“全文2215字”|简报第3期}}}}。",
        "---\n文种：请示\n机关：甲市科协\n签发人：孙玉兰、周文海、李明\n文号：甲〔2020〕1号\n---\n# 请示\n正文。",
        "---\n文种：函\n机关：甲市科协\n文号：甲函〔2020〕1号\n份号：000001\n密级：秘密\n主送：乙局\n---\n# 函\n正文。",
        "---\n文种：命令\n机关：甲市\n文号：第3号\n签名章：主席 孙玉兰、副主席 周文海\n成文日期：2020-06-01\n---\n# 命令\n正文。",
        "---\n文种：慰问信\n---\n# 慰问信\n全市科技工作者：\n你们好！",
        "---\n文种：慰问信\n---\n# 慰问信\n{{人数}}名科技工作者：\n你们好！",
        "---\n文种：情况汇报  版式：普通\n---\n# 汇报\n正文。\n| 甲 | 乙 |\n|---|---|\n|  |  |\n末段。",
        "---\n文种：总结\n机关：甲市科协、乙局、丙大学、丁公司\n用印：是\n成文日期：2020-06-01\n---\n# 总结\n正文。",
    ],
)
def test_format_comes_back(source):
    assert_prints_the_same(source)


def test_pictures_come_back_with_their_bytes():
    source = f"{FRONT}---\n# 通知\n正文。\n![活动现场](a.png)\n![](b.png)\n正文。"
    docx = write(filled(parse(source)), pictures={"a.png": PNG, "b.png": PNG})
    imported = source_of(docx)
    assert set(imported.pictures.values()) == {PNG}
    assert write(again(imported), pictures=imported.pictures) == docx


def test_figures_come_back_as_slots_of_their_keys():
    imported = assert_prints_the_same(f"{FRONT}---\n# 通知\n发放{{{{outreach.booklets}}}}。")
    assert "发放{{outreach.booklets}}。" in imported.source


def test_edited_figure_becomes_words_and_is_told():
    docx = write(filled(parse(f"{FRONT}---\n# 通知\n发放{{{{读本}}}}。")))

    def change(root):
        next(control(root, "f0").iter("{*}t")).text = "99册"

    imported = source_of(tampered(docx, change))
    assert "发放99册。" in imported.source
    (note,) = imported.notes
    assert (note.line, note.what) == (7, "数字“2册”被改成了“99册”")


words = st.text(
    "甲乙丙丁一二（）()、。：:|\\#!{}[]〔〕1.5 　\t<&>\"'𠮷附件抄送印发年月日", min_size=1, max_size=25
)


@settings(deadline=None, max_examples=150)
@given(words, words, words, words)
def test_what_is_written_can_be_read_again(title, one, other, cell):
    try:
        paper = parse(
            f"{FRONT}附注：{one}\n---\n# {title}\n{one}\n{other}\n| {cell} | 甲 |\n|---|---|\n| 乙 | {one} |"
        )
        paper = filled(replace(paper, blocks=tuple(b for b in paper.blocks if not isinstance(b, Marker))))
    except (SourceError, ValueError):
        return
    if not paper.meta.note.strip():  # blank brackets are printed, but say nothing
        return
    docx = write(paper)
    imported = source_of(docx)
    parse(imported.source)
    if not imported.notes:
        assert write(again(imported)) == docx
