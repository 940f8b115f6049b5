"""The catalogue of what is published: one entry a copy, found by its characters, gone when it is taken down."""

import datetime
from dataclasses import dataclass, replace

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hearth.apps.catalogue import actions, queries
from hearth.apps.catalogue.actions import Page
from hearth.apps.catalogue.models import Entry
from hearth.apps.catalogue.states import Kind
from hearth.lib import terms

pytestmark = pytest.mark.django_db


@dataclass
class Copy:
    pk: int

    class _meta:
        label_lower = "test.copy"

    def get_absolute_url(self) -> str:
        return f"/copy/{self.pk}/"


PAGE = Page(
    kind=Kind.PAPER,
    title="活动方案",
    organ="甲市科协",
    text="为科技工作者办实事。",
    published_at=datetime.datetime(2026, 6, 1, 9, tzinfo=datetime.UTC),
)


def put(pk: int, **changes: object) -> Entry:
    return actions.put(copy=Copy(pk), page=replace(PAGE, **changes))


def titles(asked: str) -> list[str]:
    return [entry.title for entry in queries.search(asked).best_first()]


def test_a_copy_is_listed_once_as_it_is_now():
    put(1)
    put(1, title="活动方案（改）")
    assert [entry.title for entry in queries.listed()] == ["活动方案（改）"]


def test_without_the_action_the_constraint_refuses_a_second_entry():
    entry = put(1)
    entry.pk, entry.path = None, "/another/"
    with pytest.raises(IntegrityError, match="published_thing_once"), transaction.atomic():
        entry.save(force_insert=True)


def test_what_is_taken_down_is_found_no_more():
    put(1)
    actions.take_down(copy=Copy(1))
    assert titles("科技工作者") == []


def test_what_is_open_until_a_day_is_listed_until_that_day():
    today = timezone.localdate()
    put(1, title="到今天", until=today)
    put(2, title="到昨天", until=today - datetime.timedelta(1))
    assert [entry.title for entry in queries.listed()] == ["到今天"]


@pytest.mark.parametrize("asked", ["科技工作者", "工作", "事", "甲市", "活动 实事", "方案"])
def test_words_are_found_in_title_text_and_organ(asked: str):
    put(1)
    assert (titles(asked), queries.search(asked).exact) == (["活动方案"], True)


def test_characters_that_only_stand_apart_are_no_hit():
    put(1, text="科技。工作。者")
    assert queries.search("科技工作者").exact is False


def test_a_hit_in_the_title_comes_before_hits_in_the_text():
    put(1, title="甲", text="读本，读本，读本")
    put(2, title="读本", text="乙")
    assert titles("读本") == ["读本", "甲"]


def test_the_nearest_stand_in_for_what_is_not_there():
    put(1, title="科技工作者之家", text="")
    put(2, title="展板", text="")
    found = queries.search("科技工作者之歌")
    assert ([entry.title for entry in found.best_first()], found.exact) == (["科技工作者之家"], False)


def test_kinds_are_counted_and_chosen():
    put(1)
    put(2, kind=Kind.LETTER)
    found = queries.search("科技")
    assert queries.counts(found.entries) == {Kind.LETTER: 1, Kind.PAPER: 1}
    assert [entry.kind for entry in found.best_first(Kind.LETTER)] == ["letter"]


def test_a_page_belongs_to_its_campaign():
    put(1, subject=7)
    put(2)
    assert [entry.path for entry in queries.of_subject(7)] == ["/copy/1/"]
    assert queries.subject_of("/copy/1/") == 7


def test_the_index_serves_the_search():
    """With other ways forbidden, the plan names the index: its operator class fits the question."""
    put(1)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        plan = queries.search("科技工作者").entries.explain()
    assert "catalogue_terms" in plan


@given(st.text(max_size=60))
def test_postgres_reads_whatever_is_typed(asked: str):
    question = terms.every(asked)
    if question:
        try:
            list(queries.search(asked).entries[:1])
        except DataError as error:
            raise AssertionError(question) from error


@given(st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=200))
def test_postgres_keeps_whatever_is_published(text: str):
    put(1, text=text)
