"""What stood in the media, what is told of people and events, and the letter that goes to those who were visited."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hearth.cli import deeds
from hearth.cli.this_year.office import Office

if TYPE_CHECKING:
    from hearth.apps.papers.models import Paper
    from hearth.apps.publicity.models import Article, Placement, PlannedItem, Profile
    from hearth.apps.publicity.states import PlacementKind

_PREVIEW, _OPEN_LETTER = "今年的全国科技工作者日，云州有这些活动", "致全市广大科技工作者的慰问信"
_PLANNED = (
    ("wechat", "云州科普微信", _PREVIEW, "白露", -6),
    ("newspaper", "云州日报", _OPEN_LETTER, "顾晓棠", -1),
    ("radio", "云州电台", "《早安云州》：科技工作者日访谈", "顾晓棠", 2),
    ("newspaper", "云州日报", "典型事迹：听得见水声的人", "顾晓棠", 4),
    ("television", "云州电视台", "科普进校园主会场新闻", "白露", 6),
)


@dataclass(frozen=True)
class _Placed:
    """What stood where, how many days ago, and how many it reached according to whom."""

    channel: str
    medium: str
    title: str
    after: int
    spot: str
    link: str
    reach: int
    source: str
    proof: str


_FIRST = _Placed(
    *("wechat", "云州科普微信", _PREVIEW, -6, "头条"),
    *("https://weixin.yunzhou.example/this-year", 5_870, "公众号后台", "截屏-01.png"),
)
_TAKEN_OVER = _Placed(
    *("new_media", "云州融媒", _PREVIEW, -5, "首页"),
    *("https://app.yunzhou.example/this-year", 9_310, "客户端后台", "截屏-02.png"),
)
_NEWS = _Placed(
    *("newspaper", "云州晚报", "科普大篷车开进石桥，孩子们排队看叶脉", -2, "第3版"),
    *("", 31_000, "发行量", "样报-01.pdf"),
)
_LETTER = _Placed(
    *("wechat", "云州科普微信", _OPEN_LETTER, -1, "头条"),
    *("https://weixin.yunzhou.example/letter", 7_420, "公众号后台", "截屏-03.png"),
)
_PROFILE = (
    "听得见水声的人",
    "城里的管网埋了几十年，哪里漏，图纸上看不出来。蓝映雪带着两位同事，把听漏仪改得只有手掌大，夜里一条街一条街地听。"
    "三个月，他们在老城区找到十一处暗漏，最深的一处在地下四米。\n\n"
    "有人问她苦不苦。她说，夜里安静，水声听得清楚，找到一处，心里就踏实一处。",
)
_WAITING_PROFILE = (
    "看护一炉好火",
    "谷正言在锅炉边站了二十多年。今年他把自己记的三十本运行日志交给了青年班组，一页一页讲给他们听。",
)
_ARTICLE = (
    "科普大篷车开进石桥实验小学",
    "操场上摆开四十米长的展板，孩子们排着队看显微镜下的叶脉。石桥实验小学的科学课老师说，这样的课，一学期上一次都不嫌多。"
    "\n\n本周还有两场：云州三中主会场和河湾学校分会场，都可以在网上报名。",
)


def publish(office: Office) -> None:
    """A plan with its first placements, a profile that its person agreed to, one that waits for its person, an article."""
    _plan(office)
    _tell_of_people(office)
    _send_to_the_press(office, _tell_of_an_event(office))


def _plan(office: Office) -> None:
    """The plan, and what was placed: its first item where it was meant to stand, taken over by somebody else, and news."""
    from hearth.apps.publicity import actions
    from hearth.apps.publicity.states import Channel, PlacementKind

    items = [
        actions.plan(
            campaign=office.campaign,
            channel=Channel(channel),
            medium=medium,
            title=title,
            planned_on=office.day(after),
            person=deeds.person(person),
            due=office.day(after - 2),
            by=office.officer,
        )
        for channel, medium, title, person, after in _PLANNED
    ]
    preview = PlacementKind.PREVIEW
    placed = _place(office, _FIRST, preview, planned=items[0])
    _place(office, _TAKEN_OVER, preview, reprint_of=placed)
    _place(office, _NEWS, PlacementKind.REPORT)


def _place(
    office: Office,
    placed: _Placed,
    kind: "PlacementKind",
    *,
    planned: "PlannedItem | None" = None,
    reprint_of: "Placement | None" = None,
    paper: "Paper | None" = None,
) -> "Placement":
    from hearth.apps.publicity import actions
    from hearth.apps.publicity.states import Channel, Origin

    return actions.place(
        campaign=office.campaign,
        placed_on=office.day(placed.after),
        channel=Channel(placed.channel),
        medium=placed.medium,
        title=placed.title,
        kind=kind,
        origin=Origin.REPRINT if reprint_of else Origin.ORIGINAL,
        spot=placed.spot,
        link=placed.link,
        reach=placed.reach,
        reach_source=placed.source,
        proof=placed.proof,
        planned=planned,
        reprint_of=reprint_of,
        paper=paper,
        by=office.officer,
    )


def _tell_of_people(office: Office) -> None:
    from hearth.apps.publicity import actions

    agreed = _write_profile(office, "蓝映雪", _PROFILE)
    actions.consent(
        profile=agreed, title=agreed.title, text=agreed.text, by=office.as_person(agreed.person.name)
    )
    agreed.refresh_from_db()
    actions.publish(story=actions.review(story=agreed, by=office.leader), by=office.officer)
    _write_profile(office, "谷正言", _WAITING_PROFILE)


def _tell_of_an_event(office: Office) -> "Article":
    from hearth.apps.publicity import actions

    title, text = _ARTICLE
    article = actions.write_article(campaign=office.campaign, title=title, text=text, by=office.officer)
    actions.publish(story=actions.review(story=article, by=office.leader), by=office.officer)
    return article


def _send_to_the_press(office: Office, article: "Article") -> None:
    from hearth.apps.publicity import actions
    from hearth.apps.publicity.models import MediaContact, PublicStory
    from hearth.apps.publicity.states import StoryKind

    story = PublicStory.objects.get(kind=StoryKind.ARTICLE, story_id=article.pk)
    actions.send_release(
        campaign=office.campaign,
        contacts=list(MediaContact.objects.filter(org=office.campaign.org).order_by("pk")[:5]),
        subject=article.title,
        text=f"{article.text}\n\n照片和更多内容请看网页，欢迎采用。",
        href=story.get_absolute_url(),
        by=office.leader,
    )


def _write_profile(office: Office, name: str, told: tuple[str, str]) -> "Profile":
    from hearth.apps.publicity import actions

    title, text = told
    profile = actions.write_profile(
        campaign=office.campaign, person=deeds.person(name), title=title, text=text, by=office.officer
    )
    actions.ask_consent(profile=profile, by=office.officer)
    profile.refresh_from_db()
    return profile


def send_letter(office: Office) -> None:
    """The open letter of both organs: issued, published, placed, and sent to those who were visited."""
    from hearth.apps.papers import actions as papers
    from hearth.apps.papers.states import Kind
    from hearth.apps.publicity import actions
    from hearth.apps.publicity.states import PlacementKind
    from hearth.apps.visits.models import Visit

    letter = office.issue(Kind.LETTER, office.source("letter", office.day(-2)))
    papers.publish(paper=letter, by=office.officer)
    _place(office, _LETTER, PlacementKind.LETTER, paper=letter)
    visits = Visit.objects.filter(campaign=office.campaign).select_related("person__org", "person__user")
    actions.send_letter(
        campaign=office.campaign,
        paper=letter,
        people=[visit.person for visit in visits],
        text="这是市委、市政府主要领导写给全市科技工作者的信，请您看一看。",
        by=office.leader,
    )
