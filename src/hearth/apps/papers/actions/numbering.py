"""文号: given when a paper is issued, by organ, 机关代字 and year, without gaps; and 发文登记.

A number that the source leaves open (云科协发〔2020〕号) is the next of its series. One written by hand is taken when it is
the next, or when it is lower and nobody has it (a number given on paper before). The first number of a series, written by
hand or not, opens the series. A number of any other shape is registered outside the series.
"""

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.papers import gongwen
from hearth.apps.papers.actions.steps import PaperRefused, may
from hearth.apps.papers.models import Paper, Registration, Series
from hearth.apps.papers.rules import DocumentNumber, document_number

FIRST_YEAR, LAST_YEAR = 1950, 2999


@transaction.atomic
def open_series(*, code: str, year: int, last: int, by: Actor) -> Series:
    """Tell which number was the last that was given on paper, before Hearth goes on counting."""
    may(by, Permission.ISSUE_PAPERS)
    number = document_number(code.strip())
    if number is None or number.year is not None:
        raise PaperRefused("机关代字只写代字，如“云科协发”；不写年份、括号和号。")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PaperRefused(f"年份要写全，在 {FIRST_YEAR} 到 {LAST_YEAR} 之间。")
    series, is_new = Series.objects.get_or_create(
        org=by.org,
        code=number.code,
        year=year,
        defaults={"first": last + 1, "last": last, "org_path": by.org.path},
    )
    if not is_new:
        raise PaperRefused(f"{series}已经在用，最后一号是 {series.last}，不用再登记。")
    audit.record("登记文号序列", series, by=by, now=str(last))
    return series


def give_number(paper: Paper, code: str, by: Actor) -> None:
    """Give ``paper`` the number it is issued under. ``code`` is used when the source names none; empty for no number."""
    written = gongwen.number_written(paper)
    wanted = document_number(written or code)
    if wanted is None:
        _register(paper, None, None, written, by)
        return
    series = _locked_series(paper, wanted)
    serial = _serial(series, wanted)
    series.last = max(series.last, serial)
    series.save()
    _register(paper, series, serial, str(DocumentNumber(series.code, series.year, serial)), by)


def _locked_series(paper: Paper, wanted: DocumentNumber) -> Series:
    """The series, its row locked until the issue is over: who comes second waits, and a rolled back issue leaves no gap."""
    first = wanted.serial or 1
    year = wanted.year or timezone.localdate().year
    Series.objects.bulk_create(
        [
            Series(
                org_id=paper.org_id,
                org_path=paper.org_path,
                code=wanted.code,
                year=year,
                first=first,
                last=first - 1,
            )
        ],
        ignore_conflicts=True,
    )
    found: Series = Series.objects.select_for_update().get(org=paper.org, code=wanted.code, year=year)
    return found


def _serial(series: Series, wanted: DocumentNumber) -> int:
    following = series.last + 1
    serial = wanted.serial or following
    if serial > following:
        raise PaperRefused(
            f"“{wanted}”会跳号：{series}的下一号是 {following}。请改成下一号，或写成“{series}号”，印发时给号。"
        )
    taken = Registration.objects.filter(series=series, serial=serial).select_related("paper").first()
    if taken:
        raise PaperRefused(
            f"“{wanted}”已经用在{taken.paper}上。请写成“{series}号”，印发时给下一号 {following}。"
        )
    return serial


def _register(paper: Paper, series: Series | None, serial: int | None, number: str, by: Actor) -> None:
    if not number:
        return
    others = Paper.objects.filter(org=paper.org, number=number).exclude(pk=paper.pk)
    taken = others.first() if series is None else others.filter(registration=None).first()
    if taken:
        raise PaperRefused(f"文号“{number}”已经用在{taken}上，请换一个。")
    paper.number = number
    Registration.objects.create(
        org=paper.org,
        paper=paper,
        series=series,
        serial=serial,
        number=number,
        recipients=gongwen.recipients(paper)[:300],
        given_by=by.name,
    )
