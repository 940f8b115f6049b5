"""The example: its campaign loaded, its forum timetabled, its papers signed, as on the day after the forum."""

from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli import deeds
from hearth.cli.loading import Loaded, Report, draft_papers, load_folder

if TYPE_CHECKING:
    from hearth.apps.campaigns.models import Campaign
    from hearth.apps.directory.models import Actor
    from hearth.apps.papers.models import Paper

SECONDS = 20


def load(folder: Path, report: Report, *, seconds: float = SECONDS) -> Loaded:
    """Load the example into an empty house and do what the association had done by then, or nothing at all."""
    from django.db import transaction

    from hearth.apps.directory import actions as directory
    from hearth.apps.directory.models import Actor
    from hearth.apps.directory.states import Role
    from hearth.lib.wall import scope

    with transaction.atomic():
        loaded = load_folder(folder, report)
        city = loaded.campaign.org
        with scope(city.path):
            by = Actor.house(city)
            directory.name_house(name=city.name, by=by)
            directory.declare_example(by=by)
            officer, leader, broker = (
                deeds.member(city, role) for role in (Role.OFFICER, Role.LEADER, Role.BROKER)
            )
            _hold_the_forum(loaded.campaign, broker, report, seconds)
            _draft_papers(loaded, officer, leader, report)
            deeds.tell_stories(loaded.campaign, officer)
    return loaded


def _hold_the_forum(campaign: "Campaign", by: "Actor", report: Report, seconds: float) -> None:
    from hearth.apps.agreements import queries as agreements
    from hearth.apps.exchange import actions as exchange
    from hearth.apps.meetings import actions as meetings
    from hearth.apps.meetings.models import Forum

    report("匹配")
    exchange.match_all(campaign=campaign, by=by)
    forum = Forum.objects.get(campaign=campaign)
    exchange.assign(campaign=campaign, per_demand=forum.per_demand, per_offer=forum.per_expert, by=by)
    exchange.propose_assigned(campaign=campaign, by=by)
    report("洽谈时间表")
    meetings.invite(forum=forum, by=by)
    meetings.timetable(forum=forum, seconds=seconds, seed=0, by=by)
    signed = agreements.agreements(by, campaign).count()
    meetings.publish(forum=forum, agreements=signed, by=by)


def _draft_papers(loaded: Loaded, officer: "Actor", leader: "Actor", report: Report) -> None:
    """Everything but the summary is signed and issued; the summary waits for its reader."""
    from hearth.apps.campaigns import actions as campaigns
    from hearth.apps.papers import actions as papers
    from hearth.apps.papers.states import Kind

    for paper in draft_papers(loaded, officer, report):
        if paper.kind == Kind.SUMMARY:
            continue
        paper = deeds.issue(paper, officer, leader)
        if paper.kind in (Kind.PLAN, Kind.NOTICE, Kind.LETTER):
            papers.publish(paper=paper, by=officer)
        if paper.kind == Kind.LETTER:
            _name_what_was_placed(paper, officer)
    campaigns.publish(campaign=loaded.campaign, by=officer)


def _name_what_was_placed(letter: "Paper", officer: "Actor") -> None:
    """The placements of the letter say which letter it was."""
    from hearth.apps.publicity import actions as publicity
    from hearth.apps.publicity.models import Placement
    from hearth.apps.publicity.states import PlacementKind

    for placement in Placement.objects.filter(kind=PlacementKind.LETTER):
        publicity.amend(placement=placement, paper=letter, by=officer)
