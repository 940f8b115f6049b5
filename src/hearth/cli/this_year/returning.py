"""A notice went down the tree; half have answered, one was asked again, some have not even signed for it."""

from hearth.cli.this_year.office import Office

_DIGESTS = (
    "乡镇分片学习，田间地头也开了两场。",
    "带教老师领学，把学习体会写进了带教计划。",
    "年轻人讨论得多，提出三条改进检测的办法。",
    "班前会上学，学完就去看了新设备。",
)


def notify(office: Office) -> None:
    from hearth.apps.directory.models import Actor
    from hearth.apps.directory.states import Kind
    from hearth.apps.notices import actions
    from hearth.apps.notices.models import Return
    from hearth.lib.wall import scope

    notice = actions.issue(
        campaign=office.campaign,
        number="TZ-01",
        title="关于报送“全国科技工作者日”学习讨论和科普活动情况的通知",
        issuer=office.campaign.org,
        issued_on=office.day(-6),
        receivers=(Kind.COUNTY, Kind.SOCIETY, Kind.COLLEGE, Kind.MEDICAL, Kind.ENTERPRISE_ASSOCIATION),
        due=office.day(3),
        text="请各单位组织科技工作者学习讨论，把场次、参加人数和科普活动场次在期限前报来。没有的填0。",
        by=office.officer,
    )
    answered = []
    for place, returned in enumerate(
        Return.objects.filter(notice=notice).select_related("org").order_by("pk")
    ):
        if place % 6 == 5:
            continue
        with scope(returned.org_path):
            by = Actor.house(returned.org, returned.org.contact)
            if place % 2 == 0:
                actions.acknowledge(returned=returned, by=by)
            else:
                said = {
                    "sessions": str(1 + place % 5),
                    "people": str(36 + place * 7 % 90),
                    "outreach_events": str(place % 3),
                    "digest": _DIGESTS[place // 2 % len(_DIGESTS)],
                }
                answered.append(
                    actions.answer(
                        returned=returned,
                        said=said,
                        contact=by.name,
                        phone=returned.org.phone,
                        sent_on=office.day(-5 + place // 11),
                        by=by,
                    )
                )
    actions.send_back(
        returned=answered[-1],
        reason="请再核一次参加人数",
        field_reasons={"people": "人数比场次少，是不是漏了一场？"},
        by=office.officer,
    )
