"""While a paper is written: numbers that nothing backs have a place and the measure that fits; styles only when true."""

import pytest

from hearth.apps.campaigns import actions as campaigns
from hearth.apps.measures.rules import Value
from hearth.apps.measures.states import Shape
from hearth.apps.papers import actions, figures, gongwen, queries
from hearth.lib.wall import scope
from tests.apps.campaigns import building
from tests.apps.papers import desks
from tests.apps.papers.desks import Desk

HEAD = desks.source(body="")


@pytest.fixture
def desk(db: None):
    desk = desks.build()
    with scope(desk.house.city.path):
        for number in range(1, 32):
            campaigns.receive(
                campaign=desk.campaign,
                number=f"YJ-{number}",
                received_on=building.day(21),
                proposer="赵一",
                from_org=desk.house.county,
                text="意见",
                by=desk.officer,
            )
        yield desk


def look(desk: Desk, body: str) -> queries.Looked:
    return queries.look(f"{HEAD}# 通知\n\n{body}\n", desk.campaign.subject_id)


def places(looked: queries.Looked) -> list[tuple[int, int, str]]:
    return [(one.place.line, one.place.column, one.place.text) for one in looked.loose if one.place]


def count(number: int, unit: str = "块") -> Value:
    return Value(Shape.COUNT, number=number, unit=unit)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (count(33), ["33块", "30余块"]),
        (count(486, "人"), ["486人", "400余人", "近500人", "约500人"]),
        (count(30), ["30块"]),
        (count(3), ["3块"]),
        (Value(Shape.WRITTEN, written="全部"), ["全部"]),
    ],
)
def test_only_forms_that_are_true_are_offered(value: Value, written: list[str]) -> None:
    assert [form.text for form in figures.forms(value)] == written


def test_a_number_has_its_place_in_the_source(desk: Desk) -> None:
    assert places(look(desk, "收到{{意见.收到}}，发放300册。\n\n## 一、500名师生")) == [
        (10, 15, "300册"),
        (12, 6, "500名"),
    ]


def test_rules_and_figures_are_backed(desk: Desk) -> None:
    assert look(desk, "请于{{规定：5个工作日}}内答复，收到{{意见.收到|余}}。").loose == ()


def test_the_same_number_twice_has_two_places(desk: Desk) -> None:
    assert places(look(desk, "发放300册。再发放300册。")) == [(10, 3, "300册"), (10, 11, "300册")]


def test_the_measure_that_fits_comes_first(desk: Desk) -> None:
    (number,) = look(desk, "收到意见建议31条。").loose
    best = number.suggestions[0]
    assert (best.name, best.text, best.slot) == ("意见.收到", "31条", "{{意见.收到}}")


def test_it_is_offered_as_the_number_speaks_when_that_is_true(desk: Desk) -> None:
    (number,) = look(desk, "收到意见建议30余条。").loose
    best = number.suggestions[0]
    assert (best.text, best.slot, best.exact) == ("30余条", "{{意见.收到|余}}", "31条")


def test_it_is_offered_exactly_when_it_is_not(desk: Desk) -> None:
    (number,) = look(desk, "收到意见建议近31条。").loose
    assert number.suggestions[0].text == "31条"


def test_a_number_that_the_measure_denies_is_told_with_the_right_one(desk: Desk) -> None:
    (number,) = look(desk, "收到意见建议32条。").loose
    assert number.denied
    assert number.suggestions[0].exact == "31条"


def test_a_number_of_another_thing_is_not_denied(desk: Desk) -> None:
    (number,) = look(desk, "请于32天内答复。").loose
    assert not number.denied


def test_what_does_not_follow_names_both_places_in_the_source(desk: Desk) -> None:
    (slip,) = look(desk, "收到{{意见.收到}}，其中采纳10条，占45%。").slips
    assert slip.why == "“45%”是“10条”占“31条”的比重，应为32%"
    places = [(one.line, one.column, one.text) for one in (slip.place, *slip.sources)]
    assert places == [(10, 22, "45%"), (10, 17, "10条"), (10, 3, "{{意见.收到}}")]


def test_a_slot_that_nothing_fills_stands_as_written_with_line_and_column(desk: Desk) -> None:
    looked = look(desk, "收到{{意见.收}}。")
    assert [(one.line, one.column) for one in looked.problems] == [(10, 3)]
    assert "收到{{意见.收}}。" in gongwen.plain(looked.layout)
    assert len(looked.unfilled) == 1


def test_a_listing_that_is_none_names_its_line(desk: Desk) -> None:
    with pytest.raises(gongwen.SourceError, match="第 12 行第 1 列：没有叫“没有的”的清单"):
        look(desk, "正文\n\n[[没有的]]")


def test_lines_below_a_listing_keep_their_numbers(desk: Desk) -> None:
    looked = look(desk, "正文\n\n[[分工表]]\n\n收到{{意见.收}}。")
    assert [one.line for one in looked.problems] == [14]


def test_looking_keeps_nothing(desk: Desk) -> None:
    paper = desk.draft(f"{HEAD}# 通知\n\n收到{{{{意见.收到}}}}。\n")
    look(desk, "全改了{{意见.采纳}}。")
    assert [one.text for one in queries.figures_of(paper)] == ["31条"]


def test_a_picture_that_was_not_given_is_a_problem(desk: Desk) -> None:
    assert [one.line for one in look(desk, "正文\n\n![合影](合影)").problems] == [12]
    with pytest.raises(actions.PaperRefused, match="没有叫“合影”的图片"):
        desk.draft(f"{HEAD}# 通知\n\n正文\n\n![合影](合影)\n")
