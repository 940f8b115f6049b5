"""Taking in papers from source files."""

from hearth.apps.directory.models import Actor
from hearth.apps.measures.models import Subject
from hearth.apps.papers import actions, gongwen
from hearth.apps.papers.models import Paper
from hearth.apps.papers.states import Kind
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
