"""What is ready for a bad day: levels that fit this year, a plan B for rain that was drilled once, rain coats and buses."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hearth.cli import deeds
from hearth.cli.this_year.office import Office

if TYPE_CHECKING:
    from hearth.apps.contingency.models import PlanB
    from hearth.apps.outreach.models import OutreachEvent

_LEVELS: Mapping[int, tuple[str, str, str]] = {
    1: (
        "气象台发布红色预警，或者上级要求停止聚集活动",
        "停办全部现场活动；慰问信、典型事迹照常刊播；走访改为电话；对接洽谈改在线上。",
        "【云州市科协】因红色预警，原定现场活动全部停办。对接洽谈改在线上，时间不变。请不要前往会场。",
    ),
    2: (
        "气象台发布橙色预警，或者主会场预计到场人数超过核定容量",
        "室外活动停办，资料由学校代发；室内活动分上下午两批进场；走访只到室内。",
        "【云州市科协】活动调整为二级安排：室外活动停办，室内活动分批进场，请按短信所列时间到达。",
    ),
    3: (
        "当日预报有中雨以上，或者最高气温35℃以上",
        "室外活动按B案改到室内；备足雨衣、饮水和防暑药品；医疗点提前半小时到位。",
        "【云州市科协】明天可能有雨，室外活动改到室内，请看最新通知，提前十五分钟到场。",
    ),
    4: (
        "天气、场地和人员都正常",
        "按实施方案举行全部活动，保留签到和医疗点。",
        "【云州市科协】活动按原方案举行，请按通知时间到场。",
    ),
}
_RESOURCES = (
    ("雨衣", "200件", "龙启", "000-0000-0009"),
    ("大巴", "2辆，在校门口候命", "万长青", "000-0000-0011"),
    ("医疗点", "医生1名、护士2名，急救箱1个", "江一舟", "000-0000-0027"),
    ("扩音器", "4个，充好电", "白露", "000-0000-0008"),
)


def reword(office: Office) -> None:
    """The levels of the year before spoke of that year; the lowest is in force from the first day on."""
    from hearth.apps.campaigns.models import Level
    from hearth.apps.contingency import actions, queries

    for level in Level.objects.filter(campaign=office.campaign):
        trigger, measures, message = _LEVELS[level.rank]
        actions.amend_level(
            level=level,
            trigger=trigger,
            measures=measures,
            message=message,
            set_on=office.day(-20),
            by=office.officer,
        )
    lowest = Level.objects.get(campaign=office.campaign, rank=max(_LEVELS))
    outlook = queries.outlook(lowest, by=office.leader)
    why = "今天起按实施方案举行"
    actions.pull(of=lowest, why=why, message=lowest.message, seen=outlook.mark, by=office.leader)


def prepare_for_rain(office: Office, event: "OutreachEvent") -> None:
    from hearth.apps.contingency import actions
    from hearth.apps.contingency.states import What

    plan = actions.make_plan(
        campaign=office.campaign,
        name="下雨：改到体育馆",
        trigger="前一天下午四点，气象台预报次日上午有中雨以上",
        set_on=office.day(-8),
        lead=deeds.person("周文澜"),
        deputy=deeds.person("白露"),
        measures="主会场从操场改到体育馆，入口改走东门；展板先进馆，义诊桌放在门厅。",
        message="【云州市科协】因天气原因，科普进校园主会场改到学校体育馆，时间不变，请走东门。",
        by=office.officer,
    )
    actions.prepare(of=plan, activity=event, what=What.MOVED, place="学校体育馆（东门入）", by=office.officer)
    for name, amount, who, phone in _RESOURCES:
        actions.add_resource(
            campaign=office.campaign, name=name, amount=amount, who=who, phone=phone, by=office.officer
        )
    _drill(office, plan)


def _drill(office: Office, plan: "PlanB") -> None:
    from hearth.apps.contingency import actions, queries

    actions.pull(
        of=plan,
        why="活动前演练一遍：从决定到都告诉到，要在半小时内",
        message=plan.message,
        seen=queries.outlook(plan, by=office.officer).mark,
        is_drill=True,
        by=office.officer,
    )
