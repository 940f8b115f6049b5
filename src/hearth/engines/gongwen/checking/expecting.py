"""What the model of a paper knows and its pages must show."""

from collections.abc import Iterator
from dataclasses import dataclass

from hearth.engines.gongwen.checking.elements import Elements
from hearth.engines.gongwen.checking.judging import missing, stated
from hearth.engines.gongwen.checking.report import Finding, Form
from hearth.engines.gongwen.checking.rows import Row
from hearth.engines.gongwen.layout import chinese_date
from hearth.engines.gongwen.paper import Paper


@dataclass(frozen=True)
class Expected:
    """The format of a paper and the words of its parts, without blanks; empty for parts it does not have."""

    form: Form
    title: str
    number: str = ""
    signatory: str = ""
    recipients: str = ""
    signature: str = ""
    date: str = ""
    copies: str = ""

    @classmethod
    def of(cls, paper: Paper) -> "Expected":
        """What is known of a filled paper."""
        meta = paper.meta
        headed = meta.layout.value != Form.GENERAL
        return cls(
            form=Form(meta.layout.value),
            title=_packed("".join(inline.text for line in paper.title for inline in line)),
            number=_packed(meta.number) if headed else "",
            signatory=_packed(meta.signatory) if headed and meta.upward else "",
            recipients=_packed(f"{meta.recipients}：") if meta.recipients else "",
            signature=_packed("".join(meta.signature)),
            date=chinese_date(meta.date) if meta.date else "",
            copies=_packed(f"抄送：{meta.copies}。") if meta.copies else "",
        )


def check_expected(found: Elements, expected: Expected) -> Iterator[Finding]:
    """A row for each part that the paper has."""
    parts = (
        ("7.3.1", "标题文字", expected.title, _words(found.title)),
        ("7.2.5", "发文字号文字", expected.number, _words([found.number] if found.number else [])),
        ("7.2.6", "签发人姓名", expected.signatory, _words(found.signatories).removeprefix("签发人：")),
        ("7.3.2", "主送机关文字", expected.recipients, _words(found.recipients)),
        ("7.3.5", "署名文字", expected.signature, _words(found.signature)),
        ("7.3.5.4", "成文日期文字", expected.date, found.date.segments[-1].text if found.date else ""),
    )
    for clause, what, wanted, said in parts:
        if not wanted:
            continue
        cure = "重新排版；内容与原文不符"
        if said:
            good = said.replace("、", "") == wanted.replace("、", "")
            yield stated(clause, what, wanted, said, good=good, page=None, cure=cure)
        else:
            yield missing(clause, what, wanted, cure)
    if expected.copies:
        good = expected.copies in _words(found.colophon)
        said = _words(found.colophon)
        yield stated("7.4.2", "抄送文字", expected.copies, said, good=good, page=None, cure="重新排版")


def _packed(text: str) -> str:
    return "".join(text.split())


def _words(rows: "tuple[Row, ...] | list[Row]") -> str:
    return "".join(row.text for row in rows)
