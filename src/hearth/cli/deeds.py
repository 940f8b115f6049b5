"""What the association of the example did in the house itself, and who did it: it stands in no spreadsheet."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hearth.apps.campaigns.models import Campaign
    from hearth.apps.directory.models import Actor, Organisation, Person
    from hearth.apps.directory.states import Role
    from hearth.apps.papers.models import Paper

ASKED = (
    (
        "郁春晖",
        "把样本看清楚的人",
        "市疾控中心的检验科，灯常常亮到后半夜。郁春晖带着轮班的同志收样、编号、上机、复核，一步不少。\n"
        "实验室扩建的时候，她坚持把收样口和更衣间隔开，多走的那二十步，她说是给大家留的安心。\n"
        "节日那天她照常值班。问她有什么愿望，她说，把没休的年假排给年轻人先休。",
    ),
    (
        "鲁望舒",
        "让旧档案开口说话",
        "县志馆的旧档案字迹潦草，又有水渍。鲁望舒写的识别程序不求快，先求错得明白：拿不准的字标出来，请老馆员定。\n"
        "程序在普通电脑上就能运行，馆里的同志自己会用。一年下来，几柜子档案可以检索了。",
    ),
)
"""Profiles on their way when the forum is over: of whom, title, text. The first has agreed to what was shown to her."""
COMMENT = "轮班是全科的事，请不要只写我一个人。"


def tell_stories(campaign: "Campaign", officer: "Actor") -> None:
    """What was reviewed is put where anyone may read it; of two more profiles one waits for review, one for its person."""
    from hearth.apps.directory.models import Actor
    from hearth.apps.publicity import actions as publicity
    from hearth.apps.publicity.models import Article, Profile

    for profile in Profile.objects.filter(campaign=campaign):
        publicity.publish(story=profile, by=officer)
    for article in Article.objects.filter(campaign=campaign).order_by("number"):
        publicity.publish(story=article, by=officer)
    writer = Actor.house(campaign.org, "顾晓棠")
    asked = [
        publicity.write_profile(campaign=campaign, person=person(name), title=title, text=text, by=writer)
        for name, title, text in ASKED
    ]
    for profile in asked:
        publicity.ask_consent(profile=profile, by=writer)
    agreed = asked[0]
    publicity.consent(
        profile=agreed,
        title=agreed.title,
        text=agreed.text,
        comment=COMMENT,
        by=Actor.house(campaign.org, agreed.person.name),
    )


def person(name: str) -> "Person":
    from hearth.apps.directory.models import Person

    found: Person = Person.objects.select_related("org", "user").get(name=name)
    return found


def organisation(short_name: str) -> "Organisation":
    from hearth.apps.directory.models import Organisation

    found: Organisation = Organisation.objects.get(short_name=short_name)
    return found


def member(org: "Organisation", role: "Role") -> "Actor":
    """Somebody who has this role there, as he acts."""
    from hearth.apps.directory.models import Membership

    return Membership.objects.filter(org=org, role=role).select_related("org", "user")[0].actor()


def issue(paper: "Paper", officer: "Actor", leader: "Actor") -> "Paper":
    """Bring a draft through review, the assent of the other organs and the signature, and issue it."""
    from hearth.apps.notices import actions as notices
    from hearth.apps.papers import actions as papers

    paper = papers.submit(paper=paper, by=officer)
    _countersign(paper, officer)
    paper = papers.sign(paper=paper, by=leader)
    return notices.issue_paper(paper=paper, by=officer)


def _countersign(paper: "Paper", officer: "Actor") -> None:
    """The other organs of a joint paper agree to it."""
    from hearth.apps.directory.models import Actor
    from hearth.apps.papers import actions as papers
    from hearth.apps.papers import queries
    from hearth.apps.papers.models import Disclosure
    from hearth.apps.papers.states import Assent
    from hearth.lib.wall import scope

    if not queries.countersigns_of(paper):
        return
    for asked in papers.ask_countersign(paper=paper, by=officer):
        assert asked.partner is not None  # on paper nobody is asked
        with scope(asked.partner.path):
            shown = Disclosure.objects.get(countersign_id=asked.pk)
            by = Actor.house(asked.partner, asked.partner.contact)
            papers.countersign(disclosure=shown, assent=Assent.AGREED, by=by)
