import pytest

from hearth.engines.gongwen import (
    GRID,
    INK,
    MEASURED,
    BadProfile,
    calibration_page,
    parse,
    read_profile,
    verify,
    write,
)
from hearth.engines.gongwen.ooxml import q

from .samples import part


def test_profiles_hold_22_lines_of_28_characters():
    assert [(profile.lines, profile.chars) for profile in (GRID, INK)] == [(22, 28), (22, 28)]


def test_ink_profile_sets_margins_and_pitch_of_the_file():
    section = part(write(parse("---\n文种：总结\n---\n# 总结\n正文。"), profile=INK)).find(
        f".//{q('sectPr')}"
    )
    margins = section.find(q("pgMar"))
    assert (margins.get(q("top")), margins.get(q("bottom"))) == ("1960", "1847")
    assert section.find(q("docGrid")).get(q("linePitch")) == "589"


def test_page_names_every_number_and_counts_lines_and_characters():
    text = verify(calibration_page()).text
    assert all(one.name in text for one in MEASURED)
    assert "１２３４５６７８９０１２３４５６７８９０１２３４５６７８" in text
    assert text.endswith("第24行")


def test_numbers_as_they_should_be_change_nothing():
    text = "\n".join(f"{one.name}: {one.wanted:g}" for one in MEASURED)
    assert read_profile(text) == read_profile("每页行数: 22")
    assert (read_profile(text).mark, read_profile(text).line) == (0, 579)


def test_what_stands_too_low_is_moved_up():
    profile = read_profile("红头上缘: 73\n红线距离: 3.5\n版记末线: 261\n页码横线: 270\n")
    moved = (profile.mark, profile.red_line, profile.colophon, profile.page_number)
    assert moved == (-57, 28, 57, -57)


def test_missing_lines_and_characters_are_set_closer():
    profile = read_profile("每页行数: 21\n每行字数: 27\n基准: 墨迹")
    assert (profile.line, profile.spacing) == (583, -8)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("红头上缘: 七十二", "不是数字"),
        ("红头上缘: 172", "差得太多"),
        ("红头: 72", "没有“红头”"),
        ("基准: 别的", "基准写错了"),
        ("- 72", "没有数字"),
        ("红头上缘: [72", "读不懂"),
        ("红头上缘: .nan", "差得太多"),
        ("a" * 20000, "太长"),
    ],
)
def test_numbers_that_cannot_be_are_refused_with_the_cure(text, said):
    with pytest.raises(BadProfile) as caught:
        read_profile(text)
    assert said in str(caught.value)
    assert caught.value.cure in str(caught.value)


def test_calibrated_paper_moves_its_mark():
    paper = parse("---\n文种：通知\n机关：甲市科协\n---\n# 通知\n正文。")
    usual, moved = (
        part(write(paper, profile=profile)).find(f".//{q('spacing')}").get(q("before"))
        for profile in (GRID, read_profile("红头上缘: 71"))
    )
    assert int(moved) - int(usual) == 57
