"""The order in which the files of a campaign are taken in, and which of them need which."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from hearth.apps.agreements import intake as agreements
from hearth.apps.campaigns import intake as campaigns
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory import intake as directory
from hearth.apps.directory import queries as tree
from hearth.apps.directory.models import Actor
from hearth.apps.exchange import intake as exchange
from hearth.apps.meetings import intake as meetings
from hearth.apps.notices import intake as notices
from hearth.apps.outreach import intake as outreach
from hearth.apps.publicity import intake as publicity
from hearth.apps.visits import intake as visits
from hearth.cli.loading import FolderFiles, Report
from hearth.lib.faults import Fault, Findings, Refused
from hearth.lib.sheets import Reading
from hearth.lib.tables import Table
from hearth.lib.wall import scope


@dataclass(frozen=True)
class Step:
    """A workbook with its tables, and how it is taken."""

    stem: str
    tables: Sequence[Table]
    take: Callable[[Reading, Campaign, directory.Names], None]


WORKBOOKS = (
    Step("duties", (campaigns.DUTIES,), campaigns.take_duties),
    Step("consultation", (campaigns.SUGGESTIONS, campaigns.SESSIONS), campaigns.take_consultation),
    Step("placements", publicity.TABLES, publicity.take_placements),
    Step("visits", visits.TABLES, visits.take_visits),
    Step("notices", notices.TABLES, notices.take_notices),
    Step("materials", outreach.TABLES, outreach.take_materials),
    Step("demands", exchange.DEMAND_TABLES, exchange.take_demands),
    Step("offers", exchange.OFFER_TABLES, exchange.take_offers),
    Step("agreements", agreements.TABLES, agreements.take_agreements),
)


class Taking:
    """One run over a folder. Faults of all files are gathered; what needs a refused file is left out."""

    def __init__(self, files: FolderFiles, report: Report) -> None:
        self.files = files
        self.report = report
        self.findings = Findings()
        self.refused: set[str] = set()

    def take_all(self) -> Campaign:
        self._organisations()
        root = tree.root()
        if root is None:
            raise Refused([Fault(file="organisations.xlsx", cure="库里还没有组织，请先给出组织表")])
        with scope(root.path):
            return self._below(Actor.house(root))

    def _organisations(self) -> None:
        if self.files.has("organisations", (directory.ORGANISATIONS,)):
            self.report("组织")
            directory.take_organisations(self.files.tables("organisations", (directory.ORGANISATIONS,)))

    def _below(self, by: Actor) -> Campaign:
        names = directory.Names(by)
        self._step("people", names, lambda: self._people(names))
        self.findings.settle()
        taken: list[Campaign] = []
        self._step("campaign", names, lambda: taken.append(self._campaign(names)))
        self.findings.settle()
        campaign = taken[0]
        names.by = Actor.house(campaign.org)  # from here on it is the campaign's own association that records
        for step in WORKBOOKS:
            if self.files.has(step.stem, step.tables):
                self._step(step.stem, names, partial(self._workbook, step, campaign, names))
        if not self.refused & {"demands", "offers"}:
            self._step("forum", names, lambda: self._forum(campaign, names))
        self.findings.settle()
        return campaign

    def _step(self, name: str, names: directory.Names, take: Callable[[], object]) -> None:
        self.report(name)
        names.findings = Findings()
        before = self.findings.count
        with self.findings.gathered(), transaction.atomic():
            take()
        if self.findings.count > before:
            self.refused.add(name)

    def _people(self, names: directory.Names) -> None:
        if self.files.has("people", (directory.PEOPLE,)):
            directory.take_people(self.files.tables("people", (directory.PEOPLE,)), names)
        names.load()
        if not names.people:
            raise Refused([Fault(file="people.xlsx", cure="库里还没有人员，请先给出人员表")])

    def _campaign(self, names: directory.Names) -> Campaign:
        shape = campaigns.read(self.files.require("campaign.yaml"))
        return campaigns.take_campaign(shape, names, "campaign.yaml")

    def _workbook(self, step: Step, campaign: Campaign, names: directory.Names) -> None:
        step.take(self.files.tables(step.stem, step.tables), campaign, names)

    def _forum(self, campaign: Campaign, names: directory.Names) -> None:
        document = self.files.document("forum.yaml")
        if document is None:
            return
        forum = meetings.take_forum(meetings.read(document), campaign, names, document.name)
        if self.files.has("attendance", meetings.TABLES):
            meetings.take_attendance(self.files.tables("attendance", meetings.TABLES), forum, names)
