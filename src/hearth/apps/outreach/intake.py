"""Taking in materials, outreach events and the ledger from a spreadsheet."""

import datetime
from itertools import groupby

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.intake import Names, choices, chosen
from hearth.apps.outreach import actions
from hearth.apps.outreach.models import Material, Movement, OutreachEvent
from hearth.apps.outreach.rules import Ledger
from hearth.apps.outreach.states import Direction, MaterialKind
from hearth.lib.cells import nearest
from hearth.lib.sheets import Reading
from hearth.lib.tables import Column, Kind, Row, Table

UNITS = ("块", "册", "份", "个")

MATERIALS = Table(
    name="物料",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="名称", required=True, unique=True, longest=80),
        Column(name="类别", kind=Kind.CHOICE, required=True, choices=choices(MaterialKind)),
        Column(name="单位", kind=Kind.CHOICE, required=True, choices=UNITS),
    ),
)
EVENTS = Table(
    name="科普活动",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="名称", required=True, longest=120),
        Column(name="学校", required=True),
        Column(name="日期", kind=Kind.DATE, required=True),
        Column(name="地点", longest=120),
        Column(name="负责人", required=True),
        Column(name="参加人数", kind=Kind.INTEGER, minimum=0, maximum=10_000_000),
    ),
)
MOVEMENTS = Table(
    name="出入库",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="日期", kind=Kind.DATE, required=True),
        Column(name="物料", required=True),
        Column(name="方向", kind=Kind.CHOICE, required=True, choices=choices(Direction)),
        Column(name="数量", kind=Kind.INTEGER, required=True, minimum=1, maximum=10_000_000),
        Column(name="科普活动"),
        Column(name="签收人", longest=40),
        Column(name="单据", longest=80),
    ),
)
TABLES = (MATERIALS, EVENTS, MOVEMENTS)

# how a day goes when the sheet does not say: things arrive, leave, are shown, given out, and come back
COURSE_OF_A_DAY = (
    Direction.IN,
    Direction.OUT,
    Direction.SHOWN,
    Direction.GIVEN,
    Direction.LOST,
    Direction.RETURNED,
)


def take_materials(reading: Reading, campaign: Campaign, names: Names) -> None:
    """Take the three sheets. A ledger that would go below nothing is refused at the line where it would."""
    for table, model in ((MATERIALS, Material), (EVENTS, OutreachEvent), (MOVEMENTS, Movement)):
        used = set(model.objects.filter(campaign=campaign).values_list("number", flat=True))
        names.findings.add(
            *(
                row.fault("编号", cure="这个编号已经登记过，请换一个")
                for row in reading.of(table)
                if row["编号"] in used
            )
        )
    for row in reading.of(EVENTS):
        names.organisation(row, "学校")
        names.person(row, "负责人")
    lines = _tried(reading, names)
    names.findings.settle()
    materials = {row.get("编号", str): _register(row, campaign, names) for row in reading.of(MATERIALS)}
    events = {row.get("编号", str): _plan(row, campaign, names) for row in reading.of(EVENTS)}
    for row in lines:
        _move(row, materials[row.get("物料", str)], events.get(row.optional("科普活动", str) or ""), names)


def _tried(reading: Reading, names: Names) -> list[Row]:
    """The lines in an order in which each can be written; every line that never can is a fault."""
    units = {row.get("编号", str): row.get("单位", str) for row in reading.of(MATERIALS)}
    events = tuple(row.get("编号", str) for row in reading.of(EVENTS))
    known = [row for row in reading.of(MOVEMENTS) if _refers_well(row, tuple(units), events, names)]
    ledger, order = Ledger(), list[Row]()
    for _, day in groupby(sorted(known, key=_when), key=lambda row: row["日期"]):
        waiting = list(day)
        while waiting:
            refused = {
                row.number: objection for row in waiting if (objection := _counted(row, ledger, units))
            }
            order += [row for row in waiting if row.number not in refused]
            if len(refused) == len(waiting):
                names.findings.add(*(row.fault("数量", cure=refused[row.number]) for row in waiting))
                break
            # boards may come back in the morning and leave for the next school in the afternoon
            waiting = [row for row in waiting if row.number in refused]
    return order


def _refers_well(row: Row, materials: tuple[str, ...], events: tuple[str, ...], names: Names) -> bool:
    before = names.findings.count
    material, event = row.get("物料", str), row.optional("科普活动", str)
    if material not in materials:
        names.findings.add(row.fault("物料", wanted="“物料”表里的编号", cure=_near(material, materials)))
    if event and event not in events:
        names.findings.add(row.fault("科普活动", wanted="“科普活动”表里的编号", cure=_near(event, events)))
    if bool(event) == (_direction(row) == Direction.IN):
        names.findings.add(row.fault("科普活动", cure="入库不填科普活动，其他方向都要填"))
    return names.findings.count == before


def _counted(row: Row, ledger: Ledger, units: dict[str, str]) -> str:
    material = row.get("物料", str)
    event = row.optional("科普活动", str) or ""
    return ledger.move(material, event, _direction(row), row.get("数量", int), units[material])


def _when(row: Row) -> tuple[datetime.date, int]:
    return row.get("日期", datetime.date), COURSE_OF_A_DAY.index(_direction(row))


def _direction(row: Row) -> Direction:
    return Direction(chosen(Direction, row, "方向"))


def _near(found: str, known: tuple[str, ...]) -> str:
    near = nearest(found, known)
    return f"是不是“{near}”" if near else "请先在那张表里登记"


def _register(row: Row, campaign: Campaign, names: Names) -> Material:
    return actions.register(
        campaign=campaign,
        number=row.get("编号", str),
        name=row.get("名称", str),
        kind=MaterialKind(chosen(MaterialKind, row, "类别")),
        unit=row.get("单位", str),
        by=names.by,
    )


def _plan(row: Row, campaign: Campaign, names: Names) -> OutreachEvent:
    person = names.person(row, "负责人")
    assert person is not None
    return actions.plan_event(
        campaign=campaign,
        number=row.get("编号", str),
        name=row.get("名称", str),
        school=names.organisation(row, "学校"),
        held_on=row.get("日期", datetime.date),
        place=row.optional("地点", str) or "",
        person=person,
        attendance=row.optional("参加人数", int),
        by=names.by,
    )


def _move(row: Row, material: Material, event: OutreachEvent | None, names: Names) -> Movement:
    return actions.move(
        material=material,
        number=row.get("编号", str),
        moved_on=row.get("日期", datetime.date),
        direction=_direction(row),
        quantity=row.get("数量", int),
        event=event,
        signed_for=row.optional("签收人", str) or "",
        slip=row.optional("单据", str) or "",
        by=names.by,
    )
