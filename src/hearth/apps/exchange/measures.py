"""What the exchange holds and proposed."""

from django.db.models import QuerySet

from hearth.apps.exchange.models import Demand, Match, Offer
from hearth.apps.exchange.states import Judgement, OfferKind
from hearth.apps.measures.rules import Measure, count


def _offers(kind: OfferKind, key: str, name: str, unit: str, definition: str) -> Measure:
    def records(subject: int) -> QuerySet[Offer]:
        return Offer.objects.filter(campaign=subject, kind=kind, is_draft=False)

    return Measure(key, name, unit, definition, records, count(unit))


MEASURES = (
    Measure(
        "exchange.demands",
        "需求.征集",
        "项",
        "企业登记的技术需求",
        lambda subject: Demand.objects.filter(campaign=subject, is_draft=False),
        count("项"),
    ),
    _offers(OfferKind.EXPERT, "exchange.experts", "供给.专家", "名", "登记的专家"),
    _offers(OfferKind.ACHIEVEMENT, "exchange.achievements", "供给.成果", "项", "登记的科技成果"),
    _offers(OfferKind.FACILITY, "exchange.facilities", "供给.设施", "台套", "登记的仪器设施"),
    Measure(
        "exchange.proposals",
        "推荐.对数",
        "对",
        "经纪人推荐给双方的需求与供给",
        lambda subject: Match.objects.filter(campaign=subject, judgement=Judgement.PROPOSED).select_related(
            "demand", "offer"
        ),
        count("对"),
    ),
)
