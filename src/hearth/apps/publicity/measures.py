"""What the press brought."""

from django.db.models import QuerySet

from hearth.apps.measures.rules import Measure, Value, count, day, distinct
from hearth.apps.measures.states import Shape
from hearth.apps.publicity.models import Placement, Profile
from hearth.apps.publicity.states import REVIEWED, Channel, Origin, PlacementKind


def _placements(subject: int) -> QuerySet[Placement]:
    return Placement.objects.filter(campaign=subject)


def _profiles_in_print(subject: int) -> QuerySet[Placement]:
    return _placements(subject).filter(kind=PlacementKind.PROFILE, channel=Channel.NEWSPAPER)


def _middle_day(rows: QuerySet[Placement]) -> Value | None:
    """The day in the middle, with the first and last behind it, so that '前后' can be checked against all of them."""
    days = list(rows.order_by("placed_on").values_list("placed_on", flat=True))
    return Value(Shape.DATE, start=days[len(days) // 2], around=(days[0], days[-1])) if days else None


MEASURES = (
    Measure(
        "publicity.placements", "宣传.刊播", "篇", "刊登、播出和发布的篇数，含转载", _placements, count("篇")
    ),
    Measure("publicity.channels", "宣传.渠道", "种", "用到的渠道", _placements, distinct("channel", "种")),
    Measure(
        "publicity.originals",
        "宣传.原发",
        "篇",
        "原发的篇数，不含转载",
        lambda subject: _placements(subject).filter(origin=Origin.ORIGINAL),
        count("篇"),
    ),
    Measure(
        "publicity.profiles",
        "宣传.事迹",
        "篇",
        "经本人同意并审核的典型事迹",
        lambda subject: Profile.objects.filter(campaign=subject, stage__in=REVIEWED),
        count("篇"),
    ),
    Measure(
        "publicity.profile_days",
        "宣传.事迹日",
        "",
        "典型事迹见报的日子，取中间一天",
        _profiles_in_print,
        _middle_day,
        lambda placement: str(placement.placed_on),
    ),
    Measure(
        "publicity.letter_day",
        "慰问信.刊登日",
        "",
        "慰问信首次见报的日子",
        lambda subject: _placements(subject).filter(
            kind=PlacementKind.LETTER, origin=Origin.ORIGINAL, channel=Channel.NEWSPAPER
        ),
        day("placed_on"),
        lambda placement: str(placement.placed_on),
    ),
)
