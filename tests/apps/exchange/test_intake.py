import pytest

from hearth.apps.exchange import actions, intake, queries
from hearth.apps.exchange.models import Demand, Match, Offer
from hearth.lib.faults import Refused
from hearth.lib.sheets import read_xlsx
from hearth.lib.wall import scope
from tests.apps.campaigns import example
from tests.apps.campaigns.building import names_of, typed
from tests.apps.exchange import building

pytestmark = pytest.mark.django_db
DEMANDS = "编号 名称 单位 领域 主要问题 技术指标 关键词 保密 联系人 回避单位"


@pytest.fixture
def x():
    built = building.build()
    with scope(built.house.province.path):
        yield built


def take_demands(x, text: str) -> None:
    reading = typed({intake.DEMANDS: f"{DEMANDS}\n{text}"})
    intake.take_demands(reading, x.campaign, names_of(x.house))


def take_offers(x, *, experts: str = "", achievements: str = "", facilities: str = "") -> None:
    reading = typed(
        {
            intake.EXPERTS: f"编号 姓名 单位 职称 领域 研究方向 代表成果 关键词 回避单位\n{experts}",
            intake.ACHIEVEMENTS: f"编号 名称 单位 完成人 领域 简介 关键词\n{achievements}",
            intake.FACILITIES: f"编号 名称 单位 领域 用途 关键词\n{facilities}",
        }
    )
    intake.take_offers(reading, x.campaign, names_of(x.house))


def test_a_demand_belongs_to_its_enterprise(x):
    take_demands(x, "XQ-9 钢渣 丑厂 建材 结块 不结块 钢渣 内部 赵一 省材料所、市检测")
    taken = Demand.objects.get(number="XQ-9")
    assert (taken.org, taken.contact, taken.avoid) == (x.house.enterprise, x.house.person, "省材料所、市检测")


def test_every_fault_of_demands_is_told_and_nothing_is_kept(x):
    before = Demand.objects.count()
    with pytest.raises(Refused) as refused:
        take_demands(
            x,
            "XQ-8 甲 丑场 建材 问题 指标 词 内部 赵乙 省材所\n"
            "XQ-9 乙 省材料所 建材 问题 指标 词 内部 - -\n"
            "XQ-1 丙 丑厂 建材 问题 指标 词 公开 - -",
        )
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [
        (2, "单位"),
        (2, "联系人"),
        (2, "回避单位"),
        (3, "单位"),
        (4, "编号"),
    ]
    assert "丑厂" in refused.value.faults[0].cure
    assert Demand.objects.count() == before


def test_offers_of_three_kinds_name_their_providers(x):
    take_offers(
        x,
        experts="ZJ-9 赵一 甲市科协 研究员 建材 方向 成果 词 丑厂",
        achievements="CG-9 成果 省材料所 孙三 建材 简介 词\nCG-10 成果二 省材料所 - 建材 简介 词",
        facilities="SS-9 磨机 市检测 建材 粉磨 词",
    )
    taken = {offer.number: offer for offer in Offer.objects.select_related("org", "provider")}
    assert (taken["ZJ-9"].holder, taken["ZJ-9"].avoid) == ("赵一", "丑厂")
    assert (taken["CG-9"].holder, taken["CG-9"].org) == ("孙三", x.house.city)
    assert (taken["CG-10"].holder, taken["CG-10"].provider) == ("", x.institute)
    assert taken["SS-9"].org == x.lab


def test_faults_of_all_offer_tables_come_together(x):
    with pytest.raises(Refused) as refused:
        take_offers(
            x,
            experts="ZJ-9 孙四 省材料所 研究员 建材 方向 成果 词 无此厂",
            achievements="CG-9 成果 省材料索 无名氏 建材 简介 词",
            facilities="CG-9 磨机 市检测 建材 粉磨 词",
        )
    assert [(fault.file.removesuffix(".csv"), fault.column) for fault in refused.value.faults] == [
        ("专家", "姓名"),
        ("专家", "回避单位"),
        ("成果", "单位"),
        ("成果", "完成人"),
        ("设施", "编号"),
    ]


def test_the_example_is_taken_whole_and_matches_at_the_scope_of_its_city():
    root = example.take_directory()
    with scope(root.path):
        campaign, names = example.take_frame(root)
        names.load()
        demands = read_xlsx(example.FOLDER / "demands.xlsx", intake.DEMAND_TABLES)
        offers = read_xlsx(example.FOLDER / "offers.xlsx", intake.OFFER_TABLES)
        intake.take_demands(demands, campaign, names)
        intake.take_offers(offers, campaign, names)
    by = type(names.by).house(campaign.org)
    with scope(campaign.org.path):
        assert queries.demands(by, campaign).count() == sum(map(len, demands.rows.values()))
        assert queries.offers(by, campaign).count() == sum(map(len, offers.rows.values()))
        actions.match_all(campaign=campaign, by=by)
        assert actions.assign(campaign=campaign, per_demand=2, per_offer=4, by=by) == ()
        assert Match.objects.filter(demand__number="XQ-001", rank__lte=3, offer__holder="韩致远").exists()
