"""What the forum was."""

from django.db.models import QuerySet
from django.utils import timezone

from hearth.apps.measures.rules import Measure, count, day
from hearth.apps.meetings.models import Attendance, Forum, Place


def _forums(subject: int) -> QuerySet[Forum]:
    return Forum.objects.filter(campaign=subject)


MEASURES = (
    Measure(
        "meetings.day",
        "对接会.日期",
        "",
        "对接会举行的日子",
        _forums,
        day("held_on"),
        lambda f: str(f.held_on),
    ),
    Measure(
        "meetings.attendance",
        "对接会.参加人数",
        "人",
        "在门口签到的人，同一人只计一次",
        lambda subject: Attendance.objects.filter(campaign=subject),
        count("人"),
        lambda attendance: f"{timezone.localtime(attendance.came_at):%H:%M}",
    ),
    Measure(
        "meetings.meetings",
        "洽谈.场次",
        "场",
        "排定时间和桌号的一对一洽谈",
        lambda subject: Place.objects.filter(forum__campaign=subject).select_related(
            "slot", "meeting__company", "meeting__expert"
        ),
        count("场"),
        lambda place: f"{place.slot} {place.table}号桌",
    ),
)
