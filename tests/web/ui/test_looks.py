"""The look in a real browser: accessible, narrow enough for a telephone, complete without a script."""

import mimetypes
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route

from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Role
from hearth.web.ui.listing import Condition, Head, Listing, Option, Options
from hearth.web.ui.parts import Cell, Chart, Drawing, Figure, Pattern, Series, Share, Square, Tab, Tally
from tests.web.ui.pages import form

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.web.ui.pages")]

ORIGIN = "http://house.example"
Show = Callable[..., Page]

LIST = Listing(
    title="组织",
    page=Paginator([Organisation(name=f"试验{at}区科学技术协会", code=str(at)) for at in range(9)], 3).page(
        2
    ),
    search="试验",
    search_label="名称、编码",
    sort="name",
    chips=(Options("on", "状态", 9, "?", True, (Option("yes", "启用", 8, "?on=yes", True),)),),
    selects=(
        Options("kind", "所有类别", 9, "?", False, (Option("city", "市科协", 1, "?kind=city", False),)),
    ),
    conditions=(Condition("启用", "?"),),
    heads=(
        Head("名称", False, "?sort=-name", "ascending"),
        Head("层级", True, "", ""),
        Head("", False, "", ""),
    ),
    export_href="?export=xlsx",
)
ROW = """<tr role="row"><td role="cell"><a href="/o/">{{ row.name }}</a></td>
<td role="cell" class="h-num" data-l="层级">{{ row.code }}</td><td role="cell" class="up"><a href="/o/">打开</a></td></tr>"""
DETAIL = """{% block scripts %}{% include "ui/charts.html" %}{% endblock %}
{% block title %}活动{% endblock %}{% block crumb %}<p class="h-crumb">活动</p>{% endblock %}
{% block heading %}2020年“全国科技工作者日”{% endblock %}
{% block facts %}<p class="h-quiet mb-0">{{ day|day:2020 }} {{ 3400000|amount }} {{ "00000000001"|masked }}</p>{% endblock %}
{% block actions %}{% include "ui/components/print.html" %}{% endblock %}{% block tabs %}{% tabs tabs_ "各部分" %}{% endblock %}
{% block body %}<section class="h-panel"><header><h2>进展</h2>{% legend tallies %}</header><div class="in">
{% state "late" "迟 2 天" %} {% bar 60 84 "84 家中 60 家" late=3 %}{% shares parts "份额" %}{% track 3 6 "六步中第 3 步" %}
{% cells squares %}{% figures figures_ %}{% chart drawn %}</div>{% empty "还没有登记。" %}</section>{% endblock %}"""
PAGES = {
    "desk": '{% extends "ui/desk.html" %}{% load hearth %}' + DETAIL,
    "partner": '{% extends "ui/partner.html" %}{% load hearth %}' + DETAIL,
    "public": '{% extends "ui/public.html" %}{% load hearth %}' + DETAIL,
    "form": """{% extends "ui/desk.html" %}{% load hearth %}{% block title %}报送{% endblock %}{% block heading %}报送{% endblock %}
        {% block body %}{% form_faults wrong %}<form method="post">{% form_rows wrong %}</form>{% endblock %}""",
    "list": '{% extends "ui/list.html" %}{% block row %}' + ROW + "{% endblock %}",
    "editor": """{% extends "ui/editor.html" %}{% block title %}报告{% endblock %}{% block heading %}报告{% endblock %}
        {% block source %}原文{% endblock %}{% block sheet %}<div class="h-sheet-a4"><div><p>正文</p></div></div>{% endblock %}""",
    "door": """{% extends "ui/door.html" %}{% block title %}签到{% endblock %}
        {% block content %}<h1 class="visually-hidden">签到</h1>
        <div class="h-say in" role="status"><b>请进</b></div>{% endblock %}""",
    "lost": '{% extends "404.html" %}',
    "locked": '{% extends "ui/locked.html" %}',
}


