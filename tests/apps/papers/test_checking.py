"""A text checked by a table: every number with its verdict, what does not add up with both places, what is no number."""

from hearth.apps.papers.figures import checking
from hearth.apps.papers.figures.checking import Checked, TrapKind, Verdict
from hearth.lib import statements

TABLE = "项目\t数量\n科普展板\t33块\n科普读本\t1000册\n技术需求\t40项\n合作意向\t16项\n"


def check(text: str) -> Checked:
    return checking.check(text, statements.read(TABLE).statements)


def verdicts(text: str) -> list[tuple[str, Verdict]]:
    return [(one.text, one.verdict) for one in check(text).findings]


def test_each_number_has_its_verdict() -> None:
    assert verdicts("展出科普展板30余块，发放科普读本1200册，来了500人。") == [
        ("30余块", Verdict.SUPPORTED),
        ("1200册", Verdict.CONTRADICTED),
        ("500人", Verdict.UNSUPPORTED),
    ]


def test_what_is_denied_tells_the_right_value_and_its_cell() -> None:
    (found,) = check("发放科普读本1200册。").wrong
    assert found.statement
    assert (found.statement.value, found.statement.unit, found.statement.row) == (1000, "册", 3)


def test_what_does_not_follow_names_both_places() -> None:
    found = check("技术需求40项，其中达成合作意向16项，占45%。")
    (slip,) = found.slips
    assert (slip.text, slip.beside) == ("45%", (2, 1))
    assert slip.slip == "“45%”是“16项”占“40项”的比重，应为40%"
    assert found.wrong == (slip,)


def test_what_follows_from_the_numbers_beside_it_is_borne_out() -> None:
    assert verdicts("技术需求40项，其中达成合作意向16项，占40%。")[2] == ("40%", Verdict.SUPPORTED)


def test_what_is_no_number_is_named() -> None:
    (idiom,) = check("四面八方都来了。").others
    assert (idiom.text, idiom.kind, idiom.line) == ("四面八方", TrapKind.IDIOM, 1)


def test_the_lines_are_the_text_with_its_numbers_set_apart() -> None:
    found = check("开头。\n\n展出展板33块。")
    assert ["".join(part.text for part in line) for line in found.lines] == ["开头。", "展出展板33块。"]
    assert [part.text for line in found.lines for part in line if part.finding] == ["33块"]
