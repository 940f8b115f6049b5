import io

import openpyxl
import pytest
from django.db import connection
from django.db.models import Q
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from lxml import html

from hearth.apps.directory import actions
from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Kind
from hearth.lib.tables import Kind as ColumnKind
from hearth.lib.wall import scope
from hearth.web.ui.listing import Choice, Column, Filter, ListPage
from tests.apps import houses

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.ui.pages")]

ORGANISATIONS = ListPage(
    title="组织",
    columns=(
        Column("名称", lambda row: row.name, "name", ("name",)),
        Column("层级", lambda row: row.depth, "depth", ("path",), ColumnKind.INTEGER),
        Column(""),
    ),
    order=("path",),
    search=("name", "code"),
    search_label="名称、编码",
    filters=(
        Filter(
            "kind",
            "所有类别",
            (
                Choice("city", "市科协", Q(kind=Kind.CITY)),
                Choice("county", "县区科协", Q(kind=Kind.COUNTY)),
            ),
        ),
        Filter(
            "code",
            "编码",
            (Choice("c", "C 开头", Q(code__startswith="C")), Choice("d", "D 开头", Q(code__startswith="D"))),
            chips=True,
        ),
    ),
    per_page=2,
)


@pytest.fixture
def house():
    return houses.build()


def asked(**query: str):
    request = RequestFactory().get("/list/", query)
    request.user = type("Stranger", (), {"is_authenticated": False})()
    request.session = {}
    return request


def answer(**query: str):
    return ORGANISATIONS.show(
        asked(**query), Organisation.objects.all(), "ui/list.html", layout="ui/public.html"
    )


def page(**query: str) -> html.HtmlElement:
    return html.fromstring(answer(**query).content)


def names(**query: str) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(answer(export="xlsx", **query).content))
    return [row[0] for row in book["组织"].iter_rows(min_row=2, values_only=True)]


def test_the_file_holds_all_that_is_listed_not_only_the_page(house):
    assert names() == ["试验省科协", "试验甲市科协", "试验子县科协", "试验丑厂", "试验乙市科协"]
    assert names(q="市科协", page="2") == ["试验甲市科协", "试验乙市科协"]


def test_the_file_has_a_name_and_no_column_without_a_value(house):
    answered = answer(export="xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answered.content))

    assert [cell.value for cell in book["组织"][1]] == ["名称", "层级"]
    assert "%E7%BB%84%E7%BB%87" in answered["Content-Disposition"]


def test_search_and_filters_narrow_together(house):
    assert names(q="科协", kind="city", code="d") == ["试验乙市科协"]


def test_a_filter_value_that_does_not_exist_is_no_filter(house):
    assert len(names(kind="moon")) == 5


@pytest.mark.parametrize("sort", ["path", "-parent__path", "kind", "x'"])
def test_only_declared_columns_sort(house, sort):
    assert names(sort=sort) == names()


def test_a_column_sorts_both_ways(house):
    assert names(sort="-depth") == list(reversed(names(sort="depth")))


def test_a_list_without_anything_has_nothing_to_search_until_a_condition_emptied_it(house):
    nothing = ORGANISATIONS.show(
        asked(), Organisation.objects.none(), "ui/list.html", layout="ui/public.html"
    )

    assert html.fromstring(nothing.content).xpath("//form[@role='search']") == []
    assert page(q="没有").xpath("count(//form[@role='search'])") == 1


def test_counts_tell_what_a_choice_would_keep(house):
    chips = page(kind="city").xpath("//a[contains(@class,'h-chip')][b]")

    assert [(chip.xpath("string()"), chip.get("aria-current")) for chip in chips] == [
        ("全部 2", "true"),
        ("C 开头 1", None),
        ("D 开头 1", None),
    ]


def test_a_select_counts_without_itself(house):
    options = page(kind="city").xpath("//select/option")

    assert [(option.xpath("string()"), option.get("selected")) for option in options] == [
        ("所有类别 5", None),
        ("市科协 2", "selected"),
        ("县区科协 1", None),
    ]


def test_the_next_page_keeps_what_was_asked(house):
    assert page(q="科协").xpath("//a[@rel='next']/@href") == ["?q=%E7%A7%91%E5%8D%8F&page=2"]


def test_another_chip_starts_at_the_first_page_and_keeps_the_search(house):
    assert "?q=%E5%8E%82&code=d" in page(q="厂", page="2").xpath("//a[contains(@class,'h-chip')]/@href")


def test_the_search_form_carries_chip_and_order_along(house):
    fields = page(code="c", sort="-name").xpath("//form[@role='search']//input[@type='hidden']")

    assert {(field.get("name"), field.get("value")) for field in fields} == {("code", "c"), ("sort", "-name")}


def test_nothing_found_offers_to_drop_each_condition(house):
    found = page(q="zzz", code="c").xpath("//*[@class='h-empty mt-3']//a")

    assert [(link.text, link.get("href")) for link in found] == [
        ("去掉“zzz”", "?code=c"),
        ("去掉“C 开头”", "?q=zzz"),
    ]


def test_questions_do_not_grow_with_rows(house):
    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked_of_it:
            answer()
        return len(asked_of_it)

    before = questions()
    with scope(house.province.path):
        actions.add_organisation(
            parent=house.city, code="N", name="试验新县科协", short_name="新县", kind=Kind.COUNTY,
            by=Actor.house(house.province),
        )  # fmt: skip

    assert questions() == before


def test_a_filter_may_not_take_the_name_of_the_search():
    with pytest.raises(ValueError, match="keys of their own"):
        ListPage(title="x", columns=(), order=("pk",), filters=(Filter("q", "x", ()),))
