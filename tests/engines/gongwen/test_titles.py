import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.engines.gongwen.paper import Figure, Text
from hearth.engines.gongwen.titles import TITLE_CHARS, broken_title, title_width


def broken(text, *organs):
    return ["".join(part.text for part in line) for line in broken_title(((Text(text),),), organs)]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("2020年全国科技工作者日活动总结", ["2020年全国科技工作者日活动总结"]),
        (
            "云州市科学技术协会关于申请追加2020年科普进校园活动专项经费的请示",
            ["云州市科学技术协会关于申请追加", "2020年科普进校园活动专项经费的请示"],
        ),
        ("关于商请支持举办政校企对接洽谈活动场地的函", ["关于商请支持举办政校企", "对接洽谈活动场地的函"]),
    ],
)
def test_title_is_broken_between_words(title, lines):
    assert broken(title, "云州市科学技术协会") == lines


def test_digits_of_a_heavy_face_are_wider_than_a_half():
    """20 字 by halves; printed they are 20.4, and 要 would stand on a line of its own."""
    title = "研究2025年政校企对接洽谈有关事项会议纪要"
    lines = broken(title)
    assert "".join(lines) == title
    assert [len(line) > 1 for line in lines] == [True, True]


def test_authors_own_lines_stay():
    title = ((Text("云州市科学技术协会"),), (Text("关于开展2020年全国科技工作者日系列活动的通知"),))
    assert broken_title(title) == title


def test_figure_in_a_title_stays_whole():
    figure = Figure(0, "f0", "k", "年份", "2020年度", 1)
    title = ((Text("云州市科学技术协会关于开展"), figure, Text("全国科技工作者日系列活动的通知")),)
    lines = broken_title(title)
    assert [part for line in lines for part in line if isinstance(part, Figure)] == [figure]
    assert len(lines) == 2


@given(st.text(alphabet="云州市科学技术协会关于开展活动的通知《》，、（）2020 a", min_size=1, max_size=90))
def test_every_title_keeps_its_words_and_fits_its_lines(title):
    lines = broken(title)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert len(lines) == 1 or not any(line != line.strip() for line in lines)
    assert all(title_width(line) <= TITLE_CHARS for line in lines)


@given(
    st.lists(
        st.sampled_from(["科普", "活动", "的", "、", "《方案》", "关于", "2020年", "工作者"]),
        min_size=12,
        max_size=24,
    )
)
def test_no_line_begins_with_a_particle_or_a_mark(words):
    lines = broken("云州市" + "".join(words))
    hard = any(len(line) and all(part == "的" for part in line) for line in lines)
    assert hard or all(line[0] not in "的、》" for line in lines[1:]) or len(lines) > 3
