"""Who acts in this year's campaign of the example, for which campaign, on which day; how a paper of theirs is issued."""

import datetime
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING

from hearth.cli import deeds
from hearth.config.environment import HOME

if TYPE_CHECKING:
    from hearth.apps.campaigns.models import Campaign
    from hearth.apps.directory.models import Actor
    from hearth.apps.papers.models import Paper
    from hearth.apps.papers.states import Kind

PAPERS = HOME / "examples/this-year"
BEGAN, ENDS = -10, 12


@dataclass(frozen=True)
class Office:
    """Who acts, for which campaign, on which day."""

    campaign: "Campaign"
    officer: "Actor"
    leader: "Actor"
    today: datetime.date

    def day(self, after: int) -> datetime.date:
        return self.today + datetime.timedelta(days=after)

    def as_person(self, name: str) -> "Actor":
        """Who opens a personal link acts in the house's name, under his own."""
        from hearth.apps.directory.models import Actor

        return Actor.house(self.campaign.org, name)

    def source(self, name: str, issued_on: datetime.date) -> str:
        """The source of a paper as it lies in the folder of this year, with its dates put in."""
        text = (PAPERS / f"{name}.md").read_text(encoding="utf-8")
        return Template(text).substitute(year=issued_on.year, issued_on=issued_on.isoformat())

    def issue(self, kind: "Kind", source: str) -> "Paper":
        """Draft a paper and issue it."""
        from hearth.apps.papers import actions as papers

        paper = papers.draft(subject=self.campaign.subject, kind=kind, source=source, by=self.officer)
        return deeds.issue(paper, self.officer, self.leader)
