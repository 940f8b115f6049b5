"""Taking in a forum from its description, and who came from a spreadsheet."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, Literal

from django.utils import timezone
from pydantic import Field

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.intake import Names
from hearth.apps.directory.models import Organisation, Person
from hearth.apps.exchange.models import Demand
from hearth.apps.exchange.rules import outward
from hearth.apps.meetings import actions
from hearth.apps.meetings.models import Attendance, Forum, Slot
from hearth.apps.meetings.states import HalfDay
from hearth.lib.arrivals import Arrival
from hearth.lib.documents import Shape, read_yaml
from hearth.lib.faults import Fault
from hearth.lib.sheets import Reading
from hearth.lib.tables import Column, Kind, Table

Small = Annotated[int, Field(gt=0, le=500)]


class SlotShape(Shape):
    starts: datetime.time = Field(alias="起")
    ends: datetime.time = Field(alias="止")
    half_day: Literal["上午", "下午"] = Field(alias="半天")


class AbsenceShape(Shape):
    person: str | None = Field(None, alias="姓名")
    organisation: str | None = Field(None, alias="单位")
    slots: tuple[datetime.time, ...] = Field(alias="时段")
    reason: str = Field("", alias="原因", max_length=120)


class FixedShape(Shape):
    demand: str = Field(alias="需求")
    counterpart: str = Field(alias="对方")
    slot: datetime.time = Field(alias="时段")


class SigningShape(Shape):
    at: datetime.time | None = Field(None, alias="时间")
    agreements: tuple[str, ...] = Field((), alias="协议")


class ForumShape(Shape):
    """forum.yaml"""

    number: str = Field("DJ-01", alias="编号", max_length=30)
    name: str = Field(alias="名称", max_length=120)
    held_on: datetime.date = Field(alias="日期")
    place: str = Field(alias="地点", max_length=120)
    slots: tuple[SlotShape, ...] = Field(alias="时段", min_length=1)
    tables: Small = Field(alias="洽谈桌")
    fairness: Annotated[int, Field(ge=0, le=50)] = Field(2, alias="空等上限")
    per_demand: Small = Field(2, alias="每项需求")
    per_expert: Small = Field(4, alias="每位专家")
    absences: tuple[AbsenceShape, ...] = Field((), alias="不能到场")
    fixed: tuple[FixedShape, ...] = Field((), alias="指定")
    companies: Literal["全部"] | tuple[str, ...] = Field("全部", alias="参加企业")
    signing: SigningShape = Field(SigningShape(), alias="签约")


ATTENDANCE = Table(
    name="签到",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="姓名", required=True, longest=40),
        Column(name="单位", required=True, longest=80),
        Column(name="类别", required=True, longest=20),
        Column(name="签到时间", kind=Kind.DATETIME, required=True),
        Column(name="入口", longest=20),
    ),
    unique_together=(("姓名", "单位"),),
)
TABLES = (ATTENDANCE,)


def read(arrival: Arrival) -> ForumShape:
    return read_yaml(arrival, ForumShape)


def take_forum(shape: ForumShape, campaign: Campaign, names: Names, file: str) -> Forum:
    """Open the forum with its absences and fixed meetings. Unknown names, numbers and slots are faults."""
    demands = {
        demand.number: demand for demand in Demand.objects.filter(campaign=campaign).select_related("org")
    }
    if Forum.objects.filter(campaign=campaign, number=shape.number).exists():
        names.findings.add(_fault(file, "编号", shape.number, "没有用过的编号"))
    names.findings.add(*_slot_faults(shape, file))
    names.findings.add(*_name_faults(shape, names, file))
    names.findings.add(*_fixed_faults(shape, demands, file))
    names.findings.settle()
    forum = _open(shape, campaign, names)
    slots = {slot.starts: slot for slot in Slot.objects.filter(forum=forum)}
    for absence in shape.absences:
        organisation, person = _side(absence.person or absence.organisation or "", names)
        actions.excuse(
            forum=forum,
            organisation=organisation,
            person=person,
            slots=[slots[starts] for starts in absence.slots],
            reason=absence.reason,
            by=names.by,
        )
    for fixed in shape.fixed:
        demand = demands[fixed.demand]
        organisation, person = _side(fixed.counterpart, names)
        actions.arrange(
            forum=forum,
            company=demand.org,
            organisation=organisation,
            person=person,
            topic=outward(title=demand.title, secrecy=demand.secrecy, public_summary=demand.public_summary),
            slot=slots[fixed.slot],
            by=names.by,
        )
    return forum


def _open(shape: ForumShape, campaign: Campaign, names: Names) -> Forum:
    invited = () if shape.companies == "全部" else shape.companies
    return actions.open_forum(
        campaign=campaign,
        number=shape.number,
        name=shape.name,
        held_on=shape.held_on,
        place=shape.place,
        tables=shape.tables,
        fairness=shape.fairness,
        per_demand=shape.per_demand,
        per_expert=shape.per_expert,
        slots=[
            actions.SlotTime(
                slot.starts, slot.ends, HalfDay.MORNING if slot.half_day == "上午" else HalfDay.AFTERNOON
            )
            for slot in shape.slots
        ],
        companies=[org for name in invited if (org := names.organisation_called(name))],
        signing_at=shape.signing.at,
        signing="、".join(shape.signing.agreements)[:200],
        by=names.by,
    )


def _side(name: str, names: Names) -> tuple[Organisation, Person | None]:
    person = names.person_called(name)
    organisation = person.org if person else names.organisation_called(name)
    assert organisation is not None
    return organisation, person


def _slot_faults(shape: ForumShape, file: str) -> Iterator[Fault]:
    for slot in shape.slots:
        if slot.ends <= slot.starts:
            yield _fault(file, "时段", f"{slot.starts:%H:%M}—{slot.ends:%H:%M}", "止晚于起")
    for earlier, later in pairwise(shape.slots):
        if later.starts < earlier.ends:
            yield _fault(
                file, "时段", f"{later.starts:%H:%M}", f"不早于上一个时段结束的 {earlier.ends:%H:%M}"
            )
    known = [slot.starts for slot in shape.slots]
    asked = [starts for absence in shape.absences for starts in absence.slots]
    for starts in (*asked, *(fixed.slot for fixed in shape.fixed)):
        if starts not in known:
            yield _fault(file, "时段", f"{starts:%H:%M}", "一个时段的起")


def _name_faults(shape: ForumShape, names: Names, file: str) -> Iterator[Fault]:
    for absence in shape.absences:
        if bool(absence.person) == bool(absence.organisation):
            yield _fault(file, "不能到场", absence.reason, "姓名和单位两项里的一项")
        if absence.person and names.person_called(absence.person) is None:
            yield _unknown(
                file, "不能到场．姓名", absence.person, "人员表里的姓名", names.near_person(absence.person)
            )
        if absence.organisation and names.organisation_called(absence.organisation) is None:
            yield _unknown_organisation(file, "不能到场．单位", absence.organisation, names)
    for fixed in shape.fixed:
        name = fixed.counterpart
        if names.person_called(name) is None and names.organisation_called(name) is None:
            yield _unknown(
                file, "指定．对方", name, "人员表里的姓名或组织表里的简称", names.near_person(name)
            )
    for name in () if shape.companies == "全部" else shape.companies:
        if names.organisation_called(name) is None:
            yield _unknown_organisation(file, "参加企业", name, names)


def _fixed_faults(shape: ForumShape, demands: dict[str, Demand], file: str) -> Iterator[Fault]:
    pairs: list[tuple[int, str]] = []
    for fixed in shape.fixed:
        demand = demands.get(fixed.demand)
        if demand is None:
            yield _fault(file, "指定．需求", fixed.demand, "需求表里的编号")
        elif (demand.org_id, fixed.counterpart) in pairs:
            yield _fault(file, "指定．对方", fixed.counterpart, "没有和这个单位约过的一方，一对只谈一次")
        else:
            pairs.append((demand.org_id, fixed.counterpart))


def take_attendance(reading: Reading, forum: Forum, names: Names) -> None:
    rows = reading.of(ATTENDANCE)
    known: Sequence[tuple[str, str, str]] = list(
        Attendance.objects.filter(forum=forum).values_list("number", "name", "unit")
    )
    numbers, people = {number for number, _, _ in known}, {(name, unit) for _, name, unit in known}
    for row in rows:
        came = row.get("签到时间", datetime.datetime)
        if came.date() != forum.held_on:
            names.findings.add(row.fault("签到时间", wanted=f"对接会当天 {forum.held_on} 的时间"))
        if row["编号"] in numbers and (row["姓名"], row["单位"]) not in people:
            names.findings.add(row.fault("编号", cure="这个编号已经有人用，请换一个"))
    names.findings.settle()
    for row in rows:
        actions.check_in(
            forum=forum,
            number=row.get("编号", str),
            name=row.get("姓名", str),
            unit=row.get("单位", str),
            kind=row.get("类别", str),
            came_at=timezone.make_aware(row.get("签到时间", datetime.datetime)),
            entrance=row.optional("入口", str) or "",
            by=names.by,
        )


def _unknown_organisation(file: str, place: str, name: str, names: Names) -> Fault:
    return _unknown(file, place, name, "组织表里的名称或简称", names.near_organisation(name))


def _unknown(file: str, place: str, found: str, wanted: str, cure: str) -> Fault:
    return Fault(file=file, column=place, found=found, wanted=wanted, cure=cure)


def _fault(file: str, place: str, found: str, wanted: str) -> Fault:
    return Fault(file=file, column=place, found=found, wanted=wanted)
