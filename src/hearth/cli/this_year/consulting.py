"""Anyone may still say what he wants; what was said first was studied at a meeting, has its answer, and stands in minutes."""

from typing import TYPE_CHECKING

from hearth.cli import deeds
from hearth.cli.this_year.office import Office

if TYPE_CHECKING:
    from hearth.apps.campaigns.models import Consultation, Session, Suggestion

_QUESTIONS = ("今年的活动，您最希望办什么？", "去年哪些地方要改？")
_OPINIONS = (
    (
        "段知行",
        "市一医院",
        "把义诊和科普放在同一天，病人家属也能听一听。",
        "座谈会少念稿子，留一半时间提问。",
    ),
    (
        "鲁望舒",
        "云州学院",
        "请企业把真问题带来，年轻教师愿意当场试一试。",
        "报名入口藏得太深，手机上找不到。",
    ),
    ("庄稼生", "市农科院", "科普进校园也去乡镇中心小学，展板做轻一些，好搬。", ""),
    ("", "", "给科技工作者的孩子安排一天实验室开放日。", "通知来得太晚，排不开班。"),
    ("骆采薇", "云岭茶业", "茶山上办一场现场会，比在礼堂里讲明白。", "走访之后希望有回音。"),
)
_SAID_AGAIN = ("报名要在手机上一打开就看见", "报名入口藏得太深")
"""What says the same, and the suggestion that it was joined to."""
_HANDLED = (
    (
        "把义诊和科普放在同一天",
        "adopted",
        "三、（五）",
        "主会场当天请市一医院义诊，给家属留座位。",
    ),
    ("座谈会少念稿子", "adopted", "三、（四）", "改为发言从简，留一半时间提问。"),
    (
        "给科技工作者的孩子",
        "declined",
        "",
        "实验室对未成年人开放要先做安全评估，今年来不及，已列入明年的打算。",
    ),
)
_INVITED = ("阮怀玉", "宋怀谷", "封子岳", "詹远帆")
_BY_LINK = (
    (
        "阮怀玉",
        "请把走访放在下午，上午门诊走不开。",
        "报名要在手机上一打开就看见，最好通知里就有链接。",
    ),
    ("宋怀谷", "退休的同志愿意去学校讲课，请给我们排两场。", ""),
)
_DECISIONS = (
    "原则同意今年的活动方案，由办公室按会上意见修改后与市科技局会签\n"
    "主会场当天请市一医院义诊，给家属留出座位\n"
    "座谈会发言从简，多留时间提问\n"
    "网上报名入口放在活动首页，通知里附链接"
)


def ask(office: Office) -> None:
    """Ask everybody by a public page and some by their own links; decide at a meeting, tell the proposers."""
    from hearth.apps.campaigns import actions

    asked = _open(office)
    _answer(office, asked)
    _answer_by_link(office, asked)
    again, first = (_suggestion(office, begins) for begins in _SAID_AGAIN)
    actions.join(suggestion=again, to=first, by=office.officer)
    session = _meet(office)
    for begins, handling, clause, answer in _HANDLED:
        _handle(office, _suggestion(office, begins), (handling, clause, answer), session)
    _write_up(office, session)


def _open(office: Office) -> "Consultation":
    from hearth.apps.campaigns import actions
    from hearth.apps.campaigns.states import Naming

    return actions.consult(
        campaign=office.campaign,
        title="今年的科技工作者日怎么办，请您说一句",
        text="市科协正在准备今年的活动。说什么都可以，写一句也行；每一条都会有答复。",
        questions=_QUESTIONS,
        naming=Naming.CHOICE,
        is_public=True,
        closes_on=office.day(5),
        by=office.officer,
    )


def _answer(office: Office, asked: "Consultation") -> None:
    from hearth.apps.campaigns import actions

    for name, unit, *answers in _OPINIONS:
        by = office.as_person(name or "匿名")
        actions.answer(consultation=asked, answers=answers, name=name, unit=unit, unnamed=not name, by=by)


def _answer_by_link(office: Office, asked: "Consultation") -> None:
    from hearth.apps.campaigns import actions
    from hearth.apps.campaigns.models import Invitation

    actions.invite(consultation=asked, people=[deeds.person(name) for name in _INVITED], by=office.officer)
    for name, *answers in _BY_LINK:
        invitation = Invitation.objects.get(consultation=asked, person__name=name)
        actions.answer(
            consultation=asked,
            answers=answers,
            name=name,
            unit=invitation.person.org.short_name,
            invitation=invitation,
            by=office.as_person(name),
        )


def _suggestion(office: Office, begins: str) -> "Suggestion":
    from hearth.apps.campaigns.models import Suggestion

    found: Suggestion = Suggestion.objects.get(campaign=office.campaign, text__startswith=begins)
    return found


def _meet(office: Office) -> "Session":
    from hearth.apps.campaigns import actions

    return actions.record_session(
        campaign=office.campaign,
        held_on=office.day(-14),
        name="“全国科技工作者日”活动方案研究会",
        decisions=_DECISIONS,
        place="市科协三楼会议室",
        chair="秦佑民",
        attending="秦佑民、孙玉兰、叶仲明、周文澜、贺立群、白露",
        by=office.officer,
    )


def _handle(
    office: Office, suggestion: "Suggestion", outcome: tuple[str, str, str], session: "Session"
) -> None:
    from hearth.apps.campaigns import actions
    from hearth.apps.campaigns.states import Handling

    handling, clause, answer = outcome
    actions.handle(
        suggestion=suggestion,
        handling=Handling(handling),
        clause=clause,
        answer=answer,
        decided_in=session,
        by=office.officer,
    )


def _write_up(office: Office, session: "Session") -> None:
    """The minutes: what was decided, and what became of the suggestions."""
    from hearth.apps.papers.states import Kind
    from hearth.web.desk import paper_starts

    source = paper_starts.minutes(session, office.campaign.org.name, office.day(-13))
    office.issue(Kind.MINUTES, source)
