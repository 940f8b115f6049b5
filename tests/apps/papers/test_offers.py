"""Which measure is offered for a typed number: the one that the words mean, also when its value is another."""

import pytest

from hearth.apps.measures.rules import Value
from hearth.apps.measures.states import Shape
from hearth.apps.papers import figures
from hearth.apps.papers.figures import Known, Ranking


def known(name: str, number: int, unit: str, definition: str = "") -> Known:
    value = Value(Shape.COUNT, number=number, unit=unit)
    return Known(name, name, definition or name, value, figures.forms(value))


MEASURES = (
    known("科普.展板", 33, "块", "在现场展出的展板"),
    known("科普.读本", 1000, "册", "发给师生并签收的科普读本"),
    known("科普.学校", 6, "所", "到过的学校"),
    known("科普.场次", 6, "场", "已登记的科普活动"),
    known("走访.人数", 12, "名", "走访的科技工作者"),
    known("走访.困难", 11, "件", "走访中收集的困难"),
    known("走访.建议", 7, "条", "走访中听到的意见建议"),
    known("意见.收到", 48, "条", "征求到的意见建议"),
    known("协议.签订", 0, "份", "各方签字的协议"),
)


def ranked(text: str) -> list[Ranking]:
    return list(figures.rank(text, figures.loose(text, []), MEASURES))


def first(text: str) -> list[str]:
    return [one.offers[0].known.name for one in ranked(text)]


def test_the_words_decide_between_equal_values() -> None:
    assert first("在6所学校举办6场活动。") == ["科普.学校", "科普.场次"]


def test_the_words_decide_against_a_value_that_happens_to_agree() -> None:
    assert first("走访时记下困难7件。") == ["走访.困难"]


def test_other_units_of_the_same_kind_are_understood() -> None:
    assert first("发放科普读本1000本，走访科技工作者12人。") == ["科普.读本", "走访.人数"]


def test_a_measure_is_left_to_the_number_that_is_more_like_it() -> None:
    assert first("征求意见，收到意见建议48条；走访听到建议8条。") == ["意见.收到", "走访.建议"]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("展出科普展板33块。", False),
        ("展出科普展板30余块。", False),
        ("展出科普展板35块。", True),
        ("展出科普展板30亩。", False),
        ("请于35日内答复。", False),
        ("听到意见建议50条。", False),
        ("各方签订协议3份。", False),
    ],
)
def test_only_the_one_measure_that_is_meant_denies(text: str, denied: bool) -> None:
    (found,) = ranked(text)
    assert found.denied is denied


@pytest.mark.parametrize("text", ["6月12日开会。", "学校占45%。", "活动经费6万元。", "展出6天。"])
def test_what_is_no_count_is_offered_none(text: str) -> None:
    assert ranked(text)[0].offers == ()
