"""The campaign begins: the province's notice asks for it, and it goes as the one before."""

import datetime
from typing import TYPE_CHECKING

from hearth.cli import deeds
from hearth.cli.this_year.office import BEGAN, ENDS, Office

if TYPE_CHECKING:
    from hearth.apps.campaigns.models import Campaign
    from hearth.apps.notices.models import Notice

_REPORT = ENDS + 4
_THEME = "自立自强、为民服务"
_TEXT = (
    "请各市科协围绕主题组织本地区的活动：走访科技工作者，组织学习讨论，办科普进校园，搭“政校企”对接的台子。"
    "活动结束前，把学习讨论场次、参加人数和科普活动场次报来，附一段做法。"
)


def start(previous: "Campaign") -> Office:
    from django.utils import timezone

    from hearth.apps.campaigns import actions
    from hearth.apps.directory.states import Role

    today = timezone.localdate()
    officer, leader = deeds.member(previous.org, Role.OFFICER), deeds.member(previous.org, Role.LEADER)
    notice = _instruct(previous, today)
    told = {
        "org": previous.org,
        "name": previous.name,
        "theme": _THEME,
        "year": today.year,
        "edition": (previous.edition or 0) + today.year - previous.year,
        "starts": today + datetime.timedelta(days=BEGAN),
        "ends": today + datetime.timedelta(days=ENDS),
        "basis": f"{notice.issuer}《{notice.title}》（{notice.document_number}）",
        "partners": tuple(previous.partners.all()),
    }
    campaign = actions.start_again(previous=previous, told=told, by=officer)
    actions.publish(campaign=campaign, by=officer)
    office = Office(campaign, officer, leader, today)
    _sign_for(office, notice)
    return office


def _instruct(previous: "Campaign", today: datetime.date) -> "Notice":
    """The province sends its cities a notice that wants a report when the campaign ends."""
    from hearth.apps.campaigns import actions as campaigns
    from hearth.apps.campaigns.states import Part
    from hearth.apps.directory.models import Organisation
    from hearth.apps.directory.states import Kind, Role
    from hearth.apps.notices import actions as notices
    from hearth.lib.wall import scope

    province = Organisation.objects.get(kind=Kind.PROVINCE)
    with scope(province.path):
        by = deeds.member(province, Role.OFFICER)
        campaign = campaigns.start(
            org=province,
            name=previous.name,
            theme=_THEME,
            year=today.year,
            starts=today + datetime.timedelta(days=BEGAN - 20),
            ends=today + datetime.timedelta(days=ENDS + 10),
            parts=(Part.PLAN, Part.NOTICES, Part.SUMMARY),
            by=by,
        )
        return notices.issue(
            campaign=campaign,
            number="TZ-01",
            title=f"关于组织开展{today.year}年“全国科技工作者日”活动的通知",
            text=_TEXT,
            document_number=f"东科协〔{today.year}〕9号",
            issuer=province,
            issued_on=today + datetime.timedelta(days=BEGAN - 18),
            receivers=(Kind.CITY,),
            due=today + datetime.timedelta(days=_REPORT),
            by=by,
        )


def _sign_for(office: Office, notice: "Notice") -> None:
    """The city signs for the notice, and what it has to report becomes somebody's duty."""
    from hearth.apps.campaigns import actions as campaigns
    from hearth.apps.campaigns.states import Part
    from hearth.apps.notices import actions as notices
    from hearth.apps.notices.models import Return

    returned = Return.objects.get(notice=notice, org=office.campaign.org)
    notices.acknowledge(returned=returned, by=office.officer)
    campaigns.entrust(
        campaign=office.campaign,
        part=Part.NOTICES,
        task=f"按《{notice.title}》报送情况",
        lead=office.campaign.org,
        person=deeds.person("周文澜"),
        deputy=deeds.person("万长青"),
        due=office.day(_REPORT),
        by=office.officer,
    )
