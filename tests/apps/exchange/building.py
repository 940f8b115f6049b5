"""A handful of demands and offers in the small house; the sister city's institute stands beyond the wall."""

from dataclasses import dataclass

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory import actions as directory
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Kind, PersonKind
from hearth.apps.exchange import actions
from hearth.apps.exchange.models import Demand, Match, Offer
from hearth.apps.exchange.states import OfferKind, Secrecy
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building
from tests.apps.houses import House

SECRET_TITLE = "丙类涂层的烧结配方"


@dataclass(frozen=True)
class Exchange:
    house: House
    campaign: Campaign
    institute: Organisation
    outsider: Person
    lab: Organisation
    by: Actor
    slag: Demand
    secret: Demand
    expert: Offer
    achievement: Offer
    facility: Offer


def demand(number: str, title: str, **more) -> actions.DemandEntry:
    return actions.DemandEntry(
        number=number,
        title=title,
        field="建材",
        problem=more.pop("problem", "钢渣微粉掺入水泥后活性指数偏低，凝结时间拖长"),
        indicators="28天活性指数不低于85%",
        keywords=more.pop("keywords", "钢渣、微粉、水泥"),
        **more,
    )


def offer(number: str, title: str, kind: OfferKind = OfferKind.FACILITY, **more) -> actions.OfferEntry:
    return actions.OfferEntry(
        number=number,
        kind=kind,
        title=title,
        field="建材",
        text=more.pop("text", "钢渣与矿渣的粉磨、活性激发和水泥性能检测"),
        keywords=more.pop("keywords", "钢渣、水泥"),
        **more,
    )


def build() -> Exchange:
    house = houses.build()
    root = Actor.house(house.province)
    with scope(house.province.path):
        institute = directory.add_organisation(
            parent=house.province,
            code="I",
            name="试验省材料所",
            short_name="省材料所",
            kind=Kind.INSTITUTE,
            by=root,
        )
        lab = directory.add_organisation(
            parent=house.city,
            code="L",
            name="试验市检测中心",
            short_name="市检测",
            kind=Kind.INSTITUTE,
            by=root,
        )
        outsider = directory.add_person(org=institute, name="孙三", kind=PersonKind.EXPERT, by=root)
        campaign = building.start(house)
        slag = actions.register_demand(
            entry=demand("XQ-1", "钢渣微粉替代水泥", secrecy=Secrecy.PUBLIC),
            org=house.enterprise,
            campaign=campaign,
            by=root,
        )
        secret = actions.register_demand(
            entry=demand(
                "XQ-2",
                SECRET_TITLE,
                problem="丙类涂层在水泥窑内烧结后开裂，钢渣侵蚀严重",
                secrecy=Secrecy.SECRET,
                public_summary="窑内耐蚀涂层",
            ),
            org=house.enterprise,
            campaign=campaign,
            by=root,
        )
        expert = actions.register_offer(
            entry=offer("ZJ-1", "孙三 研究员", OfferKind.EXPERT, person=outsider),
            provider=institute,
            campaign=campaign,
            by=root,
        )
        achievement = actions.register_offer(
            entry=offer("CG-1", "钢渣复合激发剂", OfferKind.ACHIEVEMENT, person=outsider),
            provider=institute,
            campaign=campaign,
            by=root,
        )
        facility = actions.register_offer(
            entry=offer("SS-1", "粉磨中试线", text="钢渣粉磨，水泥胶砂强度检测，窑内涂层烧结试验"),
            provider=lab,
            campaign=campaign,
            by=root,
        )
    return Exchange(
        house,
        campaign,
        institute,
        outsider,
        lab,
        house.officer(),
        slag,
        secret,
        expert,
        achievement,
        facility,
    )


def match_of(demand: Demand, offer: Offer) -> Match:
    return Match.objects.get(demand=demand, offer=offer)
