"""A visit as a phone sends it."""

import uuid
from typing import Any

from hearth.apps.campaigns.models import Campaign
from hearth.apps.visits.actions import Difficulty, Entry
from hearth.apps.visits.states import CaseKind, Manner, Matter, Urgency, VisitedKind
from tests.apps.campaigns import building
from tests.apps.houses import House

# one white pixel
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f00010101001bb6ee560000000049454e44ae426082"
)
SECRET = "腰伤复发，要去外地手术"


def entry(house: House, campaign: Campaign, **more: Any) -> Entry:
    said: dict[str, Any] = {
        "key": uuid.uuid4(),
        "campaign": campaign,
        "visited_on": building.day(28),
        "place": "渠首管理站",
        "manner": Manner.HOME,
        "name": "吴新",
        "unit": house.enterprise,
        "title": "高级工程师",
        "field": "灌溉自动化",
        "kind": VisitedKind.FRONT_LINE,
        "leader": "赵一",
        "on_behalf_of": "市委主要领导",
        "companions": "钱二",
        "recorder": "干事甲",
        "progress": "样机试用 4 个月",
        "achievements": "报漏 11 次",
        "may_publish": True,
    }
    return Entry(**said | more)


def difficulty(house: House, **more: Any) -> Difficulty:
    said: dict[str, Any] = {
        "text": "缺标定水槽",
        "kind": CaseKind.RESEARCH,
        "urgency": Urgency.MONTH,
        "matter": None,
        "person": house.person,
        "due": building.day(24, 6),
    }
    return Difficulty(**said | more)


def secret(house: House) -> Difficulty:
    return difficulty(house, text=SECRET, kind=CaseKind.LIFE, matter=Matter.HEALTH)
