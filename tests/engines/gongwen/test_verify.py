import io
import zipfile
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from hearth.engines.gongwen import (
    Authority,
    BadDocument,
    Figure,
    Ledger,
    LedgerEntry,
    Signature,
    Status,
    fill,
    issued,
    ledger,
    plain,
    printed,
    verify,
    write,
)
from hearth.engines.gongwen.ledger import mac_of
from hearth.engines.gongwen.ooxml import q, w

from .samples import (
    KEY,
    TEXTS,
    control,
    members,
    packed,
    part,
    report,
    signed,
    simple,
    tampered,
    without_controls,
)

PART = "customXml/item1.xml"
OK = [Status.OK] * len(TEXTS)


def statuses(verification):
    return [figure.status for figure in verification.figures]


def only(status, at):
    return [status if number == at else Status.OK for number in range(len(TEXTS))]


def text_of(root, figure_id):
    return next(control(root, figure_id).iter(q("t")))


def say(figure_id, text):
    return lambda root: setattr(text_of(root, figure_id), "text", text)


def find_text(root, words):
    return next(found for found in root.iter(q("t")) if words in (found.text or ""))


def replace_text(old, new):
    def change(root):
        found = find_text(root, old)
        found.text = found.text.replace(old, new)

    return change


def remove(figure_id):
    def change(root):
        found = control(root, figure_id)
        found.getparent().remove(found)

    return change


def test_untouched_file_is_ok_in_every_figure():
    verification = verify(signed(), key=KEY)
    assert statuses(verification) == OK
    assert verification.ok
    assert (verification.signature, verification.authority) == (Signature.VALID, Authority.PART)
    assert [figure.found for figure in verification.figures] == list(TEXTS)
    assert verification.figures[1].place == "展出科普展板【30余块】，发放读本，"


def test_places_in_the_file_are_places_in_the_paper():
    verification, whole = verify(signed()), printed(report())
    assert verification.text == plain(report())
    assert (verification.spans, verification.fixed) == (whole.spans, whole.fixed)
    assert [verification.text[start:end] for start, end, _ in verification.fixed] == [
        "云科协〔2020〕21号",
        "5个工作日",
        "附件：1.",
        "2.",
        "2020年6月20日",
        "2020年6月20日印发",
    ]


@pytest.mark.parametrize("text", ["1500册", "1000本", "一千册"])
def test_edited_figure_is_named_with_both_texts(text):
    verification = verify(tampered(signed(), say("f2", text)), key=KEY)
    assert statuses(verification) == only(Status.EDITED, 2)
    assert (verification.figures[2].expected, verification.figures[2].found) == ("1000册", text)
    assert not verification.ok


def test_tracked_changes_are_read_as_they_will_be_printed():
    def change(root):
        run = text_of(root, "f2").getparent()
        content = run.getparent()
        deleted = w("del", id=900, author="x")
        content.replace(run, deleted)
        deleted.append(run)
        typed = w("t")
        typed.text = "900册"
        content.append(w("ins", w("r", typed), id=901, author="x"))

    assert verify(tampered(signed(), change)).figures[2].found == "900册"


def test_hidden_words_do_not_count():
    def change(root):
        text_of(root, "f2").getparent().find(q("rPr")).append(w("vanish"))

    assert statuses(verify(tampered(signed(), change))) == only(Status.LOST, 2)


def test_deleted_figure_is_lost_and_its_neighbours_stay():
    verification = verify(tampered(signed(), remove("f2")), key=KEY)
    assert statuses(verification) == only(Status.LOST, 2)
    assert verification.figures[2].place == "板，发放读本【1000册】，宣传页。"


def sentences():
    body = "上年展出{{甲}}。活动展出科普展板和其他各类物料{{乙}}，发放读本{{丙}}。下年再办{{丁}}。"
    paper = simple(body)
    texts = ("7块", "30余块", "1000册", "2场")
    slots = zip(paper.slots, texts, strict=True)
    return fill(paper, [Figure(slot.index, f"f{slot.index}", "k", "n", text, 1) for slot, text in slots])


