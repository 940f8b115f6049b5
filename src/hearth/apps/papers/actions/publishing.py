"""The published copy of a paper: put up, taken down, rated. Whatever changes on its page is told by ``changed_at``."""

import secrets

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.catalogue import actions as catalogue
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.jobs import actions as jobs
from hearth.apps.papers import gongwen, queries
from hearth.apps.papers.actions.steps import PaperRefused, copied, may, refuse_undecided
from hearth.apps.papers.models import Opinion, Paper, Publication
from hearth.apps.papers.states import Kind, Rating, State
from hearth.apps.papers.tasks import PDF

_KINDS = {Kind.SUMMARY: catalogue.Kind.SUMMARY, Kind.LETTER: catalogue.Kind.LETTER}


@transaction.atomic
def publish(*, paper: Paper, by: Actor) -> Publication:
    """Put a copy of an issued paper where anyone may read it; without the labels of the records."""
    may(by, Permission.ISSUE_PAPERS)
    if paper.state != State.ISSUED:
        raise PaperRefused(f"{paper}还没有印发，印发后才能公开。")
    refuse_undecided(paper)
    figures = list(queries.figures_of(paper))
    layout = gongwen.filled(paper, figures)
    publication = Publication.objects.filter(paper_id=paper.pk).first() or Publication(
        paper_id=paper.pk, address=secrets.token_urlsafe(9)
    )
    publication.kind, publication.title, publication.subject = paper.kind, paper.title, str(paper.subject)
    publication.organ = "、".join(layout.meta.organs) or paper.org.name
    publication.number, publication.source = paper.number, paper.expanded
    publication.figures = [copied(figure) for figure in figures]
    publication.characters, publication.word = gongwen.characters(layout), gongwen.word(paper)
    publication.published_at, publication.withdrawn_at, publication.pdf = timezone.now(), None, None
    publication.save()
    for former in Publication.objects.filter(paper_id__in=[paper.replaces_id]):
        former.replaced_by = publication
        former.save(update_fields=["replaced_by", "changed_at"])
        catalogue.take_down(copy=former)
    _list(publication, paper, gongwen.prose(layout))
    jobs.ask(PDF, title=f"{paper}的 PDF", by=by, publication=publication.pk)
    audit.record("公开", paper, by=by, address=publication.address)
    return publication


@transaction.atomic
def withdraw(*, paper: Paper, by: Actor) -> Publication:
    """Take a published copy down at once."""
    may(by, Permission.ISSUE_PAPERS)
    publication = Publication.objects.filter(paper_id=paper.pk, withdrawn_at=None).first()
    if publication is None:
        raise PaperRefused(f"{paper}现在没有公开，不用撤下。")
    publication.withdrawn_at = timezone.now()
    publication.save(update_fields=["withdrawn_at", "changed_at"])
    for former in publication.replaces.all():
        former.save(update_fields=["changed_at"])
    catalogue.take_down(copy=publication)
    audit.record("撤下", paper, by=by)
    return publication


@transaction.atomic
def rate(*, publication: Publication, visitor: str, rating: Rating) -> Opinion:
    """A visitor's opinion; a second one of the same visitor replaces the first."""
    opinion, _ = Opinion.objects.update_or_create(
        publication=publication, visitor=visitor, defaults={"rating": rating}
    )
    publication.save(update_fields=["changed_at"])
    return opinion


def _list(publication: Publication, paper: Paper, text: str) -> None:
    page = catalogue.Page(
        kind=_KINDS.get(Kind(paper.kind), catalogue.Kind.PAPER),
        title=publication.title,
        organ=publication.organ,
        text=text,
        published_at=publication.published_at,
        subject=paper.subject_id,
    )
    catalogue.put(copy=publication, page=page)
