"""A small campaign folder, as a clerk would fill it, to be damaged in one place at a time."""

import datetime
from pathlib import Path

import openpyxl

CAMPAIGN = """
名称: 试验日活动
年份: 2020
届次: 4
起: 2020-05-21
止: 2020-06-10
主办: 甲市科协
联合: [乙局]
引用:
  - {名称: 代表, 值: 25, 单位: 名, 写法: 25名, 出处: 报纸}
预案:
  当前级别: 三级
  设定日期: 2020-05-15
  级别:
    - {级别: 三级, 触发条件: 平时, 负责人: 赵一, 代理人: 钱二, 措施: 照常}
"""
SHEETS: dict[str, dict[str, list[list[object]]]] = {
    "organisations": {
        "组织": [
            ["编码", "名称", "简称", "类别", "上级编码", "地区", "联系人", "电话"],
            ["P", "试验省科协", "省科协", "省科协", None, None, None, None],
            ["C", "试验甲市科协", "甲市科协", "市科协", "P", None, None, None],
            ["G", "试验乙局", "乙局", "党委政府", "C", None, None, None],
            ["S", "试验小学", "试小", "学校", "C", None, None, None],
        ]
    },
    "people": {
        "人员": [
            ["编号", "姓名", "单位", "职务", "职称", "类别", "领域", "电话", "角色", "登录名"],
            ["R1", "赵一", "甲市科协", "干事", None, "机关干部", None, "000-0000-0001", "干事", "zhao"],
            ["R2", "钱二", "甲市科协", "主席", None, "机关干部", None, "000-0000-0002", "领导", "qian"],
        ]
    },
    "duties": {
        "分工": [
            [
                "编号",
                "部分",
                "任务",
                "牵头单位",
                "协办单位",
                "责任人",
                "代理人",
                "期限",
                "状态",
                "完成日期",
                "佐证",
            ],
            [
                "F1",
                "实施方案",
                "起草方案",
                "甲市科协",
                "乙局",
                "赵一",
                "钱二",
                datetime.date(2020, 5, 20),
                "进行中",
                None,
                None,
            ],
        ]
    },
    "materials": {
        "物料": [["编号", "名称", "类别", "单位"], ["W1", "读本甲", "读本", "册"]],
        "科普活动": [
            ["编号", "名称", "学校", "日期", "地点", "负责人", "参加人数"],
            ["H1", "科普进校园", "试小", datetime.date(2020, 5, 29), "操场", "赵一", 120],
        ],
        "出入库": [
            ["编号", "日期", "物料", "方向", "数量", "科普活动", "签收人", "单据"],
            ["L1", datetime.date(2020, 5, 25), "W1", "入库", 300, None, None, "单1"],
            ["L2", datetime.date(2020, 5, 29), "W1", "出库", 240, "H1", None, "单2"],
            ["L3", datetime.date(2020, 5, 29), "W1", "发放", 240, "H1", "孙三", "单3"],
        ],
    },
}


def fill(folder: Path) -> Path:
    folder.mkdir()
    (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    for stem, sheets in SHEETS.items():
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(folder / f"{stem}.xlsx")
    return folder


def put(folder: Path, stem: str, sheet: str, cell: str, value: object) -> None:
    place = folder / f"{stem}.xlsx"
    book = openpyxl.load_workbook(place)
    book[sheet][cell] = value
    book.save(place)


def add(folder: Path, stem: str, sheet: str, row: list[object]) -> None:
    place = folder / f"{stem}.xlsx"
    book = openpyxl.load_workbook(place)
    book[sheet].append(row)
    book.save(place)