@pytest.mark.parametrize("words", ["，发放读本", "活动展出", "科普展板和其他"])
def test_word_typed_anywhere_in_a_sentence_shows_its_figures_as_moved(words):
    docx = tampered(write(sentences(), key=KEY), replace_text(words, words[:2] + "未" + words[2:]))
    assert statuses(verify(docx, key=KEY))[1:3] == [Status.MOVED] * 2
    assert statuses(verify(docx, key=KEY))[3] is Status.OK


def test_line_put_above_a_figure_shows_it_as_moved():
    def change(root):
        paragraph = find_text(root, "展出科普展板").getparent().getparent()
        words = w("t")
        words.text = "以下各项没有完成："
        paragraph.addprevious(w("p", w("r", words)))

    expected = [Status.OK, *[Status.MOVED] * 3, Status.OK]
    assert statuses(verify(tampered(signed(), change), key=KEY)) == expected


def table(*labels):
    rows = "\n".join(f"| {label} | {{{{甲}}}} |" for label in labels)
    paper = simple(f"| 物料 | 数量 |\n|---|---|\n{rows}")
    return fill(paper, [Figure(slot.index, f"f{slot.index}", "k", "n", "5册", 1) for slot in paper.slots])


def test_rows_that_changed_places_are_moved():
    def change(root):
        rows = list(root.iter(q("tr")))
        rows[1].addprevious(rows[2])

    docx = tampered(write(table("读本", "展板", "其他"), key=KEY), change)
    assert statuses(verify(docx, key=KEY)) == [Status.MOVED] * 3


def test_changed_head_of_a_table_shows_its_figures_as_moved():
    docx = tampered(write(table("读本", "展板"), key=KEY), replace_text("数量", "缺少"))
    assert statuses(verify(docx, key=KEY)) == [Status.MOVED] * 2


def test_words_that_a_stretched_bookmark_takes_in_are_seen():
    def change(root):
        start = next(x for x in root.iter(q("bookmarkStart")) if x.get(q("name")) == "fig_f2")
        before = start.getprevious()
        before[-1].text = "，未发放读本"
        before.addprevious(start)

    assert statuses(verify(tampered(signed(), change), key=KEY))[2] is Status.MOVED


def test_ledger_of_the_first_form_is_still_believed():
    """Written by an earlier Hearth: entries without a context, fixed words alone."""
    first = "urn:hearth:gongwen:ledger:1"
    entries = [replace(entry, context="") for entry in ledger(report())]
    old = Ledger(tuple(entries), (LedgerEntry("fix_1", "", "", "云科协〔2020〕21号", "", ""),), form=first)
    root = etree.Element(f"{{{first}}}ledger", mac=mac_of(old, KEY))
    for entry in entries:
        values = {name: getattr(entry, name) for name in ("id", "key", "name", "text", "before", "after")}
        etree.SubElement(root, f"{{{first}}}figure", values)
    etree.SubElement(root, f"{{{first}}}fixed", text="云科协〔2020〕21号")
    docx = packed({**members(signed()), PART: etree.tostring(root)})
    assert verify(docx, key=KEY).ok
    assert verify(docx, key=KEY).signature is Signature.VALID
    assert [span.id for span in verify(docx, key=KEY).fixed] == ["fix_1"]
    near = tampered(docx, replace_text("，发放读本", "，未发放读本"))
    assert statuses(verify(near, key=KEY))[1:3] == [Status.MOVED] * 2


def add(element_words, relation, root_tag):
    """Put a header, footer or notes part with these words into the file."""
    content = w("t")
    content.text = element_words
    part_root = w(root_tag, w("p", w("r", content)))
    parts = members(signed())
    rels = etree.fromstring(parts["word/_rels/document.xml.rels"])
    etree.SubElement(
        rels,
        f"{{{PACKAGE}}}Relationship",
        Id="rId99",
        Type=f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{relation}",
        Target="extra.xml",
    )
    return packed(
        {
            **parts,
            "word/extra.xml": etree.tostring(part_root),
            "word/_rels/document.xml.rels": etree.tostring(rels),
        }
    )


PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@pytest.mark.parametrize(
    ("relation", "tag"),
    [("header", "hdr"), ("footer", "ftr"), ("footnotes", "footnotes"), ("comments", "comments")],
)
def test_words_beside_the_body_are_words_of_the_paper(relation, tag):
    verification = verify(add("共500万元", relation, tag), key=KEY)
    assert verification.text == plain(report()) + "\n共500万元"


def test_hidden_words_follow_the_text():
    def change(root):
        find_text(root, "圆满").getparent().find(q("rPr")).append(w("vanish"))

    text = verify(tampered(signed(), change)).text
    assert "活动圆满结束。" in text.split("\n")[-1]
    assert text.count("活动圆满结束。") == 1


@pytest.mark.parametrize(
    "mark",
    [w("color", val="FFFFFF"), w("strike"), w("sz", val=2), w("color", val="0", themeColor="background1")],
)
def test_faint_figure_is_edited(mark):
    def change(root):
        text_of(root, "f2").getparent().find(q("rPr")).append(mark)

    assert verify(tampered(signed(), change), key=KEY).figures[2].found == "▯1000册"


def test_quotation_is_a_fixed_word_with_its_source():
    paper = simple("{{引用：全文共2215字|简报第3期}}。")
    (entry,) = issued(paper).fixed
    assert (entry.text, entry.name, entry.id) == ("全文共2215字", "简报第3期", "fix_1")
    verification = verify(write(paper, key=KEY), key=KEY)
    assert [verification.text[start:end] for start, end, _ in verification.fixed] == ["全文共2215字"]


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("5个工作日", "9个工作日", Status.EDITED),
        ("5个工作日", "", Status.LOST),
        ("各单位须在", "各单位不须在", Status.MOVED),
        ("各单位须在", "各单位须在1", Status.MOVED),
    ],
)
def test_altered_rule_is_named(old, new, status):
    (verdict,) = verify(tampered(signed(), replace_text(old, new)), key=KEY).altered
    assert (verdict.expected, verdict.status) == ("5个工作日", status)


def test_digit_typed_before_a_figure_shows():
    verification = verify(tampered(signed(), replace_text("，发放读本", "，发放读本3")), key=KEY)
    assert verification.figures[2].status is Status.MOVED


def test_two_figures_that_changed_places_are_moved():
    def change(root):
        one, other = control(root, "f2"), control(root, "f3")
        between = w("r")
        one.getparent().replace(one, between)
        other.getparent().replace(other, one)
        between.getparent().replace(between, other)

    assert statuses(verify(tampered(signed(), change)))[2:4] == [Status.MOVED, Status.MOVED]


def test_far_words_may_change():
    assert verify(tampered(signed(), replace_text("活动圆满结束", "活动结束")), key=KEY).ok


def test_changed_ledger_is_forged():
    def change(root):
        next(found for found in root if found.get("text") == "1000册").set("text", "1500册")

    forged = tampered(tampered(signed(), say("f2", "1500册")), change, PART)
    verification = verify(forged, key=KEY)
    assert (verification.signature, verification.authority) == (Signature.FORGED, Authority.NOTHING)
    assert not verification.ok
    judged = verify(forged, key=KEY, ledger=ledger(report()))
    assert statuses(judged) == only(Status.EDITED, 2)
    assert (judged.signature, judged.authority) == (Signature.FORGED, Authority.RECORDS)


def test_changed_rule_is_forged():
    def change(root):
        next(found for found in root if found.get("text") == "5个工作日").set("text", "9个工作日")

    assert verify(tampered(signed(), change, PART), key=KEY).signature is Signature.FORGED


