"""What the house already knows of an organisation, to be filled in before it is asked."""

from dataclasses import dataclass

from hearth.apps.measures import queries as measures
from hearth.apps.notices.models import Return
from hearth.apps.notices.queries import last_of, said


@dataclass(frozen=True)
class Known:
    """A value for a field with its origin: the records of a measure, or the last return (then it is only told)."""

    text: str
    records: int = 0
    measure: str = ""
    last: str = ""


def known(returned: Return) -> dict[str, Known]:
    """By field: counts of the organisation's own records, else what it sent last time."""
    found = _last(returned)
    for one in returned.form:
        if one.known and (counted := _counted(one.known, returned)):
            found[one.key] = counted
    return found


def _counted(name: str, returned: Return) -> Known | None:
    """The measure over the organisation's own records only; None when there is none, or the measure is gone."""
    try:
        measure = measures.find(name)
    except measures.UnknownMeasure:
        return None
    rows = measure.records(returned.campaign_id).filter(org=returned.org_id)
    number = rows.count()
    value = measure.value(rows) if number else None
    return Known(str(value.number), number, measure.name) if value and value.number is not None else None


def _last(returned: Return) -> dict[str, Known]:
    last = last_of(returned)
    if last is None:
        return {}
    keys = returned.form.keys
    return {
        name: Known(text, last=f"{last.notice_title}（{last.issued_on.year}年）")
        for name, text in said(last).items()
        if name in keys
    }
