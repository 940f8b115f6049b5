"""Publicity as a story: a plan becomes a placement in the chart; a person decides about his profile; a letter goes out."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.lib.test_photographs import png
from tests.web.steps import SIZES, Open, looks_right, path_of

pytestmark = [pytest.mark.browser]


@SIZES
def test_a_planned_item_is_placed_and_shows_in_the_chart(
    visit: Open, tmp_path: Path, size: dict[str, int]
) -> None:
    title = f"走访消息{size['width']}"
    page = visit("/desk/campaigns/1/publicity/plan/new/", as_="officer", size=size)
    page.get_by_label("渠道").select_option("radio")
    page.get_by_label("媒体").fill("云州电台")
    page.get_by_label("题目").fill(title)
    page.get_by_label("计划刊播日期").fill("2024-11-20")
    page.get_by_label("责任人").select_option(label="顾晓棠")
    page.get_by_label("交稿期限").fill("2024-11-18")
    page.get_by_role("button", name="列入计划").click()
    expect(page.get_by_text("迟 5 天")).to_be_visible()
    looks_right(page)

    page.get_by_role("link", name="登记刊播").click()
    expect(page.get_by_label("标题")).to_have_value(title)
    page.get_by_label("类型").select_option("report")
    page.get_by_label("触达人数").fill("42000")
    picture = tmp_path / "截屏.png"
    picture.write_bytes(png())
    page.locator("input[type=file]").set_input_files(str(picture))
    page.get_by_role("button", name="登记这条刊播").click()
    expect(page.get_by_role("alert").first).to_contain_text("写明数据来源")
    page.get_by_label("数据来源").fill("收听率调查")
    page.locator("input[type=file]").set_input_files(str(picture))
    page.get_by_role("button", name="登记这条刊播").click()
    expect(page.get_by_role("link", name="截屏.png")).to_be_visible()
    looks_right(page)

    page.get_by_role("link", name=f"云州电台《{title}》").first.click()
    expect(page.get_by_text("已刊播")).to_be_visible()
    page.goto("/desk/campaigns/1/publicity/")
    chart = page.get_by_role("img", name=re.compile("各渠道触达人次"))
    expect(chart.locator("svg")).to_be_visible()
    looks_right(page)


@SIZES
def test_a_profile_is_public_only_as_long_as_its_person_wants(visit: Open, size: dict[str, int]) -> None:
    title = f"灯下的人{size['width']}"
    desk = visit("/desk/campaigns/1/profiles/new/", as_="officer", size=size)
    desk.get_by_label("写谁").select_option(label="段知行")
    desk.get_by_label("标题").fill(title)
    desk.get_by_label("正文").fill("他每天最早到。")
    desk.get_by_role("button", name="存草稿").click()
    desk.get_by_role("button", name="请本人看，征求同意").click()
    own = path_of(desk.locator("span.text-break").inner_text())

    person = visit(own, size=size)
    looks_right(person)
    person.get_by_label("事迹").fill("我每天最早到。")
    person.get_by_role("button", name="同意按上面的文字公开").click()
    expect(person.get_by_text("同意了公开，谢谢")).to_be_visible()

    desk.reload()
    expect(desk.get_by_text("撰稿人不能审核自己写的稿")).to_be_visible()
    leader = visit(path_of(desk.url), as_="leader", size=size)
    leader.get_by_role("button", name="审核通过").click()
    leader.get_by_role("button", name="公开", exact=True).click()
    public = leader.get_by_role("link", name="看公开页").get_attribute("href")
    assert public

    reader = visit(public, size=size)
    expect(reader.get_by_role("heading", name=title)).to_be_visible()
    expect(reader.get_by_text("我每天最早到。")).to_be_visible()
    looks_right(reader)
    person.reload()
    person.get_by_role("button", name="撤回同意").click()
    expect(person.get_by_text("公开的网页已经清空")).to_be_visible()
    answer = reader.request.get(public)
    assert answer.status == 410
    assert answer.headers["cache-control"] == "no-store"
    assert "最早到" not in answer.text()


@SIZES
def test_a_joint_letter_is_begun_with_its_two_signatories(visit: Open, size: dict[str, int]) -> None:
    page = visit("/desk/campaigns/1/publicity/letters/new/", as_="officer", size=size)
    for at, organ, office, name in (
        ("一", "中共云州市委", "中共云州市委书记", "陆承远"),
        ("二", "云州市人民政府", "云州市人民政府市长", "方敬之"),
    ):
        page.get_by_label(f"第{at}个机关").fill(organ)
        page.get_by_label(f"第{at}位的职务").fill(office)
        page.get_by_label(f"第{at}位的姓名").fill(name)
    page.get_by_role("button", name="存草稿，写正文").click()
    expect(page.get_by_text("草稿已存")).to_be_visible()
    sheet = page.locator("#sheet")
    for line in ("中共云州市委书记　陆承远", "云州市人民政府市长　方敬之"):
        expect(sheet.get_by_text(line)).to_be_visible()


@SIZES
def test_a_letter_is_sent_to_those_visited_and_its_openings_are_only_counted(
    visit: Open, size: dict[str, int]
) -> None:
    group = {1440: "这次走访过的", 390: "全部专家"}[size["width"]]
    page = visit("/desk/campaigns/1/publicity/letters/", as_="officer", size=size)
    expect(page.get_by_role("link", name="云州日报").first).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="发给科技工作者").click()
    page.get_by_label("发给哪些人").select_option(label=group)
    page.get_by_role("button", name="列出这些人").click()
    looks_right(page)
    page.get_by_role("button", name=re.compile("发给选中的 [0-9]+ 人")).click()
    expect(page.get_by_text("链接打开过 0 次（不记是谁）")).to_be_visible()
    looks_right(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("邮寄清单和标签")).click()
    assert download.value.suggested_filename.endswith("邮寄清单.xlsx")

    href = page.locator(".in a.text-break").get_attribute("href")
    assert href
    reader = visit(size=size)
    with reader.expect_response(re.compile("/opened/$")) as counted:
        reader.goto(href)
    assert counted.value.status == 204
    expect(reader.get_by_text("云州市人民政府市长")).to_be_visible()
    looks_right(reader)
    page.reload()
    expect(page.get_by_text("链接打开过 1 次（不记是谁）")).to_be_visible()
