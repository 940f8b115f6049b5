"""What changed between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from hearth.lib.differences import Change, Stretch, compare

TEXTS = st.text("一二三四，。{}\n", max_size=60)


def rebuilt(before: str, after: str, *gone: Change) -> list[str]:
    """The lines of a comparison without what has one of these fates; lines that go as a whole are left out."""
    found = []
    for line in compare(before, after):
        if not line or any(stretch.change not in gone for stretch in line):
            found.append("".join(stretch.text for stretch in line if stretch.change not in gone))
    return [line for line in found if line]


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def test_the_same_text_is_the_same() -> None:
    assert compare("甲\n\n乙", "甲\n\n乙") == (
        (Stretch(Change.SAME, "甲"),),
        (),
        (Stretch(Change.SAME, "乙"),),
    )


def test_a_word_that_changed_is_removed_and_added() -> None:
    assert compare("会议圆满成功，结束", "会议顺利，结束") == (
        (
            Stretch(Change.SAME, "会议"),
            Stretch(Change.REMOVED, "圆满成功"),
            Stretch(Change.ADDED, "顺利"),
            Stretch(Change.SAME, "，结束"),
        ),
    )


def test_a_slot_changes_as_a_whole() -> None:
    assert compare("发放{{科普.读本}}", "发放{{科普.读本|余}}") == (
        (
            Stretch(Change.SAME, "发放"),
            Stretch(Change.REMOVED, "{{科普.读本}}"),
            Stretch(Change.ADDED, "{{科普.读本|余}}"),
        ),
    )


def test_a_line_that_came_leaves_its_neighbours_alone() -> None:
    assert compare("甲\n丙", "甲\n乙\n丙") == (
        (Stretch(Change.SAME, "甲"),),
        (Stretch(Change.ADDED, "乙"),),
        (Stretch(Change.SAME, "丙"),),
    )


@given(TEXTS, TEXTS)
def test_both_texts_are_in_the_comparison(before: str, after: str) -> None:
    assert rebuilt(before, after, Change.ADDED) == lines(before)
    assert rebuilt(before, after, Change.REMOVED) == lines(after)
