"""Loading a folder: all of it or nothing, and every refusal names file, sheet, row, column and cure."""

import zipfile
from pathlib import Path

import pytest

from hearth.apps.campaigns.models import Campaign, Duty
from hearth.apps.directory.models import Membership, Organisation
from hearth.apps.outreach.models import Material, Movement
from hearth.cli.loading import Loaded, load_folder
from hearth.lib.faults import Refused
from hearth.lib.wall import scope
from tests.cli import folders

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folders.fill(tmp_path / "活动")


def load(folder: Path) -> Loaded:
    return load_folder(folder, lambda step: None)


def refusal(folder: Path) -> str:
    with pytest.raises(Refused) as caught:
        load(folder)
    assert Organisation.objects.count() == 0, "nothing of a refused folder is kept"
    return caught.value.text()


def test_a_good_folder_is_loaded_whole(folder: Path) -> None:
    loaded = load(folder)
    with scope("0001."):
        assert (Campaign.objects.count(), Duty.objects.count(), Movement.objects.count()) == (1, 1, 3)
        assert Material.objects.get().in_stock == 60
        assert Membership.objects.count() == 2
    assert set(loaded.files) == {
        "organisations.xlsx",
        "people.xlsx",
        "campaign.yaml",
        "duties.xlsx",
        "materials.xlsx",
    }


@pytest.mark.parametrize(
    ("stem", "sheet", "cell", "value", "said"),
    [
        ("duties", "分工", "C1", "事情", "duties.xlsx“分工”第 1 行“任务”：缺少这一列"),
        (
            "duties",
            "分工",
            "D2",
            "甲市科学",
            "duties.xlsx“分工”第 2 行“牵头单位”：“甲市科学”应为组织表里的名称或简称。是不是“甲市科协”",
        ),
        ("duties", "分工", "F2", "赵二", "duties.xlsx“分工”第 2 行“责任人”：“赵二”应为人员表里的姓名"),
        ("duties", "分工", "H2", "2020-02-30", "duties.xlsx“分工”第 2 行“期限”：“2020-02-30”"),
        ("duties", "分工", "B2", "实施方", "是不是“实施方案”"),
        ("materials", "出入库", "E2", -300, "materials.xlsx“出入库”第 2 行“数量”"),
        ("materials", "出入库", "E2", "=100+200", "materials.xlsx“出入库”第 2 行“数量”"),
        ("materials", "出入库", "E3", 301, "最多 300 册"),
        ("materials", "出入库", "A3", "L1", "materials.xlsx“出入库”第 3 行“编号”"),
        ("materials", "科普活动", "G2", "约一百二十", "materials.xlsx“科普活动”第 2 行“参加人数”"),
        ("people", "人员", "C2", "丙市科协", "people.xlsx“人员”第 2 行“单位”：“丙市科协”"),
        ("organisations", "组织", "E3", "X", "organisations.xlsx“组织”第 3 行“上级编码”：“X”"),
        ("organisations", "组织", "E3", "S", "上级绕成了圈"),
    ],
)
def test_one_wrong_cell_is_named_with_its_place_and_nothing_is_kept(
    folder: Path, stem: str, sheet: str, cell: str, value: object, said: str
) -> None:
    folders.put(folder, stem, sheet, cell, value)
    text = refusal(folder)
    assert said in text
    assert text.endswith("全部没有导入，改好再传。")


def test_a_row_that_stands_twice_names_both(folder: Path) -> None:
    folders.add(folder, "materials", "物料", ["W1", "读本乙", "读本", "册"])
    text = refusal(folder)
    assert "materials.xlsx“物料”第 3 行“编号”" in text
    assert "第 2 行" in text


def test_faults_of_several_files_come_in_one_list(folder: Path) -> None:
    folders.put(folder, "duties", "分工", "D2", "无此单位")
    folders.put(folder, "materials", "出入库", "E2", -1)
    text = refusal(folder)
    assert "duties.xlsx" in text
    assert "materials.xlsx" in text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("年份: 2020", "年份: 二〇二〇", "campaign.yaml“年份”：“二〇二〇”应为整数"),
        (
            "止: 2020-06-10",
            "止: 2020-05-10",
            "campaign.yaml“止”：“2020-05-10”应为不早于“起”的日期 2020-05-21",
        ),
        ("主办: 甲市科协", "主办: 丁市科协", "campaign.yaml“主办”：“丁市科协”应为组织表里的名称或简称"),
        ("负责人: 赵一", "负责人: 赵二", "“赵二”应为人员表里的姓名"),
        ("名称: 试验日活动", "", "campaign.yaml“名称”：没有填，应为有这一项"),
        ("届次: 4", "届次: 4\n届数: 4", "campaign.yaml“届数”"),
        ("起: 2020-05-21", "起: [2020-05-21", "campaign.yaml 第"),
        ("止: 2020-06-10", "止: 2020-06-31", "行：“2020-06-31”应为日期，如 2020-06-12"),
        ("年份: 2020", "年份: &a 2020\n另: *a", "campaign.yaml 第"),
    ],
)
def test_a_wrong_line_of_yaml_is_named(folder: Path, old: str, new: str, said: str) -> None:
    place = folder / "campaign.yaml"
    place.write_text(place.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert said in refusal(folder)


def test_a_table_may_be_a_csv_and_gbk_is_read_and_said(folder: Path) -> None:
    (folder / "duties.xlsx").unlink()
    rows = folders.SHEETS["duties"]["分工"]
    lines = (",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    (folder / "分工.csv").write_bytes("\n".join(lines).encode("gbk"))
    loaded = load(folder)
    assert "分工.csv" in loaded.files
    assert any("GBK" in notice.text for notice in loaded.notices)


def test_a_zip_bomb_is_refused_unopened(folder: Path) -> None:
    with zipfile.ZipFile(folder / "duties.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 150_000_000)
    assert "duties.xlsx" in refusal(folder)


def test_a_sheet_of_200_megabytes_is_refused(folder: Path) -> None:
    with (
        zipfile.ZipFile(folder / "duties.xlsx", "a", zipfile.ZIP_DEFLATED) as book,
        book.open("xl/worksheets/sheet9.xml", "w") as sheet,
    ):
        for _ in range(200):
            sheet.write(b"<row/>" * 174_763)
    assert "duties.xlsx" in refusal(folder)


def test_a_file_that_is_no_workbook_is_refused(folder: Path) -> None:
    (folder / "duties.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    assert "duties.xlsx" in refusal(folder)


def test_a_folder_without_its_campaign_is_refused(folder: Path) -> None:
    (folder / "campaign.yaml").unlink()
    assert "campaign.yaml" in refusal(folder)


def test_a_house_without_people_asks_for_their_table(folder: Path) -> None:
    (folder / "people.xlsx").unlink()
    assert refusal(folder) == "people.xlsx：库里还没有人员，请先给出人员表。\n全部没有导入，改好再传。"


def test_the_same_campaign_cannot_be_loaded_twice(folder: Path) -> None:
    load(folder)
    with pytest.raises(Refused, match="不能再建一次"):
        load(folder)


def test_a_second_campaign_goes_into_the_same_house(folder: Path) -> None:
    load(folder)
    place = folder / "campaign.yaml"
    place.write_text(place.read_text(encoding="utf-8").replace("2020", "2021"), encoding="utf-8")
    load(folder)
    with scope("0001."):
        assert Campaign.objects.count() == 2
        assert Organisation.objects.count() == 4
