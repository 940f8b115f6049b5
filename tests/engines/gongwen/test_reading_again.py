"""What a reader remembers of one paper must not show in the next."""

import itertools
from dataclasses import replace

import pytest
from lxml import etree

from hearth.engines.gongwen import Authority, BadDocument, Status, fill, parse, plain, verify, write
from hearth.engines.gongwen.ooxml import q, w

from .samples import KEY, REPORT, figures, members, packed, report, signed

RELATIONS = "word/_rels/document.xml.rels"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SECRET = "活动圆满结束。"


def with_header(words: str, *, hidden: bool = False, target: str = "extra.xml", mode: str = "") -> bytes:
    """A paper with a header in a style 眉, which `hidden` hides, and with the last words of its body hidden."""
    parts = members(signed())
    text = w("t")
    text.text = words
    header = w("hdr", w("p", w("pPr", w("pStyle", val="Mei")), w("r", text)))
    styles = etree.fromstring(parts["word/styles.xml"])
    styles.append(w("style", w("rPr", w("vanish" if hidden else "noProof")), type="paragraph", styleId="Mei"))
    body = etree.fromstring(parts["word/document.xml"])
    last = next(one for one in body.iter(q("t")) if one.text == SECRET)
    last.getparent().find(q("rPr")).append(w("vanish"))
    return packed(
        {
            **parts,
            "word/document.xml": etree.tostring(body),
            "word/styles.xml": etree.tostring(styles),
            "word/extra.xml": etree.tostring(header),
            RELATIONS: related(parts[RELATIONS], target, mode),
        }
    )


def related(relations: bytes, target: str, mode: str = "") -> bytes:
    root = etree.fromstring(relations)
    more = {"TargetMode": mode} if mode else {}
    etree.SubElement(
        root, f"{{{PACKAGE}}}Relationship", Id="rId99", Type=f"{OFFICE}/header", Target=target, **more
    )
    return etree.tostring(root)


def end(docx: bytes) -> list[str]:
    return verify(docx, key=KEY).text.split("\n")[-2:]


@pytest.mark.parametrize("order", list(itertools.permutations([True, False])))
def test_one_header_is_read_by_the_styles_of_each_paper(order):
    """Words of a header stand before the hidden words of the body, hidden ones of a header behind them."""
    words = f"共500万元{order[0]}"
    read = {hidden: end(with_header(words, hidden=hidden)) for hidden in order}
    assert read == {False: [words, SECRET], True: [SECRET, words]}


def test_one_relation_leads_to_the_header_of_each_paper():
    assert [end(with_header(words))[0] for words in ("共1万元", "共2万元", "共1万元")] == [
        "共1万元",
        "共2万元",
        "共1万元",
    ]


def test_a_header_that_the_next_paper_has_not_is_not_in_it():
    assert end(with_header("共3万元"))[0] == "共3万元"
    assert verify(signed(), key=KEY).text == plain(report())


def test_a_header_that_says_nothing_does_not_silence_the_next():
    silent, speaking = with_header("—"), with_header("共4万元")
    colophon = plain(report()).split("\n")[-1]
    assert [end(docx)[0] for docx in (silent, speaking, silent)] == [colophon, "共4万元", colophon]


def test_a_file_that_is_fetched_from_elsewhere_is_refused_each_time():
    outside = with_header("共5万元", target="http://elsewhere.invalid/a.xml", mode="External")
    for _ in range(2):
        with pytest.raises(BadDocument, match="从别处取内容"):
            verify(outside)
        assert end(with_header("共5万元"))[0] == "共5万元"


def test_each_paper_is_judged_by_its_own_ledger():
    """Two papers whose figures have the same ids, keys and places, and other words."""
    paper = parse(REPORT)
    others = [replace(one, text=one.text.replace("1000", "1001")) for one in figures(paper)]
    first, second = signed(), write(fill(paper, others), key=KEY)
    for docx, text in ((first, "1000册"), (second, "1001册"), (first, "1000册")):
        verdict = verify(docx, key=KEY)
        assert (verdict.ok, verdict.authority, verdict.figures[2].expected) == (True, Authority.PART, text)
    swapped = packed({**members(first), "customXml/item1.xml": members(second)["customXml/item1.xml"]})
    assert [one.status for one in verify(swapped, key=KEY).figures][2] is Status.EDITED


def test_more_headers_than_are_remembered_are_each_read_as_they_are():
    parts = members(with_header("共@万册"))
    header = parts["word/extra.xml"].decode()

    def numbered(at: int) -> bytes:
        return packed({**parts, "word/extra.xml": header.replace("@", str(at)).encode()})

    asked = [*range(66), 0, 65]
    assert [end(numbered(at))[0] for at in asked] == [f"共{at}万册" for at in asked]
