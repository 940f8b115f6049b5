"""Where each kind of record has its page."""

from django.urls import reverse

PAGES = {
    "campaigns.campaign": "desk:campaign",
    "campaigns.duty": "desk:duty",
    "campaigns.consultation": "desk:asked",
    "campaigns.suggestion": "desk:suggestion",
    "campaigns.session": "desk:session",
    "campaigns.level": "desk:level",
    "campaigns.quotation": "desk:quotation",
    "publicity.placement": "desk:placement",
    "publicity.planneditem": "desk:planned",
    "publicity.profile": "desk:profile",
    "publicity.article": "desk:article",
    "publicity.mediacontact": "desk:press_contact",
    "publicity.mailing": "desk:mailing",
    "visits.visit": "desk:visit",
    "visits.case": "desk:case",
    "visits.visitsuggestion": "desk:visit_suggestion",
    "notices.notice": "desk:notice",
    "notices.return": "desk:return",
    "outreach.outreachevent": "desk:outreach_event",
    "outreach.movement": "desk:movement",
    "contingency.planb": "desk:plan_b",
    "contingency.switch": "desk:switch",
    "exchange.demand": "desk:demand",
    "exchange.offer": "desk:offer",
    "exchange.match": "desk:match",
    "meetings.forum": "desk:forum",
    "meetings.attendance": "desk:attendance",
    "meetings.place": "desk:place",
    "papers.paper": "desk:paper",
    "agreements.agreement": "desk:agreement",
    "agreements.clause": "desk:clause",
}


def address_of(thing: str, thing_id: str) -> str:
    """The page of a record, by its model's label and number."""
    return reverse(PAGES[thing], args=[thing_id])