def test_edited_rule_is_no_fixed_word_any_more():
    verification = verify(tampered(signed(), replace_text("5个工作日", "9个工作日")))
    assert len(verification.fixed) == 5


@pytest.mark.parametrize(
    ("written", "read", "expected"),
    [
        (KEY, None, Signature.UNCHECKED),
        (KEY, KEY, Signature.VALID),
        (KEY, b"another", Signature.FORGED),
        (None, KEY, Signature.ABSENT),
        (None, None, Signature.ABSENT),
    ],
)
def test_signature(written, read, expected):
    assert verify(write(report(), key=written), key=read).signature is expected


def test_unsigned_part_is_not_believed_when_there_is_a_key():
    assert statuses(verify(write(report()), key=KEY)) == [Status.NO_RECORD] * len(TEXTS)


def test_stripped_controls_leave_the_bookmarks():
    assert verify(tampered(signed(), without_controls), key=KEY).ok


def test_edit_shows_through_a_bookmark():
    stripped = tampered(tampered(signed(), say("f2", "7册")), without_controls)
    assert statuses(verify(stripped, key=KEY)) == only(Status.EDITED, 2)


def test_lost_bookmarks_leave_the_controls():
    def change(root):
        for tag in ("bookmarkStart", "bookmarkEnd"):
            for found in list(root.iter(q(tag))):
                found.getparent().remove(found)

    assert verify(tampered(signed(), change), key=KEY).ok


def lost_part(docx):
    return packed({name: content for name, content in members(docx).items() if name != PART})


def test_lost_part_is_replaced_by_the_ledger_of_the_caller():
    verification = verify(lost_part(signed()), ledger=ledger(report()), key=KEY)
    assert verification.ok
    assert (verification.signature, verification.authority) == (Signature.ABSENT, Authority.RECORDS)


def test_lost_part_and_no_ledger_leave_the_titles():
    verification = verify(lost_part(tampered(signed(), say("f2", "1500册"))))
    assert verification.authority is Authority.TITLES
    assert statuses(verification) == only(Status.EDITED, 2)
    assert verification.figures[2].name == "指标2"


def test_nothing_is_believed_when_all_witnesses_are_lost():
    verification = verify(lost_part(tampered(signed(), without_controls)))
    assert verification.authority is Authority.NOTHING
    assert statuses(verification) == [Status.NO_RECORD] * len(TEXTS)


def test_unknown_control_has_no_record():
    def change(root):
        words = w("t")
        words.text = "8000人"
        made = w("sdt", w("sdtPr", w("tag", val="fig:zz")), w("sdtContent", w("r", words)))
        find_text(root, "圆满").getparent().addnext(made)

    verification = verify(tampered(signed(), change), key=KEY)
    assert statuses(verification) == [*OK, Status.NO_RECORD]
    assert (verification.figures[-1].id, verification.figures[-1].found) == ("zz", "8000人")


def test_copied_figure_has_no_record_at_the_second_place():
    def change(root):
        copied = find_text(root, "圆满").getparent()
        copied.addnext(deepcopy(control(root, "f2")))

    assert statuses(verify(tampered(signed(), change), key=KEY)) == [*OK, Status.NO_RECORD]


def test_entry_without_an_anchor_is_lost():
    entries = ledger(report())
    extra = replace(entries[0], id="other", text="9家")
    assert statuses(verify(signed(), ledger=(*entries, extra))) == [*OK, Status.LOST]


words = st.text(min_size=1, max_size=20)


@settings(deadline=None)
@given(words, words, words, st.text("Aa0_-", min_size=1, max_size=32))
@example("a&b<c>\"'", "名\n称\t\r", "<w:t>&amp;", "A-")
@example("甲", "乙", "]]>\u2028\x85", "a_" * 16)
def test_names_and_texts_come_back_unaltered_or_are_refused(key, name, text, figure_id):
    try:
        figure = Figure(0, figure_id, key, name, text, 1)
    except ValueError:
        return
    paper = fill(simple("共{{甲}}。"), [figure])
    verification = verify(write(paper, key=KEY), key=KEY)
    found = verification.figures[0]
    assert verification.ok
    assert (found.id, found.key, found.name, found.found) == (figure_id, key, name, text)
    assert verification.text == plain(paper)


