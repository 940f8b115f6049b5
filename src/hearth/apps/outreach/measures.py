"""What outreach brought to schools."""

from django.db.models import QuerySet

from hearth.apps.measures.rules import Measure, count, distinct, total
from hearth.apps.outreach.models import Movement, OutreachEvent
from hearth.apps.outreach.states import Direction, MaterialKind


def _events(subject: int) -> QuerySet[OutreachEvent]:
    return OutreachEvent.objects.filter(campaign=subject, cancelled_at=None).select_related("school")


def _handed_out(key: str, name: str, kind: MaterialKind, unit: str, what: str) -> Measure:
    return Measure(
        key,
        name,
        unit,
        f"发给师生或学校并签收的{what}",
        lambda subject: Movement.objects.filter(
            campaign=subject, material__kind=kind, direction=Direction.GIVEN
        ).select_related("material", "event"),
        total("quantity", unit),
        lambda movement: movement.quantity,
    )


MEASURES = (
    Measure("outreach.events", "科普.场次", "场", "已登记的科普活动", _events, count("场")),
    Measure(
        "outreach.schools", "科普.学校", "所", "到过的学校，同一所只计一次", _events, distinct("school", "所")
    ),
    Measure(
        "outreach.people",
        "科普.师生",
        "人",
        "各场参加人数之和",
        _events,
        total("attendance", "人"),
        lambda event: event.attendance or 0,
    ),
    Measure(
        "outreach.boards",
        "科普.展板",
        "块",
        "在现场展出的展板",
        lambda subject: Movement.objects.filter(
            campaign=subject, material__kind=MaterialKind.BOARD, direction=Direction.SHOWN
        ).select_related("material", "event"),
        total("quantity", "块"),
        lambda movement: movement.quantity,
    ),
    _handed_out("outreach.booklets", "科普.读本", MaterialKind.BOOKLET, "册", "科普读本"),
    _handed_out("outreach.leaflets", "科普.宣传页", MaterialKind.LEAFLET, "份", "宣传页"),
    _handed_out("outreach.gifts", "科普.礼品", MaterialKind.GIFT, "个", "手提袋、围裙、水杯等物品"),
)
