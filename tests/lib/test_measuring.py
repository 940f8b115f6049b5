"""What the copy for LibreOffice differs in from the file, and what it does not."""

import re

import pytest

from hearth.lib import measuring
from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Refused
from tests.lib.wordfiles import member, paragraph, relation, relations, word

CLOSE = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
STYLES = (
    f'<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:pPr>{CLOSE}</w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="N"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="O"><w:basedOn w:val="N"/>'
    "<w:pPr><w:autoSpaceDE/></w:pPr></w:style>"
)


def text(body: str, *, styles: str = STYLES) -> str:
    """The words of the copy, with a bar for the zero-width space."""
    made = member(measuring.copy(Arrival("x.docx", word(body, styles=styles))), "word/document.xml")
    return "|".join(re.findall(r"<w:t>([^<]*)</w:t>", made)).replace("\u200b", "·")


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        ('<w:overflowPunct w:val="0"/>', 'w:val="1"'),
        ('<w:overflowPunct w:val="false"/>', 'w:val="1"'),
        ('<w:overflowPunct w:val="1"/>', 'w:val="0"'),
        ("<w:overflowPunct/>", 'w:val="0"'),
    ],
)
def test_hanging_punctuation_is_turned(said: str, turned: str) -> None:
    copy = measuring.copy(Arrival("x.docx", word(paragraph("甲", properties=said))))
    assert f"<w:overflowPunct {turned}/>" in member(copy, "word/document.xml")


def test_digits_keep_close_to_hanzi_where_the_style_says_so() -> None:
    assert text(paragraph("共计30余人，在2020年")) == "共计·30·余人，在·2020·年"


def test_the_next_run_counts_as_well() -> None:
    assert text(paragraph("共计", "30", "余人")) == "共计|·30|·余人"


def test_a_style_inherits_and_a_paragraph_has_the_last_word() -> None:
    inherited = '<w:pStyle w:val="B"/>'
    assert text(paragraph("共3人", properties=inherited)) == "共·3·人"
    assert text(paragraph("共3人", properties='<w:pStyle w:val="O"/>')) == "共3人"
    assert text(paragraph("共3人", properties=f"{inherited}<w:autoSpaceDN/>")) == "共3人"


def test_where_nothing_is_said_nothing_is_put_in() -> None:
    assert text(paragraph("共3人"), styles="") == "共3人"
    assert text(paragraph("共3人", properties='<w:pStyle w:val="unknown"/>')) == "共3人"


def test_a_circle_of_styles_comes_to_an_end() -> None:
    circle = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert text(paragraph("共3人", properties='<w:pStyle w:val="A"/>'), styles=circle) == "共3人"


def test_links_to_elsewhere_are_taken_out_but_for_addresses_of_pages() -> None:
    outside = 'TargetMode="External"'
    entries = (
        relation("r1", "styles", "styles.xml"),
        relation("r2", "image", "http://192.0.2.1/spy.png", outside),
        relation("r3", "attachedTemplate", "file://192.0.2.1/x.dotm", outside),
        relation("r4", "hyperlink", "http://192.0.2.1/", outside),
    )
    more = {"word/_rels/document.xml.rels": relations(*entries)}
    copy = measuring.copy(Arrival("x.docx", word(paragraph("甲"), more=more)))
    kept = re.findall(r'Id="(r\d)"', member(copy, "word/_rels/document.xml.rels"))
    assert kept == ["r1", "r4"]


def test_the_file_itself_stays_as_it_is() -> None:
    content = word(paragraph("共3人"), styles=STYLES)
    arrival = Arrival("x.docx", content)
    measuring.copy(arrival)
    assert arrival.data == content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 torn",
        b"%PDF-1.7",
        word("<w:p>"),
        word(paragraph("&x;"), more={"word/a.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a/>'}),
    ],
)
def test_what_is_no_sound_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match=r"x\.docx"):
        measuring.copy(Arrival("x.docx", content))
