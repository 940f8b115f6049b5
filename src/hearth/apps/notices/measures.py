"""What came back from below."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum

from hearth.apps.measures.rules import Family, Measure, Value, day, distinct
from hearth.apps.measures.states import Shape
from hearth.apps.notices.models import Answer, Notice, Return
from hearth.apps.notices.states import ReturnState


def _sent(subject: int) -> QuerySet[Return]:
    return Return.objects.filter(campaign=subject, state=ReturnState.SENT).select_related("org")


def _study_notices(subject: int) -> QuerySet[Notice]:
    """Notices that ask for a return: the study notice of the campaign."""
    return Notice.objects.filter(campaign=subject, wants_return=True)


def _with_sum(rows: QuerySet[Any], keys: list[str]) -> QuerySet[Any]:
    """Each return with what it adds: ``said``, None where it says nothing of these fields."""
    own = Answer.objects.filter(returned=OuterRef("pk"), key__in=keys, number__isnull=False, counted=True)
    added = own.order_by().values("returned").annotate(sum=Sum("number")).values("sum")
    found: QuerySet[Any] = rows.annotate(said=Subquery(added, output_field=DecimalField()))
    return found


def _sum(unit: str) -> Callable[[QuerySet[Any]], Value]:
    def added(rows: QuerySet[Any]) -> Value:
        return Value(Shape.COUNT, number=_whole(rows.aggregate(sum=Sum("said", default=0))["sum"]), unit=unit)

    return added


def _sum_of(rows: QuerySet[Return], word: str) -> Value | None:
    first = rows.first()
    if first is None:
        return None
    return _sum(next(field.unit for field in first.form if field.label == word))(rows)


def _whole(number: Decimal | int | None) -> int:
    return round(number or 0)


def _field(key: str, name: str, unit: str, definition: str) -> Measure:
    return Measure(
        f"notices.{key}",
        name,
        unit,
        definition,
        lambda subject: _with_sum(_sent(subject), [key]),
        _sum(unit),
        lambda answer: _whole(answer.said),
    )


def _asked(word: str) -> Measure:
    """Any number that a notice of the campaign asks for with a definition, by its label."""

    def records(subject: int) -> QuerySet[Any]:
        keys = {
            (notice.pk, field.key)
            for notice in _study_notices(subject)
            for field in notice.form
            if field.label == word and field.is_number and field.definition
        }
        rows = _sent(subject).filter(notice__in=[notice for notice, _key in keys])
        return _with_sum(rows, sorted({key for _notice, key in keys})).exclude(said=None)

    return Measure(
        f"notices.asked.{word}",
        f"报送项.{word}",
        "",
        f"已报单位“{word}”一项之和，确认重复的只计一次",
        records,
        lambda rows: _sum_of(rows, word),
        lambda answer: _whole(answer.said),
    )


MEASURES = (
    Measure(
        "notices.issued_on",
        "通知.下发日",
        "",
        "要求报送的通知的下发日期",
        _study_notices,
        day("issued_on"),
        lambda notice: str(notice.issued_on),
    ),
    Measure(
        "notices.answered", "报送.单位", "家", "已报送的单位，退回修改的不计", _sent, distinct("org", "家")
    ),
    _field("sessions", "报送.场次", "场", "各单位学习讨论场次之和"),
    _field("people", "报送.人数", "人次", "各单位参加人数之和"),
)
FAMILIES = (Family("notices.asked", "报送项", _asked),)
