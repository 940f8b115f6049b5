import pytest
from django.template import engines
from lxml import html

from tests.web.ui.pages import form


def drawn(text: str, **context: object) -> html.HtmlElement:
    template = engines["django"].from_string(f"{{% load hearth %}}<div>{text}</div>")
    return html.fromstring(template.render(context))


@pytest.fixture
def wrong() -> html.HtmlElement:
    return drawn(
        "{% form_faults form %}{% form_rows form %}",
        form=form({"organisation": "甲区科协", "visits": "十二"}),
    )


def test_every_field_has_its_label():
    page = drawn("{% form_rows form %}", form=form())
    fields = page.xpath("//input[@type!='radio']/@id | //textarea/@id | //select/@id")

    assert fields
    assert all(page.xpath(f"//label[@for='{name}']") for name in fields)


def test_where_a_value_comes_from_stands_under_it():
    page = drawn("{% form_row form.organisation %}", form=form())

    assert page.xpath("string(//*[@id=//input/@aria-describedby]//a[@href='/register/'])") == "改名册"


def test_what_was_typed_wrongly_stays_and_is_explained_beside_the_field(wrong):
    field = wrong.xpath("//input[@name='visits']")[0]

    assert (field.get("value"), field.get("aria-invalid")) == ("十二", "true")
    assert "bad" in field.get("class").split()
    assert (
        wrong.xpath(f"string(//*[@id='{field.get('aria-describedby')}']/p[@role='alert'])")
        == "应为数字，如 12。"
    )


def test_the_summary_leads_to_every_wrong_field(wrong):
    links = wrong.xpath("//*[@data-faults]//a/@href")

    assert len(links) == 5
    assert all(wrong.xpath(f"//*[@id='{link[1:]}']") for link in links)


def test_a_form_without_mistakes_has_no_summary():
    assert not drawn("{% form_faults form %}", form=form()).xpath("//*[@data-faults]")


def test_named_fields_alone_are_drawn():
    page = drawn("{% form_rows form 'visits' 'level' %}", form=form())

    assert page.xpath("//input/@name | //select/@name") == ["visits", "level"]


def test_choices_are_a_group_with_a_name():
    group = drawn("{% form_row form.form %}", form=form()).xpath("//*[@role='group']")[0]

    assert group.xpath(f"string(//*[@id='{group.get('aria-labelledby')}'])") == "形式"
    assert group.xpath("count(.//input)") == 2


def test_a_choice_with_reasons_says_them():
    page = drawn("{% form_row form.plan %}", form=form())

    assert page.xpath("string(//label[input]/span)") == "B 案改在线上"


def test_a_field_is_escaped():
    page = drawn("{% form_row form.organisation %}", form=form({"organisation": "<b>甲</b>"}))

    assert not page.xpath("//b")
