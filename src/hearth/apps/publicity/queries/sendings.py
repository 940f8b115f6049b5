"""Contacts in the media, what was sent to whom, and who has a letter still to come by post."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.messages.states import Mail
from hearth.apps.papers.models import Paper, Publication
from hearth.apps.papers.queries import published
from hearth.apps.papers.states import Kind
from hearth.apps.publicity.models import Delivery, LetterPage, Mailing, MediaContact

BY_POST = Q(message=None) | Q(message__mail__in=[Mail.NONE, Mail.OFF, Mail.FAILED])
"""Whom no e-mail reaches."""


def contacts(by: Actor) -> QuerySet[MediaContact]:
    found: QuerySet[MediaContact] = MediaContact.objects.visible_to(by).select_related("org")
    return found


def mailings(by: Actor, *, campaign: Campaign | None = None) -> QuerySet[Mailing]:
    """What was sent, each with ``sent_count`` and ``post_count``: to how many, and of them how many no e-mail reaches."""
    found: QuerySet[Mailing] = Mailing.objects.visible_to(by).select_related("campaign", "paper")
    if campaign is not None:
        found = found.filter(campaign=campaign)
    by_post = Q(deliveries__message=None) | Q(
        deliveries__message__mail__in=[Mail.NONE, Mail.OFF, Mail.FAILED]
    )
    return found.annotate(sent_count=Count("deliveries"), post_count=Count("deliveries", filter=by_post))


def deliveries(by: Actor, *, mailing: Mailing) -> QuerySet[Delivery]:
    found: QuerySet[Delivery] = Delivery.objects.visible_to(by).filter(mailing=mailing)
    return found.select_related("message", "contact", "person__org")


def letters(by: Actor, *, campaign: Campaign) -> QuerySet[Paper]:
    found: QuerySet[Paper] = Paper.objects.visible_to(by).filter(
        subject=campaign.subject_id, kind=Kind.LETTER
    )
    return found.order_by("-pk")


def had(paper: Paper) -> set[int]:
    """Who has been sent this letter, by the person's number."""
    return set(Delivery.objects.filter(paper=paper).values_list("person_id", flat=True))


def published_letters(papers: Iterable[Paper]) -> dict[int, Publication]:
    """The public copies of those that are public now, by the paper's number."""
    found = published().filter(paper_id__in=[paper.pk for paper in papers]).defer("word")
    return {one.paper_id: one for one in found}


def letter_page(address: str) -> LetterPage | None:
    return LetterPage.objects.filter(address=address).select_related("publication").first()


def openings(mailings: Iterable[Mailing]) -> dict[int, int]:
    """How often each of these letters was opened, by the mailing's number."""
    rows = LetterPage.objects.filter(mailing_id__in=[one.pk for one in mailings])
    return dict(rows.values_list("mailing_id", "opened"))
