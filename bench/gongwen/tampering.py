"""Single edits of a Word file, each as somebody with an editor would make it, and what they must be reported as."""

import io
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random

from bench.gongwen.papers import RULES
from lxml import etree

from hearth.engines.gongwen import Paper
from hearth.engines.gongwen.ooxml import q, w

DOCUMENT, LEDGER, RELATIONS = "word/document.xml", "customXml/item1.xml", "word/_rels/document.xml.rels"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DIGITS = "0123456789"
_NUMERALS = "二三四五六七八九"
_TYPED = ("，另有{}人", "，其中{}家", "，共{}册")


@dataclass
class File:
    """A Word file in parts, to be changed; `touched` are figures or words that the report must name."""

    parts: dict[str, bytes]
    root: etree._Element
    touched: set[str] = field(default_factory=set)
    typed: str = ""

    @classmethod
    def of(cls, docx: bytes) -> "File":
        with zipfile.ZipFile(io.BytesIO(docx)) as opened:
            parts = {name: opened.read(name) for name in opened.namelist()}
        return cls(parts, etree.fromstring(parts[DOCUMENT]))

    def packed(self) -> bytes:
        self.parts[DOCUMENT] = etree.tostring(self.root)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name, content in self.parts.items():
                target.writestr(name, content)
        return out.getvalue()

    def controls(self) -> list[etree._Element]:
        return list(self.root.iter(q("sdt")))

    def paragraphs(self) -> list[etree._Element]:
        body = self.root.find(q("body"))
        return [found for found in body.iterchildren(q("p")) if _words_of(found)]


Edit = Callable[[Random, File, Paper], bool]
"""Changes a file; False when the paper has no place for it."""


def figure_id(control: etree._Element) -> str:
    return control.find(f"{q('sdtPr')}/{q('tag')}").get(q("val")).removeprefix("fig:")


def _words_of(element: etree._Element) -> str:
    return "".join(found.text or "" for found in element.iter(q("t")))


def _pick(rng: Random, file: File) -> etree._Element:
    control = rng.choice(file.controls())
    file.touched.add(figure_id(control))
    return control


def _say(control: etree._Element, text: str) -> None:
    first, *others = control.iter(q("t"))
    first.text = text
    for other in others:
        other.text = ""


def other_text(rng: Random, text: str) -> str:
    places = [at for at, char in enumerate(text) if char in _DIGITS or char in _NUMERALS]
    at = rng.choice(places)
    alphabet = _DIGITS if text[at] in _DIGITS else _NUMERALS
    return text[:at] + rng.choice([char for char in alphabet if char != text[at]]) + text[at + 1 :]


def digit(rng: Random, file: File, _: Paper) -> bool:
    control = _pick(rng, file)
    _say(control, other_text(rng, _words_of(control)))
    return True


def replaced(rng: Random, file: File, _: Paper) -> bool:
    _say(_pick(rng, file), rng.choice(("若干", "九千册", "１２场", "999999人")))
    return True


def appended(rng: Random, file: File, _: Paper) -> bool:
    control = _pick(rng, file)
    _say(control, rng.choice(("约", "近", "1")) + _words_of(control))
    return True


def deleted(rng: Random, file: File, _: Paper) -> bool:
    control = _pick(rng, file)
    control.getparent().remove(control)
    return True


def hidden(rng: Random, file: File, _: Paper) -> bool:
    for run in _pick(rng, file).iter(q("r")):
        run.find(q("rPr")).append(w("vanish"))
    return True


def whitened(rng: Random, file: File, _: Paper) -> bool:
    for run in _pick(rng, file).iter(q("r")):
        run.find(q("rPr")).append(w("color", val="FFFFFF"))
    return True


def _unwrap(control: etree._Element) -> list[etree._Element]:
    parent, content = control.getparent(), list(control.find(q("sdtContent")))
    at = parent.index(control)
    parent[at : at + 1] = content
    return content


def _unmark(file: File, control: etree._Element) -> None:
    start = control.getprevious()
    number = start.get(q("id"))
    for mark in [m for m in file.root.iter(q("bookmarkStart"), q("bookmarkEnd")) if m.get(q("id")) == number]:
        mark.getparent().remove(mark)


