"""How days read on the screen: 6月3日, with the year only when it is not the expected one."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.dateformat import time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Day = date | datetime
WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


def day(value: Day, year: int | None = None) -> str:
    """``6月3日``; ``2020年6月3日`` when that is not the reference ``year`` (this year unless given)."""
    shown = _local(value)
    expected = year or timezone.localdate().year
    return date_format(shown, gettext("n月j日") if shown.year == expected else gettext("Y年n月j日"))


def whole_day(value: Day) -> str:
    """``2020年6月3日``: with its year always, for what is read years later."""
    return date_format(_local(value), gettext("Y年n月j日"))


def weekday(value: Day) -> str:
    """``周五``"""
    return str(WEEKDAYS[_local(value).weekday()])


def clock(value: datetime) -> str:
    """``13:30``"""
    return time_format(timezone.localtime(value).time(), "H:i")


def moment(value: datetime, year: int | None = None) -> str:
    """``6月12日（周五）13:30``"""
    return gettext("%(day)s（%(weekday)s）%(clock)s") % {
        "day": day(value, year),
        "weekday": weekday(value),
        "clock": clock(value),
    }


def span(first: Day, last: Day, year: int | None = None) -> str:
    """``5月20日—6月12日``; one day stands alone, and the last year is not said twice."""
    if _local(first) == _local(last):
        return day(first, year)
    return f"{day(first, year)}—{day(last, _local(first).year)}"


def _local(value: Day) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
