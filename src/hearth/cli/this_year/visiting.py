"""Visits to scientists, what they found hard and what became of it, and who keeps in touch with whom."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from hearth.cli import deeds
from hearth.cli.this_year.office import Office

if TYPE_CHECKING:
    from hearth.apps.visits.actions import Difficulty
    from hearth.apps.visits.models import Case, Visit
    from hearth.apps.visits.states import Matter

_MONTH = 30


@dataclass(frozen=True)
class _Told:
    """What one visit brought: from whom, how many days ago, what is hard and who sees to it."""

    name: str
    field: str
    after: int
    progress: str
    difficulty: str
    handler: str
    suggestion: str
    private: str = ""
    retired: bool = False
    becomes_a_demand: bool = False


_VISITS = (
    _Told(
        "段知行",
        "呼吸危重症",
        -4,
        "多学科讨论已经成了每周的例会，正在整理第二批病例。",
        "检验结果要等两天，病人住不起",
        "曾令仪",
        "各院的检验结果互相承认",
    ),
    _Told(
        "鲁望舒",
        "文字识别",
        -2,
        "给县志馆转写的旧档案过了一万页，准备开放查询。",
        "算力不足，训练一次要排队半个月",
        "邓小荷",
        "公共算力提前公布可用时段",
    ),
    _Told(
        "邱柏松",
        "精密铸造",
        -4,
        "薄壁件的模具改了三版，样件送到用户那里试装。",
        "薄壁铝铸件气孔多，X光检出一成要报废，找不到原因",
        "林之远",
        "请懂凝固模拟的老师来车间看一天",
        becomes_a_demand=True,
    ),
    _Told(
        "宋怀谷",
        "公路养护",
        -3,
        "退休以后还在替县里看桥，写了四万字的养护笔记。",
        "笔记想印成册子发给养护站，没有经费",
        "贺立群",
        "让退休的同志带一带养护站的年轻人",
        private="家里老伴住院，上下楼要人搀，想换一套低楼层的公租房",
        retired=True,
    ),
)
_ANSWER = "册子由市科协科普经费印三百本，下月送到各养护站，样书先请您过目。"


def visit(office: Office) -> None:
    """Four visits: one difficulty is settled to the person's satisfaction, one told in confidence, one became a demand."""
    from hearth.apps.visits import actions

    for told in _VISITS:
        made = _receive(office, told)
        if told.private:
            _settle(office, made.cases.get(private=False))
        if told.becomes_a_demand:
            actions.draft_demand(visit=made, by=office.officer)
    _keep_in_touch(office)


def _receive(office: Office, told: _Told) -> "Visit":
    from hearth.apps.visits import actions
    from hearth.apps.visits.actions import Entry, Given
    from hearth.apps.visits.states import Manner, Matter, VisitedKind

    person = deeds.person(told.name)
    difficulties = [_difficulty(office, told, told.difficulty, None)]
    if told.private:
        difficulties.append(_difficulty(office, told, told.private, Matter.FAMILY))
    entry = Entry(
        key=uuid4(),
        campaign=office.campaign,
        visited_on=office.day(told.after),
        place="家中" if told.retired else person.org.name,
        manner=Manner.HOME,
        name=told.name,
        unit=person.org,
        title=person.title,
        field=told.field,
        kind=VisitedKind.RETIRED if told.retired else VisitedKind.FRONT_LINE,
        leader="秦佑民",
        on_behalf_of="",
        companions="贺立群、范敏",
        recorder="范敏",
        progress=told.progress,
        achievements="",
        may_publish=True,
        difficulties=difficulties,
        suggestions=(told.suggestion,),
        gifts=(Given(what="慰问信、科技图书", quantity=1, money=None),),
    )
    return actions.receive(entry=entry, by=office.officer)


def _difficulty(office: Office, told: _Told, text: str, matter: "Matter | None") -> "Difficulty":
    from hearth.apps.visits.actions import Difficulty
    from hearth.apps.visits.states import CaseKind, Urgency

    return Difficulty(
        text=text,
        kind=CaseKind.LIFE if matter else CaseKind.RESEARCH,
        urgency=Urgency.MONTH,
        matter=matter,
        person=deeds.person(told.handler),
        due=office.day(told.after + _MONTH),
    )


def _settle(office: Office, case: "Case") -> None:
    """Handled, answered, and the person is satisfied."""
    from hearth.apps.visits import actions
    from hearth.apps.visits.states import Satisfaction

    case = actions.settle(case=case, answer=_ANSWER, by=office.officer)
    person = case.visit.person
    actions.reply(
        case=case,
        solved=True,
        satisfaction=Satisfaction.SATISFIED,
        words="样书收到了，字再大一号就更好。",
        by=office.as_person(person.name),
    )


def _keep_in_touch(office: Office) -> None:
    from hearth.apps.visits import actions

    for cadre, scientist in (
        ("贺立群", "段知行"),
        ("范敏", "鲁望舒"),
        ("林之远", "蓝映雪"),
        ("白露", "宋怀谷"),
    ):
        actions.keep_contact(cadre=deeds.person(cadre), scientist=deeds.person(scientist), by=office.officer)