def written(name: str) -> str:
    request = RequestFactory().get("/desk/papers/")
    context = {
        "request": request,
        "user": AnonymousUser(),
        "actor": Actor(
            org=Organisation(path="0001.", short_name="甲市科协"), role=Role.OFFICER, user_id=None, name="甲"
        ),
        "reminders": 3,
        "wrong": form({"organisation": "甲区科协", "visits": "十二"}),
        "listing": LIST,
        "day": date(2020, 6, 3),
        "tabs_": [Tab("总览", "/a/", current=True), Tab("宣传", "/b/")],
        "tallies": [Tally(Cell.YES, "已报", 60)],
        "parts": [Share(pattern, 1, pattern) for pattern in Pattern],
        "squares": [Square(cell, cell, "/o/") for cell in Cell],
        "figures_": [Figure("科普展板", 33, "块", "/r/", "3 条记录")],
        "drawn": Chart(Drawing.LINE, "今年 60 家", "到", ["6/1", "6/2"], [Series("今年", [52, 60])], 84),
    }
    return engines["django"].from_string(PAGES[name]).render(context)


def serve(route: Route, content: str) -> None:
    path = route.request.url.removeprefix(ORIGIN)
    if path == "/":
        route.fulfill(body=content, content_type="text/html; charset=utf-8")
    elif found := finders.find(path.removeprefix("/static/")):
        route.fulfill(body=Path(found).read_bytes(), content_type=mimetypes.guess_type(path)[0])
    else:
        route.fulfill(status=404)


@pytest.fixture
def show(browser: Browser):
    contexts = []

    def open_page(name: str, *, width: int = 1440, unseen: bool = False, **options) -> Page:
        """A page of this file; `unseen`: nothing in it is told that its size has changed."""
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        if unseen:
            page.add_init_script("ResizeObserver.prototype.observe = () => {}")
        content = written(name)
        page.route("**/*", lambda route: serve(route, content))
        page.goto(f"{ORIGIN}/")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible(show: Show, name, width):
    found = Axe().run(show(name, width=width)).response["violations"]

    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways(show: Show, name):
    page = show(name)
    for width in (360, 768, 1100, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_is_narrow_before_its_chart_is_drawn_anew(show: Show):
    page = show("partner", unseen=True)
    page.set_viewport_size({"width": 360, "height": 900})

    assert page.locator("[data-chart] svg").evaluate("svg => svg.clientWidth") > 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_chart_fits_the_page_when_the_page_grows_narrow(show: Show):
    page = show("partner")
    page.set_viewport_size({"width": 360, "height": 900})

    page.wait_for_function("document.querySelector('[data-chart] svg').clientWidth < 360")


def test_a_chart_is_drawn_and_folds_its_table(show: Show):
    page = show("desk")

    assert page.locator("[data-chart] svg").count() == 1
    assert not page.locator("[data-chart] table").is_visible()


def test_without_a_script_the_table_of_the_chart_stands_and_no_dead_button(show: Show):
    page = show("desk", java_script_enabled=False)

    assert page.locator("[data-chart] table").is_visible()
    assert not page.locator("[data-print]").is_visible()


def test_without_a_script_the_menu_opens_on_a_telephone(show: Show):
    page = show("desk", width=390, java_script_enabled=False)
    page.get_by_text("菜单", exact=True).click()

    assert page.get_by_role("navigation", name="主菜单", exact=True).get_by_role(
        "link"
    ).all_inner_texts() == ["我的任务", "消息", "公文"]


def test_a_slash_goes_to_the_search_unless_one_is_writing(show: Show):
    page = show("list")
    page.locator("body").press("/")
    page.keyboard.type("a/b")

    assert page.locator("#list-q").input_value() == "a/b"


def test_the_summary_of_mistakes_has_the_focus(show: Show):
    assert show("form").evaluate("document.activeElement.hasAttribute('data-faults')")


def test_a_chosen_file_is_named(show: Show):
    page = show("form")
    page.locator("input[type=file]").set_input_files(
        {"name": "情况表.pdf", "mimeType": "application/pdf", "buffer": b"x"}
    )

    assert page.locator("[data-chosen]").inner_text() == "情况表.pdf"


def test_escape_closes_the_menu_and_gives_the_focus_back(show: Show):
    page = show("desk", width=390)
    page.get_by_text("菜单", exact=True).click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert page.locator("details[data-closes][open]").count() == 0