def control_stripped(rng: Random, file: File, _: Paper) -> bool:
    control = _pick(rng, file)
    _say(control, other_text(rng, _words_of(control)))
    _unwrap(control)
    return True


def bookmark_stripped(rng: Random, file: File, _: Paper) -> bool:
    control = _pick(rng, file)
    _say(control, other_text(rng, _words_of(control)))
    _unmark(file, control)
    return True


def both_stripped(rng: Random, file: File, _: Paper) -> bool:
    control = _pick(rng, file)
    _unmark(file, control)
    _unwrap(control)
    return True


def _letters(control: etree._Element) -> list[tuple[int, etree._Element, int]]:
    """Distance from the figure, text element, place: the characters of its sentence that are no figures."""
    paragraph = next(control.iterancestors(q("p")))
    own = set(control.iter(q("t")))
    figures = {t for sdt in paragraph.iter(q("sdt")) for t in sdt.iter(q("t"))}
    line = [(t, at) for t in paragraph.iter(q("t")) for at in range(len(t.text or ""))]
    first = next(at for at, (t, _) in enumerate(line) if t in own)
    last = max(at for at, (t, _) in enumerate(line) if t in own)
    found = []
    for places in (range(last + 1, len(line)), range(first - 1, -1, -1)):
        distance = 0
        for place in places:
            t, at = line[place]
            if t in figures:
                continue
            if places.step < 0 and t.text[at] in "。！？":
                break
            distance += 1
            found.append((distance, t, at))
            if t.text[at] in "。！？":
                break
    return found


def _near(change: Callable[[Random, str, int], str], low: int, high: int) -> Edit:
    def edit(rng: Random, file: File, _: Paper) -> bool:
        control = _pick(rng, file)
        letters = [one for one in _letters(control) if low <= one[0] <= high]
        if not letters:
            return False
        _, t, at = rng.choice(letters)
        changed = change(rng, t.text, at)
        if changed == t.text:
            return False
        t.text = changed
        return True

    return edit


def _insert(rng: Random, text: str, at: int) -> str:
    return text[:at] + rng.choice("未不") + text[at:]


def _delete(_: Random, text: str, at: int) -> str:
    return text[:at] + text[at + 1 :]


def _swap(_: Random, text: str, at: int) -> str:
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def swapped_figures(rng: Random, file: File, _: Paper) -> bool:
    one, other = rng.sample(file.controls(), 2)
    if _words_of(one) == _words_of(other):
        return False
    file.touched |= {figure_id(one), figure_id(other)}
    between = w("r")
    one.getparent().replace(one, between)
    other.getparent().replace(other, one)
    between.getparent().replace(between, other)
    return True


def swapped_texts(rng: Random, file: File, _: Paper) -> bool:
    one, other = rng.sample(file.controls(), 2)
    texts = _words_of(one), _words_of(other)
    if texts[0] == texts[1]:
        return False
    file.touched |= {figure_id(one), figure_id(other)}
    _say(one, texts[1])
    _say(other, texts[0])
    return True


def _exchange(one: etree._Element, other: etree._Element) -> None:
    place = etree.Element("place")
    one.addprevious(place)
    other.addprevious(one)
    place.getparent().replace(place, other)


def swapped_paragraphs(rng: Random, file: File, _: Paper) -> bool:
    with_figures = [p for p in file.paragraphs() if next(p.iter(q("sdt")), None) is not None]
    if not with_figures:
        return False
    one = rng.choice(with_figures)
    others = [p for p in file.paragraphs() if p is not one and _words_of(p) != _words_of(one)]
    if not others:
        return False
    other = rng.choice(others)
    file.touched |= {figure_id(c) for p in (one, other) for c in p.iter(q("sdt"))}
    _exchange(one, other)
    return True


def swapped_rows(rng: Random, file: File, _: Paper) -> bool:
    tables = [t for t in file.root.iter(q("tbl")) if len(list(t.iter(q("sdt")))) > 1]
    if not tables:
        return False
    rows = [
        row for row in rng.choice(tables).iterchildren(q("tr")) if next(row.iter(q("sdt")), None) is not None
    ]
    if len(rows) < 2:
        return False
    one, other = rng.sample(rows, 2)
    file.touched |= {figure_id(c) for row in (one, other) for c in row.iter(q("sdt"))}
    _exchange(one, other)
    return True


