"""Taking in papers from source files."""

from hearth.apps.directory.models import Actor
from hearth.apps.files import actions as files
from hearth.apps.files.models import File
from hearth.apps.measures.models import Subject
from hearth.apps.papers import actions, gongwen
from hearth.apps.papers.models import Paper
from hearth.apps.papers.states import Kind
from hearth.lib import archives
from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Fault, Refused

KINDS = {
    "通知": Kind.NOTICE,
    "方案": Kind.PLAN,
    "实施方案": Kind.PLAN,
    "慰问信": Kind.LETTER,
    "纪要": Kind.MINUTES,
    "报告": Kind.REPORT,
    "协议": Kind.AGREEMENT,
    "总结": Kind.SUMMARY,
}


def take_paper(arrival: Arrival, subject: Subject, by: Actor) -> Paper:
    """Draft a paper from a source file. Raises Refused with the line that cannot stand."""
    try:
        source = arrival.data.decode("utf-8-sig")
        kind = gongwen.kind_of(source)
        if kind not in KINDS:
            arrival.refuse(found=kind, wanted=f"{'、'.join(KINDS)}之一")
        return actions.draft(subject=subject, kind=KINDS[kind], source=source, by=by)
    except UnicodeDecodeError:
        arrival.refuse(cure="文件不是 UTF-8。请用记事本打开，另存为 UTF-8 再传")
    except gongwen.SourceError as error:
        raise Refused([Fault(file=arrival.name, row=error.line, cure=str(error))]) from error
    except actions.PaperRefused as error:
        raise Refused([Fault(file=arrival.name, cure=str(error))]) from error


def take_word(arrival: Arrival, subject: Subject, kind: Kind, by: Actor) -> Paper:
    """Draft a paper from a Word file; what could not be carried over stands beside it. Raises Refused."""
    archives.check(arrival, archives.Kind.DOCX)
    try:
        found = gongwen.imported(arrival.data, subject.pk)
        return actions.draft(
            subject=subject,
            kind=KINDS.get(found.kind, kind),
            source=found.source,
            why=f"导入 {arrival.name}",
            notes=found.notes,
            pictures={name: _kept(arrival, name, data, by) for name, data in found.pictures.items()},
            by=by,
        )
    except (gongwen.BadDocument, gongwen.SourceError, actions.PaperRefused, files.FileRefused) as error:
        raise Refused([Fault(file=arrival.name, cure=str(error))]) from error


def _kept(arrival: Arrival, name: str, data: bytes, by: Actor) -> File:
    ending = "png" if data.startswith(b"\x89PNG") else "jpg"
    return files.keep(name=f"{arrival.name}-{name}.{ending}", data=data, by=by)
