"""The example: its campaign loaded, its forum timetabled, its papers signed, as on the day after the forum."""

from pathlib import Path

from hearth.cli.loading import Loaded, Report, load_folder


def load(folder: Path, report: Report) -> Loaded:
    """Load the example into an empty house and do what the association had done by then."""
    from django.db import transaction

    from hearth.apps.directory import actions as directory
    from hearth.apps.directory.models import Actor
    from hearth.lib.wall import scope

    with transaction.atomic():
        loaded = load_folder(folder, report)
        city = loaded.campaign.org
        with scope(city.path):
            by = Actor.house(city)
            directory.declare_example(by=by)
            _hold_the_forum(loaded, by, report)
            _settle_papers(loaded, report)
    return loaded


def _hold_the_forum(loaded: Loaded, by: "Actor", report: Report, seconds: float = 20) -> None:
    from hearth.apps.exchange import actions as exchange
    from hearth.apps.meetings import actions as meetings
    from hearth.apps.meetings.models import Forum

    report("匹配")
    exchange.match_all(campaign=loaded.campaign, by=by)
    forum = Forum.objects.get(campaign=loaded.campaign)
    exchange.assign(campaign=loaded.campaign, per_demand=forum.per_demand, per_offer=forum.per_expert, by=by)
    report("洽谈时间表")
    meetings.invite(forum=forum, by=by)
    meetings.timetable(forum=forum, seconds=seconds, seed=0, by=by)


def _settle_papers(loaded: Loaded, report: Report) -> None:
    """Everything but the summary is signed and issued; the summary waits for its reader."""
    from hearth.apps.papers import actions as papers
    from hearth.apps.papers.models import Paper
    from hearth.apps.papers.states import Kind

    report("签发公文")
    officer, leader = _member(loaded, "officer"), _member(loaded, "leader")
    for paper in Paper.objects.filter(subject=loaded.campaign.subject).exclude(kind=Kind.SUMMARY):
        papers.submit(paper=paper, by=officer)
        papers.sign(paper=paper, by=leader)
        papers.issue(paper=paper, by=officer)
        if paper.kind != Kind.AGREEMENT:
            papers.publish(paper=papers.current(paper), by=officer)
