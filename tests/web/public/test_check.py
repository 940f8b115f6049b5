"""The page on which anyone checks numbers: what it says, what it refuses with a cure, and that it keeps nothing."""

import io
import logging

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client

from hearth.apps.accounts.models import User
from hearth.apps.papers.figures import checking
from hearth.web.public.views import checking as page_module
from hearth.web.public.views.checking import KINDS, LARGEST, WORDS

pytestmark = pytest.mark.usefixtures("static", "db")

TEXT = "展出科普展板30余块，发放科普读本1200册，来了500人，一是认真。技术需求40项，其中达成意向16项，占45%。"
TABLE = "项目\t数量\n科普展板\t33块\n科普读本\t1000册\n技术需求\t40项\n达成意向\t16项\n"


def sent(**fields: object) -> HttpResponse:
    return Client(enforce_csrf_checks=True).post("/check/", {"text": TEXT, "table": TABLE, **fields})


def page(**fields: object) -> str:
    return " ".join(sent(**fields).content.decode().split())


def rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        return {table: _count(cursor, table) for table in connection.introspection.table_names()}


def _count(cursor: object, table: str) -> int:
    cursor.execute(f'SELECT count(*) FROM "{table}"')  # type: ignore[attr-defined]
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]


def test_every_number_is_judged_and_the_right_value_shown() -> None:
    html = page()
    assert "有 2 个数字要改" in html
    assert "表格里“科普读本”是 <b>1000册</b>" in html
    assert "“1200册”与“科普读本”不符，记录是1000册。" in html
    assert "没有名称和单位都与“500人”相符的事实。" in html


def test_what_does_not_add_up_links_to_both_places() -> None:
    html = page()
    assert "“45%”是“16项”占“40项”的比重，应为40%" in html
    assert 'href="#n5">第 5 个</a> <a class="small" href="#n4">第 4 个</a>' in html
    assert all(f'<tr id="n{at}">' in html for at in range(1, 7))


def test_what_is_no_number_is_listed_by_kind() -> None:
    assert "<td>一是</td><td>列举</td>" in page()


def test_how_the_table_was_read_is_shown() -> None:
    html = page(table="县区\t参加人数（人）\n石桥区\t300\n")
    assert (
        '<td>参加人数 <span class="small h-quiet">石桥区 </span></td><td class="h-num"><b>300人</b></td>'
        in html
    )
    assert "2 行 2 列" in html


def test_the_report_to_copy_is_text_and_cannot_break_out() -> None:
    html = page(text='发放科普读本1200册"><script>alert()</script>。')
    assert 'data-copy="核对了 1 个数字：相符 0，不符 1，说不准 0，没有依据 0。' in html
    assert "<script>alert" not in html


def test_a_workbook_is_read_instead_of_the_pasted_table() -> None:
    book, kept = openpyxl.Workbook(), io.BytesIO()
    for row in (("项目", "数量", "单位"), ("科普读本", 1200, "册")):
        book.active.append(row)
    book.save(kept)
    html = page(table="", file=SimpleUploadedFile("表.xlsx", kept.getvalue()))
    assert "“1200册”与“科普读本”（1200册）相符" in html


def test_nothing_is_kept_not_even_a_session() -> None:
    before = rows()
    response = sent()
    assert response.status_code == 200
    assert rows() == before
    assert response["Cache-Control"] == "no-store"
    assert "sessionid" not in response.cookies


def test_the_content_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        sent()
        sent(table="秘密展板\t三十块")
        sent(text="秘密数字1块" * checking.LONGEST)
    told = [record.getMessage() for record in caplog.records]
    assert any("UPDATE" in one or "SELECT" in one or "/check/" in one for one in told), (
        "the control: logs are heard"
    )
    assert not any(word in one for one in told for word in ("科普", "秘密", "1200"))


def test_the_database_refuses_what_the_page_would_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "_checked", lambda *_: User.objects.create(username="kept"))
    with pytest.raises(DatabaseError, match="read-only"):
        sent()


@pytest.mark.parametrize(
    ("fields", "cure"),
    [
        ({"text": " "}, "还没有填。"),
        ({"table": ""}, "还没有表格。请把表格里的格子复制过来，或选一个表格文件。"),
        ({"text": "1" * 8001}, "最多 8000 字，现在 8001 字。请删短。"),
        ({"table": "甲\t乙"}, "没有找到数字。表里至少要有一列名称和一列数字"),
        ({"table": "项目\t数量\n展板\t30余块\n"}, "没有找到数字"),
        ({"file": SimpleUploadedFile("表.pdf", b"%PDF-1.7")}, "应为 .csv 文件"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_a_cure_and_stays_to_be_mended(
    fields: dict[str, object], cure: str
) -> None:
    response = sent(**fields)
    assert response.status_code == 422
    assert cure in response.content.decode()
    assert str(fields.get("text") or TEXT) in response.content.decode()


def test_a_cell_that_is_not_understood_is_named_and_the_rest_is_checked() -> None:
    html = page(table=f"{TABLE}水杯\t五十个\n")
    assert "表格里有 1 格没有看懂，没有用来核对" in html
    assert "表格 第 6 行“数量”：“五十个”应为准确的数" in html
    assert "有 2 个数字要改" in html


def test_more_than_is_held_in_memory_is_not_read() -> None:
    response = sent(table="1" * (LARGEST + 1))
    assert response.status_code == 413
    assert "内容超过 2 MB，没有读。" in response.content.decode()


def test_the_example_fills_in_and_finds_what_is_wrong() -> None:
    html = Client().get("/check/?example").content.decode()
    assert "云州市科普月活动总结" in html
    assert "科普读本\t1000\t册" in html


def test_every_verdict_and_every_kind_has_its_word() -> None:
    assert set(WORDS) == set(checking.Verdict)
    assert set(KINDS) == set(checking.TrapKind)


def test_the_way_there_is_on_every_public_page() -> None:
    assert '<a href="/check/"' in Client().get("/").content.decode()