def _number(rng: Random) -> str:
    number = rng.randint(11, 9999)
    wide = str(number).translate({ord(digit): 0xFF10 + int(digit) for digit in _DIGITS})
    chinese = f"{rng.choice(_NUMERALS)}百{rng.choice(_NUMERALS)}十{rng.choice(_NUMERALS)}"
    return rng.choice((str(number), wide, chinese, f"“{number}”", f"“{chinese}”"))


def _new_words(rng: Random, file: File) -> etree._Element:
    file.typed = _number(rng)
    words = w("t")
    words.text = rng.choice(_TYPED).format(file.typed)
    return words


def _place(rng: Random, file: File) -> etree._Element:
    """A run of words in the body behind which something can be put."""
    runs = [run for p in file.paragraphs() for run in p.iterchildren(q("r")) if _words_of(run)]
    return rng.choice(runs)


def typed(rng: Random, file: File, _: Paper) -> bool:
    _place(rng, file).addnext(w("r", _new_words(rng, file)))
    return True


def typed_as_tracked(rng: Random, file: File, _: Paper) -> bool:
    _place(rng, file).addnext(w("ins", w("r", _new_words(rng, file)), id=9000, author="x"))
    return True


def typed_hidden(rng: Random, file: File, _: Paper) -> bool:
    _place(rng, file).addnext(w("r", w("rPr", w("vanish")), _new_words(rng, file)))
    return True


def typed_in_white(rng: Random, file: File, _: Paper) -> bool:
    _place(rng, file).addnext(w("r", w("rPr", w("color", val="FFFFFF")), _new_words(rng, file)))
    return True


def typed_in_box(rng: Random, file: File, _: Paper) -> bool:
    vml = "urn:schemas-microsoft-com:vml"
    box = etree.Element(f"{{{vml}}}textbox")
    box.append(w("txbxContent", w("p", w("r", _new_words(rng, file)))))
    shape = etree.Element(f"{{{vml}}}shape")
    shape.append(box)
    _place(rng, file).addnext(w("r", w("pict", shape)))
    return True


def typed_in_cell(rng: Random, file: File, _: Paper) -> bool:
    cells = [t for t in file.root.iter(q("tc")) if _words_of(t)]
    if not cells:
        return False
    rng.choice(cells).append(w("p", w("r", _new_words(rng, file))))
    return True


def _beside(kind: str, tag: str, inner: str = "") -> Edit:
    def edit(rng: Random, file: File, _: Paper) -> bool:
        paragraph = w("p", w("r", _new_words(rng, file)))
        content = w(inner, paragraph, id=2) if inner else paragraph
        relations = etree.fromstring(file.parts[RELATIONS])
        etree.SubElement(
            relations,
            f"{{{_PACKAGE}}}Relationship",
            Id="rId900",
            Type=f"{_OFFICE}/{kind}",
            Target="beside.xml",
        )
        file.parts[RELATIONS] = etree.tostring(relations)
        file.parts["word/beside.xml"] = etree.tostring(w(tag, content))
        return True

    return edit


def _ledger(change: Callable[[Random, etree._Element, File], bool]) -> Edit:
    def edit(rng: Random, file: File, _: Paper) -> bool:
        root = etree.fromstring(file.parts[LEDGER])
        if not change(rng, root, file):
            return False
        file.parts[LEDGER] = etree.tostring(root)
        return True

    return edit


def _entry_changed(rng: Random, root: etree._Element, _: File) -> bool:
    entry = rng.choice(list(root))
    name = rng.choice(("text", "name", "id", "before", "after", "context"))
    entry.set(name, entry.get(name) + "9")
    return True


def _entry_forged(rng: Random, root: etree._Element, file: File) -> bool:
    control = _pick(rng, file)
    text = other_text(rng, _words_of(control))
    _say(control, text)
    next(entry for entry in root if entry.get("id") in file.touched).set("text", text)
    return True


def _entry_removed(rng: Random, root: etree._Element, _: File) -> bool:
    root.remove(rng.choice(list(root)))
    return True


def _entries_reordered(rng: Random, root: etree._Element, _: File) -> bool:
    figures = [entry for entry in root if entry.tag.endswith("figure")]
    if len(figures) < 2:
        return False
    _exchange(*rng.sample(figures, 2))
    return True