@pytest.mark.parametrize("figure_id", ["", "甲", "a b", "a" * 33, "a\n"])
def test_figure_refuses_a_wrong_id(figure_id):
    with pytest.raises(ValueError, match="figure id"):
        Figure(0, figure_id, "k", "n", "1册", 1)


@pytest.mark.parametrize("text", ["", " ", "1\n2", "1\x00", "\ud800", "\ufffe"])
def test_figure_refuses_text_that_cannot_be_printed(text):
    with pytest.raises(ValueError, match="figure f"):
        Figure(0, "f", "k", "n", text, 1)


def test_figure_refuses_a_sentence():
    with pytest.raises(ValueError, match="more than 200"):
        Figure(0, "f", "k", "n", "一" * 201, 1)


def test_long_name_gives_no_title_that_word_refuses():
    figure = Figure(0, "f", "k", "名" * 70, "1册", 1)
    docx = write(fill(simple("共{{甲}}。"), [figure]))
    assert all(len(found.get(q("val"))) <= 64 for found in part(docx).iter(q("alias")))
    assert verify(docx).ok


def test_anchor_blown_up_over_pages_is_edited():
    verification = verify(tampered(signed(), say("f2", "字" * 1000)))
    assert statuses(verification) == only(Status.EDITED, 2)
    assert len(verification.figures[2].found) == 400


def test_ids_that_differ_in_case_have_bookmarks_of_their_own():
    paper = simple("甲{{甲}}乙{{乙}}。")
    filled = fill(paper, [Figure(0, "Ab-", "甲", "甲", "1册", 1), Figure(1, "aB-", "乙", "乙", "2册", 1)])
    assert verify(tampered(write(filled), without_controls)).ok


BOMB = b"<a>" + b"0" * (30 * 1024 * 1024) + b"</a>"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def many_bookmarks(root):
    body = root.find(q("body"))
    for at in range(1000, 21001):
        body.insert(0, w("bookmarkStart", id=at, name=f"fig_{at}"))
        body.append(w("bookmarkEnd", id=at))


def hostile():
    good = members(signed())
    deep = b"<w:document xmlns:w='x'>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</w:document>"
    return {
        "empty": b"",
        "words": "不是文档".encode(),
        "pdf": b"%PDF-1.7",
        "cut": signed()[:-30],
        "no document": packed({"[Content_Types].xml": b"<Types/>"}),
        "bomb": packed({**good, "word/document.xml": BOMB}),
        "members": packed({**good, **{f"word/m{at}.bin": b"" for at in range(600)}}),
        "entity": packed({**good, "word/document.xml": ENTITY}),
        "entity in ledger": packed({**good, PART: ENTITY}),
        "no xml": packed({**good, "word/document.xml": b"<a"}),
        "other root": packed({**good, "word/document.xml": b"<a/>"}),
        "deep": packed({**good, "word/document.xml": deep}),
        "anchors": tampered(signed(), many_bookmarks),
        "path": packed({**good, "../evil.xml": b"<a/>"}),
    }


@pytest.mark.parametrize("name", list(hostile()))
def test_hostile_file_is_refused_with_a_cure(name):
    with pytest.raises(BadDocument) as caught:
        verify(hostile()[name])
    assert caught.value.message
    assert caught.value.cure


def test_damaged_ledger_counts_as_none():
    damaged = packed(
        {**members(signed()), PART: b'<h:ledger xmlns:h="urn:hearth:gongwen:ledger:1"><h:figure/></h:ledger>'}
    )
    assert verify(damaged, key=KEY).signature is Signature.ABSENT


def test_file_is_packed_without_a_clock():
    with zipfile.ZipFile(io.BytesIO(signed())) as opened:
        assert {info.date_time for info in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
