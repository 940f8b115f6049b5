"""Papers a second on one core: a 2,000-character summary with 25 figures, written and verified; others beside it.

The others write the same paragraphs: python-docx directly (a content control a figure), docxtpl from a template with 25
fields. docxtpl is no part of the product: the bench makes a virtual environment of its own in .hearth/bench/docxtpl
and installs it there with pip (HEARTH_BENCH_OFFLINE=1 leaves it out). Medians of ROUNDS runs in CPU seconds.
"""

import io
import json
import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

import docx
from bench.gongwen.papers import KEY
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from hearth.cli.gongwen import untraced
from hearth.engines import gongwen
from hearth.engines.gongwen import Figure, Paper

ROUNDS = 7
MUST_WRITE, MUST_VERIFY = 100, 200
DOCXTPL = "docxtpl==0.20.2"
_PLACE = Path(__file__).parents[2] / ".hearth" / "bench" / "docxtpl"
_WORDS = (
    "全市各级科协组织围绕活动主题开展科普展览和走进校园活动，发放科普读本{}，现场群众反响热烈，取得良好效果，"
    "活动由市科协和有关单位共同承办，科技工作者积极参加并提出意见建议。"
)
_FIGURES = 25
_TEXT = "1000册"


def main() -> int:
    """Print the table; 1 when what must be reached is not."""
    paper = summary()
    written = gongwen.write(paper, key=KEY)
    entries = gongwen.issued(paper)
    rows = [
        ("Hearth: write", _rate(lambda: _write_afresh(paper)), f"≥ {MUST_WRITE}"),
        ("Hearth: verify by the part", _rate(lambda: gongwen.verify(written, key=KEY)), f"≥ {MUST_VERIFY}"),
        (
            "Hearth: verify by the records",
            _rate(lambda: gongwen.verify(written, ledger=entries, key=KEY)),
            f"≥ {MUST_VERIFY}",
        ),
        (
            "Hearth: verify, unbacked numbers too",
            _rate(lambda: untraced(gongwen.verify(written, key=KEY))),
            "",
        ),
        ("python-docx directly: write", _rate(_python_docx), ""),
    ]
    if (templated := _docxtpl()) is not None:
        rows.append(("docxtpl: write", templated, ""))
    ours = rows[0][1]
    print(
        f"{gongwen.count_characters(paper)} characters, {_FIGURES} figures, {len(written) // 1024} KB; median of {ROUNDS}"
    )
    print(f"{'what':40}{'papers/s':>10}{'must':>8}{'Hearth is faster by':>22}")
    for name, rate, must in rows:
        ratio = f"{ours / rate:.1f} times" if "write" in name and not name.startswith("Hearth") else ""
        print(f"{name:40}{rate:>10.0f}{must:>8}{ratio:>22}")
    return 0 if ours >= MUST_WRITE and min(rows[1][1], rows[2][1]) >= MUST_VERIFY else 1


def summary() -> Paper:
    """The paper that is measured."""
    body = "\n".join(_WORDS.format("{{科普.读本}}") for _ in range(_FIGURES))
    read = gongwen.parse(
        f"---\n文种：总结\n机关：云州市科学技术协会\n成文日期：2020-06-20\n---\n# 活动总结\n{body}"
    )
    figures = [Figure(slot.index, f"f{slot.index}", "k", "科普.读本", _TEXT, 3) for slot in read.slots]
    return gongwen.fill(read, figures)


_numbers = iter(range(10**9))


def _write_afresh(paper: Paper) -> bytes:
    """Each time another paper: what the writer remembers of the last ones must not help."""
    first, *others = paper.blocks
    at = next(_numbers)
    changed = gongwen.Paragraph((*first.inlines, gongwen.Text(f"补{at}")))  # type: ignore[union-attr]
    return gongwen.write(Paper(paper.meta, paper.title, (changed, *others)), key=KEY)


def _rate(job: Callable[[], object], least: float = 0.4) -> float:
    """Runs a second of CPU time, the median of ROUNDS."""
    job()
    rates = []
    for _ in range(ROUNDS):
        begun, runs = process_time(), 0
        while process_time() - begun < least:
            job()
            runs += 1
        rates.append(runs / (process_time() - begun))
    return median(rates)


def _python_docx() -> bytes:
    """The same words with a content control a figure, as one writes them with python-docx."""
    document = docx.Document()
    document.add_paragraph("活动总结")
    for _ in range(_FIGURES):
        before, after = _WORDS.split("{}")
        paragraph = document.add_paragraph(before)
        control, properties, content = (OxmlElement(f"w:{tag}") for tag in ("sdt", "sdtPr", "sdtContent"))
        tag = OxmlElement("w:tag")
        tag.set(qn("w:val"), "fig")
        properties.append(tag)
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = _TEXT
        run.append(text)
        content.append(run)
        control.extend((properties, content))
        paragraph._p.append(control)
        paragraph.add_run(after)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_TEMPLATED = """
import io, json, sys
from statistics import median
from time import process_time
from docxtpl import DocxTemplate
template, rounds, least = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
def write():
    document = DocxTemplate(template)
    document.render({f"f{at}": "TEXT" for at in range(25)})
    out = io.BytesIO(); document.save(out)
write()
rates = []
for _ in range(rounds):
    begun, runs = process_time(), 0
    while process_time() - begun < least:
        write(); runs += 1
    rates.append(runs / (process_time() - begun))
print(json.dumps(median(rates)))
"""


def _docxtpl() -> float | None:
    """docxtpl's rate, measured in its own environment; None when it cannot be had."""
    python = _PLACE / "bin" / "python"
    if not python.exists():
        if os.environ.get("HEARTH_BENCH_OFFLINE"):
            return None
        venv.create(_PLACE, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", DOCXTPL], check=True)
    document = docx.Document()
    document.add_paragraph("活动总结")
    for at in range(_FIGURES):
        document.add_paragraph(
            _WORDS.format(f"{{{{{{ f{at} }}}}}}".replace("{{{", "{{").replace("}}}", "}}"))
        )
    template = _PLACE / "template.docx"
    document.save(str(template))
    script = _TEMPLATED.replace("TEXT", _TEXT)
    command = [python, "-c", script, str(template), str(ROUNDS), "0.4"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        print(answer.stderr, file=sys.stderr)
        return None
    return float(json.loads(answer.stdout))
