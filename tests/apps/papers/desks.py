"""A desk with an officer who drafts and a leader who signs, on a small campaign, for tests that commit or roll back."""

from dataclasses import dataclass

from hearth.apps.accounts.models import User
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Role
from hearth.apps.papers import actions
from hearth.apps.papers.models import Paper
from hearth.apps.papers.states import Kind
from hearth.lib.wall import scope
from tests.apps import houses
from tests.apps.campaigns import building

BODY = "# 关于试验的通知\n\n请各单位照此办理。\n"


def source(number: str = "", organs: str = "甲市科协", body: str = BODY) -> str:
    return f"---\n文种：通知\n机关：{organs}\n文号：{number}\n主送：各县区科协\n成文日期：2020-06-20\n---\n{body}"


@dataclass(frozen=True)
class Desk:
    house: houses.House
    campaign: Campaign
    officer: Actor
    leader: Actor

    def draft(self, text: str) -> Paper:
        return actions.draft(subject=self.campaign.subject, kind=Kind.NOTICE, source=text, by=self.officer)

    def reviewed(self, text: str) -> Paper:
        return actions.submit(paper=self.draft(text), by=self.officer)

    def signed(self, text: str) -> Paper:
        return actions.sign(paper=self.reviewed(text), by=self.leader)

    def issued(self, text: str, code: str = "") -> Paper:
        return actions.issue(paper=self.signed(text), code=code, by=self.officer)


def build() -> Desk:
    house = houses.build()
    with scope(house.city.path):
        campaign = building.start(house)
        officer, leader = (
            Actor(
                org=house.city,
                role=role,
                user_id=User.objects.create_user(f"{role.value}-d", name=name).pk,
                name=name,
            )
            for role, name in ((Role.OFFICER, "干事甲"), (Role.LEADER, "领导乙"))
        )
    return Desk(house, campaign, officer, leader)
