"""Large and hostile files: written, verified and imported in a process of its own, whose memory and time are measured.

A case may end in a verification, an import or a BadDocument; any other exception, and any altered string, is a fault.
"""

import io
import multiprocessing
from multiprocessing.connection import Connection
import resource
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from time import perf_counter

from bench.gongwen.papers import KEY, paper
from hearth.cli.gongwen import untraced
from hearth.engines import gongwen
from hearth.engines.gongwen import BadDocument, Figure, Paper
from hearth.engines.gongwen.importing import source_of

SEED = 20200602
FUZZED = 1500
MOST_MEGABYTES = 1024
MOST_SECONDS = 20.0
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHOWN = 12


@dataclass(frozen=True)
class Answer:
    """What became of a case: words for it, whether that is right, peak memory of the process, seconds."""

    words: str
    right: bool
    megabytes: int
    seconds: float


def main() -> int:
    """Print the tables; 1 when something is wrong."""
    print(f"{'case':44}{'answer':46}{'peak MB':>8}{'seconds':>9}")
    wrong = 0
    for name, case in CASES:
        answer = _apart(case)
        print(
            f"{name:44}{answer.words[:44]:46}{answer.megabytes:>8}{answer.seconds:>9.2f}{'' if answer.right else '  WRONG'}"
        )
        wrong += not answer.right
    return 1 if wrong else 0


