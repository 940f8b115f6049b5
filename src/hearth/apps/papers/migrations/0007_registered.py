"""Register papers that were issued under a number before there was a 发文登记.

Their numbers lie before the first that the house counts, so no gap appears in a series. A number that another paper of the
series has in another spelling is registered outside the series. What somebody must look at stands in the audit trail.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.db import migrations
from django.db.models import F

NUMBER = re.compile(
    r"(?P<code>[^\s〔〕\d]{2,20})〔(?P<year>(?:19[5-9]|2\d{2})\d)〕第?(?P<serial>[1-9]\d{0,4})号"
)
RECIPIENTS = re.compile(r"(?m)^(?:.*[ 　])?主送：[^\S\n]*(\S.*)$")
WHO = "系统升级"


def register(apps: Any, _editor: Any) -> None:
    """Write one registration a paper, oldest first, and one audit event an organisation."""
    waiting = (
        apps.get_model("papers", "Paper")
        .objects.filter(issued_at__isnull=False, registration=None)
        .exclude(number="")
        .order_by("org_id", "issued_at", "id")
    )
    by_org: dict[tuple[int, str], list[Any]] = {}
    for paper in waiting:
        by_org.setdefault((paper.org_id, paper.org_path), []).append(paper)
    for (org_id, org_path), papers in by_org.items():
        series_of = _series(apps, papers)
        twice = [number for paper in papers for number in _register(apps, paper, series_of)]
        apps.get_model("audit", "Event").objects.create(
            org_id=org_id,
            org_path=org_path,
            who=WHO,
            verb="补登发文登记",
            thing="papers.registration",
            label=f"{len(papers)} 件已印发公文",
            detail={"补登": len(papers), "重号": twice, "缺号": [*_gaps(apps, series_of)]},
        )


def _series(apps: Any, papers: list[Any]) -> dict[tuple[str, int], Any]:
    """The series of these papers. A new one counts from the number after them; one in use goes on after the highest."""
    model = apps.get_model("papers", "Series")
    highest: dict[tuple[str, int], int] = {}
    for paper in papers:
        if number := NUMBER.fullmatch(paper.number):
            key = number["code"], int(number["year"])
            highest[key] = max(highest.get(key, 0), int(number["serial"]))
    found = {}
    for (code, year), last in highest.items():
        series, is_new = model.objects.get_or_create(
            org_id=papers[0].org_id,
            code=code,
            year=year,
            defaults={"org_path": papers[0].org_path, "first": last + 1, "last": last},
        )
        if not is_new and series.last < last:
            series.last = last
            series.save()
        found[code, year] = series
    return found


def _register(apps: Any, paper: Any, series_of: dict[tuple[str, int], Any]) -> Iterator[str]:
    """Register one paper; the number comes back when its serial is taken."""
    model = apps.get_model("papers", "Registration")
    number = NUMBER.fullmatch(paper.number)
    series = series_of[number["code"], int(number["year"])] if number else None
    serial = int(number["serial"]) if number else None
    if series and model.objects.filter(series=series, serial=serial).exists():
        series = serial = None
        yield paper.number
    recipients = RECIPIENTS.search(paper.source.partition("\n---")[0])
    made = model.objects.create(
        org_id=paper.org_id,
        org_path=paper.org_path,
        paper=paper,
        series=series,
        serial=serial,
        number=paper.number,
        recipients=recipients[1].strip()[:300] if recipients else "",
        given_by=WHO,
    )
    model.objects.filter(pk=made.pk).update(given_at=paper.issued_at)


def _gaps(apps: Any, series_of: dict[tuple[str, int], Any]) -> Iterator[str]:
    """Series in use that were behind their old papers, with how many numbers nobody has."""
    registered = apps.get_model("papers", "Registration").objects
    for (code, year), series in sorted(series_of.items()):
        counted = registered.filter(series=series, serial__gte=F("series__first")).count()
        if missing := series.last - series.first + 1 - counted:
            yield f"{code}〔{year}〕{series.first}至{series.last}号中缺{missing}个"


class Migration(migrations.Migration):
    dependencies = [("papers", "0006_reply_constraint"), ("audit", "0001_initial")]

    operations = [migrations.RunPython(register, migrations.RunPython.noop)]