def _mac_removed(_: Random, root: etree._Element, __: File) -> bool:
    del root.attrib["mac"]
    return True


def _mac_forged(rng: Random, root: etree._Element, _: File) -> bool:
    root.set("mac", f"{rng.randrange(16**64):064x}")
    return True


def rule_changed(rng: Random, file: File, _: Paper) -> bool:
    starts = [m for m in file.root.iter(q("bookmarkStart")) if m.get(q("name")).startswith("fix_")]
    start = rng.choice(starts)
    words = next(start.getnext().iter(q("t")))
    digits = [at for at, char in enumerate(words.text) if char in _DIGITS]
    if not digits:
        return False
    file.touched.add(start.get(q("name")))
    words.text = other_text(rng, words.text)
    return True


def rule_copied(rng: Random, file: File, _: Paper) -> bool:
    """The bookmark of a rule with its words once more, so that another number looks declared."""
    starts = [m for m in file.root.iter(q("bookmarkStart")) if m.get(q("name")).startswith("fix_")]
    start = rng.choice([m for m in starts if _words_of(m.getnext()) in RULES])
    end = next(m for m in file.root.iter(q("bookmarkEnd")) if m.get(q("id")) == start.get(q("id")))
    copy = [deepcopy(one) for one in (start, start.getnext(), end)]
    copy[0].set(q("id"), "9100")
    copy[2].set(q("id"), "9100")
    place = _place(rng, file)
    file.typed = _words_of(copy[1])
    for one in reversed(copy):
        place.addnext(one)
    return True


EDITS: tuple[tuple[str, Edit], ...] = (
    ("figure: a digit or numeral", digit),
    ("figure: replaced", replaced),
    ("figure: words added inside", appended),
    ("figure: deleted", deleted),
    ("figure: hidden", hidden),
    ("figure: white", whitened),
    ("figure: control stripped, digit changed", control_stripped),
    ("figure: bookmark stripped, digit changed", bookmark_stripped),
    ("figure: control and bookmark stripped", both_stripped),
    ("words: 未/不 inserted, distance 1-6", _near(_insert, 1, 6)),
    ("words: 未/不 inserted, farther in the sentence", _near(_insert, 7, 500)),
    ("words: deleted, distance 1-6", _near(_delete, 1, 6)),
    ("words: deleted, farther in the sentence", _near(_delete, 7, 500)),
    ("words: swapped, distance 1-6", _near(_swap, 1, 6)),
    ("words: swapped, farther in the sentence", _near(_swap, 7, 500)),
    ("order: two figures swapped", swapped_figures),
    ("order: two figures' texts swapped", swapped_texts),
    ("order: paragraphs swapped", swapped_paragraphs),
    ("order: rows swapped", swapped_rows),
    ("number typed: in the body", typed),
    ("number typed: tracked insertion", typed_as_tracked),
    ("number typed: hidden", typed_hidden),
    ("number typed: white", typed_in_white),
    ("number typed: text box", typed_in_box),
    ("number typed: table cell", typed_in_cell),
    ("number typed: header", _beside("header", "hdr")),
    ("number typed: footer", _beside("footer", "ftr")),
    ("number typed: footnote", _beside("footnotes", "footnotes", "footnote")),
    ("number typed: endnote", _beside("endnotes", "endnotes", "endnote")),
    ("number typed: comment", _beside("comments", "comments", "comment")),
    ("rule: its number changed", rule_changed),
    ("rule: copied to back another number", rule_copied),
    ("ledger: entry changed", _ledger(_entry_changed)),
    ("ledger: entry and figure forged alike", _ledger(_entry_forged)),
    ("ledger: entry removed", _ledger(_entry_removed)),
    ("ledger: order changed", _ledger(_entries_reordered)),
    ("ledger: mac removed", _ledger(_mac_removed)),
    ("ledger: mac forged", _ledger(_mac_forged)),
)
"""Every class of edits, in turn."""


def edited(docx: bytes, paper: Paper, rng: Random, edit: Edit) -> File | None:
    """The file after one edit; None when this paper has no place for it."""
    file = File.of(docx)
    return file if edit(rng, file, paper) else None


def edits(count: int) -> Iterator[tuple[str, Edit]]:
    """So many edits, the classes in turn."""
    for at in range(count):
        yield EDITS[at % len(EDITS)]