def _apart(case: Callable[[], tuple[str, bool]]) -> Answer:
    """Run a case in a process of its own, which may use no more than MOST_MEGABYTES above what it starts with."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_inside, args=(case, sending))
    begun = perf_counter()
    process.start()
    sending.close()
    try:
        words, right, megabytes = (
            receiving.recv() if receiving.poll(10 * MOST_SECONDS) else ("no answer", False, 0)
        )
    except EOFError:
        words, right, megabytes = "the process died", False, 0
    seconds = perf_counter() - begun
    process.kill()
    process.join()
    return Answer(words, right and seconds < MOST_SECONDS * 3, megabytes, seconds)


def _inside(case: Callable[[], tuple[str, bool]], sending: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEGABYTES * 2**20, MOST_MEGABYTES * 2**20))
    try:
        words, right = case()
    except MemoryError:
        words, right = f"more than {MOST_MEGABYTES} MB", False
    except Exception as error:  # noqa: BLE001  # the bench tells every kind
        words, right = f"{type(error).__name__}: {error}", False
    sending.send((words, right, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))


def _filled(source: str, text: str = "1000册") -> Paper:
    read = gongwen.parse(source)
    return gongwen.fill(
        read, [Figure(slot.index, f"f{slot.index}", "k", "读本", text, 1) for slot in read.slots]
    )


_FRONT = "---\n文种：总结\n---\n# 总结\n"
_STRINGS = (
    "A&B <c> \"d\" 'e'",
    "]]>&amp;&#65;",
    "𠮷𡈽𪚥𰻝",
    "㼆堃喆镕昇珺玥翀頔燊㎡",
    "a\u200db\ufe0f\u2028c",
    "ￜ￡؜‮1000",
    "e\u0301Å\u00a0x",
)


def _strings() -> tuple[str, bool]:
    altered = []
    for text in _STRINGS:
        body = f"{_FRONT}前{text}后{{{{甲}}}}。\n| {text} | 甲 |\n|---|---|\n| {text} | {{{{乙}}}} |"
        filled = _filled(body, text)
        docx = gongwen.write(filled, key=KEY)
        found = gongwen.verify(docx, key=KEY)
        same = (
            found.ok and found.text == gongwen.plain(filled) and all(f.found == text for f in found.figures)
        )
        if not same or source_of(docx).source.count(text) < 3:
            altered.append(text)
    return f"{len(_STRINGS) - len(altered)} of {len(_STRINGS)} strings unaltered {altered or ''}", not altered


def _refused_names() -> tuple[str, bool]:
    refused = 0
    bad = ("a\nb", "a\x00b", "\ud800", "\ufffe", "", "x" * 300)
    for text in bad:
        try:
            Figure(0, "f", "k", "n", text, 1)
        except ValueError:
            refused += 1
    return f"{refused} of {len(bad)} refused by ValueError", refused == len(bad)


def _table(columns: int, rows: int) -> Paper:
    head = "|" + "甲|" * columns + "\n" + "|---" * columns + "|\n"
    return _filled(
        _FRONT + head + "\n".join("|" + "读本单位名称|" * columns for _ in range(rows)) + "\n共{{甲}}。"
    )


def _rows_of_figures() -> tuple[str, bool]:
    source = (
        _FRONT + "| 事项 | 数 |\n|---|---|\n" + "\n".join("| 读本发放情况 | {{甲}} |" for _ in range(9000))
    )
    return _whole(_filled(source))


def _long(pages: int) -> Paper:
    rng = Random(SEED)
    parts = [paper(rng, "总结", 20).source.split("---\n", 2)[2].split("\n", 1)[1] for _ in range(pages // 4)]
    return _filled(
        _FRONT + "\n".join(line for part in parts for line in part.splitlines() if not line.startswith("## "))
    )


def _whole(filled: Paper) -> tuple[str, bool]:
    begun = perf_counter()
    docx = gongwen.write(filled, key=KEY)
    written = perf_counter()
    found = gongwen.verify(docx, key=KEY)
    verified = perf_counter()
    untraced(found)
    searched = perf_counter()
    source_of(docx)
    imported = perf_counter()
    words = (
        f"w {written - begun:.1f} v {verified - written:.1f} n {searched - verified:.1f} "
        f"i {imported - searched:.1f} s, {len(docx) // 1024} KB, {len(found.figures)} figures"
    )
    return words, found.ok and found.text == gongwen.plain(filled)


def _parts() -> dict[str, bytes]:
    docx = gongwen.write(paper(Random(SEED), "通知", 25).paper, key=KEY)
    with zipfile.ZipFile(io.BytesIO(docx)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def _document(inner: str, before: str = "") -> bytes:
    return f'{before}<w:document xmlns:w="{_W}"><w:body>{inner}</w:body></w:document>'.encode()


def _with(**changed: bytes | str) -> dict[str, bytes]:
    names = {"document": "word/document.xml", "ledger": "customXml/item1.xml", "styles": "word/styles.xml"}
    return _parts() | {
        names[key]: value.encode() if isinstance(value, str) else value for key, value in changed.items()
    }


def _answer(docx: bytes) -> str:
    """Verified, imported or refused; other exceptions are the caller's to see."""
    said = []
    for name, job in (("verify", lambda: gongwen.verify(docx, key=KEY)), ("import", lambda: source_of(docx))):
        try:
            job()
            said.append(f"{name} read")
        except BadDocument as refused:
            if not (refused.message and refused.cure):
                raise
            said.append(f"{name} refused: {refused.message}")
    return "; ".join(said)


def _is_refused(docx: bytes) -> tuple[str, bool]:
    words = _answer(docx)
    return words, words.count("refused") == 2


def _is_survived(docx: bytes) -> tuple[str, bool]:
    return _answer(docx), True


def _external(kind: str, target: str) -> bytes:
    parts = _parts()
    name = "word/_rels/document.xml.rels"
    made = f'<Relationship Id="rId77" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return _packed({**parts, name: parts[name].replace(b"</Relationships>", made.encode())})


def _refused_by_verify(docx: bytes) -> tuple[str, bool]:
    words = _answer(docx)
    return words, words.startswith("verify refused")


def _moved_main() -> bytes:
    parts = _parts()
    rels = parts["_rels/.rels"].replace(b"word/document.xml", b"word/document2.xml")
    return _packed({**parts, "_rels/.rels": rels, "word/document2.xml": parts["word/document.xml"]})


