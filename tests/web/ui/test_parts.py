import pytest
from django.template import engines
from lxml import html

from hearth.web.ui.parts import Cell, Chart, Drawing, Figure, Pattern, Series, Share, Square, Tab


def drawn(text: str, **context: object) -> html.HtmlElement:
    template = engines["django"].from_string(f"{{% load hearth %}}<div>{text}</div>")
    return html.fromstring(template.render(context))


def test_a_state_has_a_shape_and_a_word():
    page = drawn("{% state 'late' word %}", word="迟 2 天<")

    assert page.xpath("//span[@class='st st-late']/text()") == ["迟 2 天<"]


def test_a_state_that_is_none_is_refused():
    with pytest.raises(ValueError, match="'green' is not a valid Shape"):
        drawn("{% state 'green' 'x' %}")


def test_a_bar_shows_what_is_done_and_what_is_late():
    page = drawn("{% bar 60 80 'x' late=4 %}")

    assert page.xpath("//i/@style") == ["width:75.0%", "width:5.0%"]


def test_a_finished_bar_is_lighter_and_an_empty_one_is_no_mistake():
    assert drawn("{% bar 4 4 'x' %}").xpath("//i/@class") == ["fin"]
    assert drawn("{% bar 0 0 'x' %}").xpath("//i/@style") == ["width:0.0%"]


def test_shares_fill_the_whole_they_are_of():
    parts = [Share("甲", 1, Pattern.SOLID), Share("乙", 1, Pattern.DIAGONAL)]

    assert drawn("{% shares p 'x' %}", p=parts).xpath("//i/@style") == ["width:50.0%", "width:50.0%"]
    assert drawn("{% shares p 'x' of=4 %}", p=parts).xpath("//i/@style") == ["width:25.0%", "width:25.0%"]


def test_a_figure_links_to_its_records():
    link = drawn("{% figures f %}", f=[Figure("科普展板", 33, "块", "/r/", "3 条记录")]).xpath("//dd/a")[0]

    assert (link.get("href"), link.get("aria-label")) == ("/r/", "科普展板：3 条记录")


def test_a_square_names_its_organisation():
    square = drawn("{% cells c %}", c=[Square(Cell.LATE, "甲区：逾期", "/o/")]).xpath("//a")[0]

    assert (square.get("class"), square.get("aria-label")) == ("l", "甲区：逾期")


def test_one_tab_is_where_one_is():
    page = drawn("{% tabs t '各部分' %}", t=[Tab("总览", "/a/", current=True), Tab("宣传", "/b/")])

    assert page.xpath("//a[@aria-current='page']/@href") == ["/a/"]


def test_a_chart_stands_as_a_table_until_it_is_drawn():
    chart = Chart(
        Drawing.LINE,
        "今年 60 家",
        "到",
        ["6/1", "6/2"],
        [Series("今年", [52, 60]), Series("去年", [29, None])],
    )
    page = drawn("{% chart c %}", c=chart)

    assert page.xpath("count(//div[@role='img'][@hidden])") == 1
    assert page.xpath("count(//details[@open])") == 1
    assert [row.xpath("*/text()") for row in page.xpath("//tbody/tr")] == [
        ["6/1", "52", "29"],
        ["6/2", "60", "—"],
    ]


def test_a_chart_whose_series_do_not_fit_is_refused():
    with pytest.raises(ValueError, match="今年 has 1 values for 2 categories"):
        Chart(Drawing.BAR, "x", "到", ["6/1", "6/2"], [Series("今年", [52])])
