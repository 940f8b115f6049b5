"""A paper's published copy: listed while it is up, its PDF made once by a job, one opinion a visitor."""

import pytest
from django.db import IntegrityError, transaction

from hearth.apps.catalogue import queries as catalogue
from hearth.apps.jobs import tasks as jobs
from hearth.apps.jobs.models import Job
from hearth.apps.papers import actions, queries
from hearth.apps.papers.models import Opinion, Publication
from hearth.apps.papers.states import Rating
from hearth.lib import office
from hearth.lib.wall import scope
from tests.apps.papers import desks
from tests.apps.papers.desks import Desk

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 trial"


@pytest.fixture
def desk() -> Desk:
    return desks.build()


@pytest.fixture
def shown(desk: Desk) -> Publication:
    with scope(desk.house.city.path):
        return actions.publish(paper=desk.issued(desks.source()), by=desk.officer)


class Converter:
    """In the place of LibreOffice: counts what it converts."""

    def __init__(self) -> None:
        self.converted = 0

    def convert(self, files: list[bytes], to: office.Format) -> tuple[bytes, ...]:
        self.converted += len(files)
        return tuple(PDF for _ in files)


def run_jobs(desk: Desk) -> list[Job]:
    with scope(desk.house.city.path):
        waiting = list(Job.objects.filter(task="papers.pdf"))
    for job in waiting:
        jobs.run(job.pk, job.org_path)
    with scope(desk.house.city.path):
        return list(Job.objects.filter(task="papers.pdf"))


def test_a_published_paper_is_found_by_its_words_and_belongs_to_its_campaign(desk: Desk, shown: Publication):
    found = [entry.path for entry in catalogue.search("照此办理").best_first()]
    assert found == [shown.get_absolute_url()]
    assert catalogue.subject_of(found[0]) == desk.campaign.pk


def test_a_withdrawn_paper_is_found_no_more(desk: Desk, shown: Publication):
    with scope(desk.house.city.path):
        actions.withdraw(paper=desk.campaign.subject.papers.get(), by=desk.officer)
    assert not catalogue.listed().exists()


def test_the_pdf_is_made_once_and_kept(desk: Desk, shown: Publication, monkeypatch):
    converter = Converter()
    monkeypatch.setattr(office, "find", lambda: converter)
    run_jobs(desk)
    run_jobs(desk)
    assert (bytes(Publication.objects.get().pdf), converter.converted) == (PDF, 1)
    assert queries.at_address(shown.address).pdf_size == len(PDF)


def test_without_libreoffice_there_is_no_pdf_and_the_job_says_so(desk: Desk, shown: Publication, monkeypatch):
    def nowhere() -> office.Office:
        raise office.NoOffice

    monkeypatch.setattr(office, "find", nowhere)
    (job,) = run_jobs(desk)
    assert (job.state, "没有装 LibreOffice" in job.result["pdf"]) == ("done", True)
    assert Publication.objects.get().pdf is None


def test_a_paper_published_anew_has_no_pdf_of_the_former_text(desk: Desk, shown: Publication, monkeypatch):
    monkeypatch.setattr(office, "find", Converter)
    run_jobs(desk)
    with scope(desk.house.city.path):
        actions.publish(paper=desk.campaign.subject.papers.get(), by=desk.officer)
    assert Publication.objects.get().pdf is None


def test_a_visitor_has_one_opinion_and_it_changes_the_page(shown: Publication):
    before = Publication.objects.get().changed_at
    actions.rate(publication=shown, visitor="甲", rating=Rating.USEFUL)
    actions.rate(publication=shown, visitor="甲", rating=Rating.VERY)
    assert queries.ratings(shown).counts[-1] == (Rating.VERY, 1)
    assert (queries.ratings(shown).total, Publication.objects.get().changed_at > before) == (1, True)


def test_without_the_action_the_constraint_refuses_a_second_opinion(shown: Publication):
    actions.rate(publication=shown, visitor="甲", rating=Rating.USEFUL)
    with pytest.raises(IntegrityError, match="one_opinion_a_visitor"), transaction.atomic():
        Opinion.objects.create(publication=shown, visitor="甲", rating=Rating.VERY)
