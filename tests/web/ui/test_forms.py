import pytest
from django import forms
from django.template import engines
from lxml import html

from hearth.apps.directory.models import Organisation
from hearth.web.ui.forms import RowForm
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


class LedgerForm(RowForm):
    number = forms.IntegerField(label="数量", min_value=1)
    share = forms.DecimalField(label="份额")
    on = forms.DateField(label="日期")
    kind = forms.ChoiceField(label="方向", choices=[("in", "入库")])
    slip = forms.CharField(label="单据", max_length=3)
    own = forms.IntegerField(label="人数", error_messages={"invalid": "请写人数。"})


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("number", "十二", "“十二”应为整数，如 12。"),
        ("number", "0", "“0”应为 1 或更大的数，如 1。"),
        ("share", "一半", "“一半”应为数字，如 12.5。"),
        ("on", "昨天", "“昨天”应为日期，如 2020-06-12。"),
        ("kind", "out", "“out”不在可选的里面，请从列出的里面选。"),
        ("slip", "四个字了", "最多 3 字，现在 4 字。请删短。"),
        ("own", "十二", "请写人数。"),
        ("number", "", "还没有填。"),
    ],
)
def test_a_fault_says_the_value_what_it_should_be_and_an_example(name: str, typed: str, said: str):
    assert LedgerForm({name: typed}).errors[name] == [said]


class ChoosingForm(RowForm):
    lead = forms.ModelChoiceField(label="负责人", queryset=Organisation.objects.none())
    deputy = forms.ModelChoiceField(label="代理人", queryset=Organisation.objects.none(), required=False)
    level = forms.ModelChoiceField(
        label="级别", queryset=Organisation.objects.none(), required=False, empty_label="各级都用"
    )


@pytest.mark.django_db
def test_no_choice_is_said_in_words():
    page = drawn("{% form_rows form %}", form=ChoosingForm())
    assert page.xpath("//option/text()") == ["请选", "不选", "各级都用"]
