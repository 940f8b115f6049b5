"""Measures a rendered paper against GB/T 9704-2012; also one that Hearth did not write.

>>> from hearth.engines.gongwen import checking
>>> checking.check(b"no PDF")
Traceback (most recent call last):
hearth.lib.pages.BadPdf: 这不是读得懂的 PDF，或者加了密码。请重新导出，取消密码再试。

Places are measured on glyph origins (from left to right), on baselines or the middle of the 字 (lines), and on the ink
of the drawn page (mark, rules, dashes): never on the boxes of fonts, which differ from font to font.
"""

from hearth.engines.gongwen.checking import end_checks, head_checks, line_checks, page_checks, text_checks
from hearth.engines.gongwen.checking.elements import Elements, find
from hearth.engines.gongwen.checking.expecting import Expected, check_expected
from hearth.engines.gongwen.checking.frame import Reading, frame
from hearth.engines.gongwen.checking.judging import STRICT, USUAL, Case, Tolerance
from hearth.engines.gongwen.checking.report import Finding, Form, Report, Verdict
from hearth.engines.gongwen.checking.sheets import TooLong, read

__all__ = [
    "STRICT",
    "USUAL",
    "Elements",
    "Expected",
    "Finding",
    "Form",
    "Reading",
    "Report",
    "Tolerance",
    "TooLong",
    "Verdict",
    "check",
]


def check(
    pdf: bytes,
    *,
    expected: Expected | None = None,
    reading: Reading = Reading.GRID,
    tolerance: Tolerance | None = None,
) -> Report:
    """Measure a PDF.

    With `expected`, what our own model knows of the paper, its parts must be there word for word and within 0.3 mm;
    without, they are recognised by themselves and measured as the standard allows. Raises pages.BadPdf and TooLong.
    """
    sheets, producer = read(pdf)
    elements = find(sheets, expected.form if expected else None)
    grid = frame(reading, producer, elements.pitch)
    case = Case(elements, grid, tolerance or (STRICT if expected else USUAL))
    findings = [
        finding
        for part in (page_checks, line_checks, head_checks, text_checks, end_checks)
        for finding in part.check(case)
        if finding is not None
    ]
    if expected is not None:
        findings += check_expected(elements, expected)
    return Report(elements.form, len(sheets), tuple(findings))