def _fuzz(change: Callable[[Random, dict[str, bytes], bytes], bytes]) -> Callable[[], tuple[str, bool]]:
    def case() -> tuple[str, bool]:
        rng = Random(SEED)
        parts = _parts()
        whole = _packed(parts)
        seen: Counter[str] = Counter()
        slowest = 0.0
        for _ in range(FUZZED):
            docx = change(rng, dict(parts), whole)
            begun = perf_counter()
            seen["refused" if "verify refused" in _answer(docx) else "read"] += 1
            slowest = max(slowest, perf_counter() - begun)
        words = f"{FUZZED}: {seen['refused']} refused, {seen['read']} read, slowest {slowest:.2f} s"
        return words, slowest < MOST_SECONDS

    return case


def _flip(rng: Random, _: dict[str, bytes], whole: bytes) -> bytes:
    data = bytearray(whole)
    for _ in range(rng.choice((1, 1, 2, 8))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def _cut(rng: Random, _: dict[str, bytes], whole: bytes) -> bytes:
    begin = rng.choice((0, 0, rng.randrange(len(whole))))
    return whole[begin : rng.randrange(begin, len(whole))]


def _flip_inside(rng: Random, parts: dict[str, bytes], _: bytes) -> bytes:
    name = rng.choice(list(parts))
    data = bytearray(parts[name])
    for _ in range(rng.choice((1, 2, 8))):
        data[rng.randrange(len(data))] = rng.choice((0x3C, 0x3E, 0x26, 0x22, rng.randrange(256)))
    return _packed({**parts, name: bytes(data)}, zipfile.ZIP_STORED)


def _drop(rng: Random, parts: dict[str, bytes], _: bytes) -> bytes:
    for name in rng.sample(list(parts), rng.choice((1, 1, 2, 4))):
        del parts[name]
    return _packed(parts, zipfile.ZIP_STORED)


def _shuffle(rng: Random, parts: dict[str, bytes], _: bytes) -> bytes:
    """Members with each other's contents."""
    one, other = rng.sample(list(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]
    return _packed(parts, zipfile.ZIP_STORED)


def _mangle_tags(rng: Random, parts: dict[str, bytes], _: bytes) -> bytes:
    """Whole elements left out, doubled or put elsewhere, well-formed or not."""
    text = parts["word/document.xml"]
    begin = rng.randrange(len(text))
    piece = text[begin : begin + rng.randrange(1, 400)]
    at = rng.randrange(len(text))
    changed = rng.choice(
        (text.replace(piece, b"", 1), text[:at] + piece + text[at:], text.replace(b"w:p>", b"w:tc>", 3))
    )
    return _packed({**parts, "word/document.xml": changed}, zipfile.ZIP_STORED)


_ENTITY = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_TABLE_OF_ONE = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"


def _nested(levels: int) -> bytes:
    return _document(_TABLE_OF_ONE[0] * levels + "<w:p/>" + _TABLE_OF_ONE[1] * levels)


def _many_anchors(count: int) -> str:
    return "".join(
        f'<w:p><w:bookmarkStart w:id="{at}" w:name="fig_{at}"/><w:r><w:t>{at}册</w:t></w:r><w:bookmarkEnd w:id="{at}"/></w:p>'
        for at in range(count)
    )


def _overlapping(count: int) -> str:
    starts = "".join(f'<w:bookmarkStart w:id="{at}" w:name="fig_{at}"/>' for at in range(count))
    ends = "".join(f'<w:bookmarkEnd w:id="{at}"/>' for at in range(count))
    return f"<w:p>{starts}<w:r><w:t>{'字' * 200_000}</w:t></w:r>{ends}</w:p>"


CASES: tuple[tuple[str, Callable[[], tuple[str, bool]]], ...] = (
    ("names with & < > quotes, rare characters", _strings),
    ("texts that no Word file can carry", _refused_names),
    ("table of 10,000 rows × 3", lambda: _whole(_table(3, 10_000))),
    ("table of 10,000 rows × 10", lambda: _whole(_table(10, 10_000))),
    ("table of 9,000 rows with a figure each", _rows_of_figures),
    ("paper of 500 pages with 2,500 figures", lambda: _whole(_long(500))),
    ("a million empty paragraphs", lambda: _is_survived(_packed(_with(document=_document("<w:p/>" * 1_000_000)), 0))),
    ("three million empty paragraphs", lambda: _is_refused(_packed(_with(document=_document("<w:p></w:p>" * 2_900_000)), 0))),
    ("a million empty lines around a figure", lambda: _is_survived(_packed(_with(document=_document("<w:p><w:r>" + "<w:br/>" * 1_000_000 + "</w:r></w:p>" + _many_anchors(5))), 0))),
    ("nested 80 tables deep", lambda: _is_survived(_packed(_with(document=_nested(80))))),
    ("nested 100,000 levels deep", lambda: _is_refused(_packed(_with(document=_nested(33_334)), 0))),
    ("a million attributes of one element", lambda: _is_survived(_packed(_with(document=_document("<w:p " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + "/>")), 0))),
    ("500,000 namespaces", lambda: _is_survived(_packed(_with(document=_document("<w:p " + " ".join(f'xmlns:n{n}="u{n}"' for n in range(500_000)) + "/>")), 0))),
    ("15,000 figures without a record", lambda: _is_survived(_packed(_with(document=_document(_many_anchors(15_000))), 0))),
    ("15,000 bookmarks over 200,000 characters", lambda: _is_survived(_packed(_with(document=_document(_overlapping(15_000))), 0))),
    ("30,000 bookmarks", lambda: _refused_by_verify(_packed(_with(document=_document(_many_anchors(30_000))), 0))),
    ("entities", lambda: _is_refused(_packed(_with(document=_document("<w:p>&b;</w:p>", _ENTITY))))),
    ("external entity", lambda: _is_refused(_packed(_with(document=_document("<w:p>&x;</w:p>", _OUTSIDE))))),
    ("external entity in the ledger", lambda: _is_refused(_packed(_with(ledger=f"{_OUTSIDE}<a>&x;</a>")))),
    ("zip bomb", lambda: _is_refused(_packed(_with(document=_document("0" * 60_000_000))))),
    ("zip bomb of many members", lambda: _is_refused(_packed(_parts() | {f"word/media/{n}.xml": b" " * 900_000 for n in range(300)}))),
    ("linked picture", lambda: _refused_by_verify(_external("image", "http://example.test/a.png"))),
    ("template from the network", lambda: _refused_by_verify(_external("attachedTemplate", "https://example.test/a.dotm"))),
    ("hyperlink", lambda: _is_survived(_external("hyperlink", "http://example.test/"))),
    ("linked chunk of another file", lambda: _refused_by_verify(_external("aFChunk", "http://example.test/a.html"))),
    ("embedded object", lambda: _refused_by_verify(_packed(_parts() | {"word/embeddings/oleObject1.bin": b"x"}))),
    ("macros", lambda: _is_refused(_packed(_parts() | {"word/vbaProject.bin": b"x"}))),
    ("main part somewhere else", lambda: _is_refused(_moved_main())),
    ("wrong content types", lambda: _is_survived(_packed(_parts() | {"[Content_Types].xml": b"<Types/>"}))),
    ("path out of the archive", lambda: _is_refused(_packed(_parts() | {"../evil.xml": b"<a/>"}))),
    ("bytes flipped in the file", _fuzz(_flip)),
    ("file cut", _fuzz(_cut)),
    ("bytes flipped inside members", _fuzz(_flip_inside)),
    ("members missing", _fuzz(_drop)),
    ("members exchanged", _fuzz(_shuffle)),
    ("elements mangled", _fuzz(_mangle_tags)),
)  # fmt: skip
"""Every case; it answers in words, and whether the answer is right."""


def _named() -> Iterator[str]:
    yield from sys.argv[1:]


if __name__ == "__main__":
    wanted = set(_named())
    CASES = tuple(case for case in CASES if not wanted or case[0] in wanted)
    sys.exit(main())
