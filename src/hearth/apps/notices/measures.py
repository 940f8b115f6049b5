"""What came back from below."""

from django.db.models import QuerySet

from hearth.apps.measures.rules import Measure, day, distinct, total
from hearth.apps.notices.models import Notice, Return
from hearth.apps.notices.states import ReturnState


def _sent(subject: int) -> QuerySet[Return]:
    return Return.objects.filter(campaign=subject, state=ReturnState.SENT).select_related("org")


def _study_notices(subject: int) -> QuerySet[Notice]:
    """Notices that ask for a return: the study notice of the campaign."""
    return Notice.objects.filter(campaign=subject, wants_return=True)


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
    Measure(
        "notices.sessions",
        "报送.场次",
        "场",
        "各单位学习讨论场次之和",
        _sent,
        total("sessions", "场"),
        lambda answer: answer.sessions or 0,
    ),
    Measure(
        "notices.people",
        "报送.人数",
        "人次",
        "各单位参加人数之和",
        _sent,
        total("people", "人次"),
        lambda answer: answer.people or 0,
    ),
)
