"""How like the name of a fact is to what stands around a figure."""

import pytest

from hearth.engines.figures import read
from hearth.engines.figures.likeness import MISMATCH, Surroundings, likeness, spoken


def like(before, number, name, *synonyms):
    text = before + number
    (figure,) = read(text).figures
    return likeness(spoken(figure, Surroundings(before, "", text)), (name, *synonyms))


def test_the_same_name_is_as_like_as_can_be():
    assert like("展出科普展板", "30块", "科普展板") == pytest.approx(1.0)


def test_a_name_of_other_things_is_not_like():
    assert like("展出科普展板", "30块", "救护车辆") == 0.0


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("科普展板", "宣传展板"),
        ("展板数量", "读本数量"),
        ("科普挂图", "科普读本"),
        ("科普展板数量", "科普活动参加人数"),
    ],
)
def test_a_name_that_says_more_of_it_is_more_like(nearer, farther):
    assert like("展出科普展板", "30块", nearer) > like("展出科普展板", "30块", farther)


@pytest.mark.parametrize(
    ("said", "known"), [("企业", "公司"), ("群众", "市民"), ("展板", "挂图"), ("项目", "课题")]
)
def test_words_for_the_same_are_the_same(said, known):
    assert like(f"共有{said}", "30个", known) == like(f"共有{said}", "30个", said)


@pytest.mark.parametrize("aspect", ["同比增长", "人均", "其余"])
def test_another_aspect_of_a_number_is_less_like(aspect):
    plain = like("科普经费", "30万元", "科普经费")
    assert like("科普经费", "30万元", f"科普经费{aspect}") < plain * MISMATCH + 0.01


def test_the_best_of_the_names_counts():
    assert like("展出科普展板", "30块", "救护车辆", "科普展板") == like("展出科普展板", "30块", "科普展板")
