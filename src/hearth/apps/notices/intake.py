"""Taking in notices and the returns to them from a spreadsheet."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.intake import Names, choices
from hearth.apps.directory.models import Organisation
from hearth.apps.directory.states import Kind as OrganisationKind
from hearth.apps.notices import actions, queries, rules
from hearth.apps.notices.models import Notice, Return
from hearth.apps.notices.rules import fields, written
from hearth.apps.notices.rules.fields import Field, Form
from hearth.apps.notices.states import FieldKind, ReturnState
from hearth.lib.cells import nearest
from hearth.lib.sheets import Reading
from hearth.lib.tables import Column, Kind, Row, Table

NOTICES = Table(
    name="通知",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="标题", required=True, longest=200),
        Column(name="文号", longest=40),
        Column(name="下发日期", kind=Kind.DATE, required=True),
        Column(name="发文单位", required=True),
        Column(name="下发范围", required=True),
        Column(name="报送期限", kind=Kind.DATE),
        Column(name="正文"),
    ),
)
RETURNS = Table(
    name="报送",
    columns=(
        Column(name="编号", required=True, unique=True, longest=30),
        Column(name="通知编号", required=True),
        Column(name="单位", required=True),
        Column(name="报送日期", kind=Kind.DATE, required=True),
        Column(
            name="状态",
            kind=Kind.CHOICE,
            required=True,
            choices=(str(ReturnState.SENT.label), str(ReturnState.SENT_BACK.label)),
        ),
        Column(name="学习讨论场次", kind=Kind.INTEGER, minimum=0, maximum=100_000),
        Column(name="参加人数", kind=Kind.INTEGER, minimum=0, maximum=100_000_000),
        Column(name="科普活动场次", kind=Kind.INTEGER, minimum=0, maximum=100_000),
        Column(name="心得摘要"),
    ),
    required=False,
)
FORMS = Table(
    name="报送表",
    columns=(
        Column(name="通知编号", required=True),
        Column(name="键", required=True, longest=40),
        Column(name="名称", required=True, longest=80),
        Column(
            name="种类", kind=Kind.CHOICE, required=True, choices=tuple(str(kind.label) for kind in FieldKind)
        ),
        Column(name="量", longest=10),
        Column(name="说明", longest=200),
        Column(name="必填", kind=Kind.FLAG),
        Column(name="最小", kind=Kind.DECIMAL),
        Column(name="最大", kind=Kind.DECIMAL),
        Column(name="选项"),
        Column(name="栏"),
        Column(name="固定行"),
        Column(name="口径", longest=200),
        Column(name="替填指标", longest=80),
    ),
    unique_together=(("通知编号", "键"),),
    required=False,
)
DETAILS = Table(
    name="报送明细",
    columns=(
        Column(name="报送编号", required=True),
        Column(name="键", required=True),
        Column(name="行", kind=Kind.INTEGER, minimum=1, maximum=fields.MOST_LINES),
        Column(name="栏"),
        Column(name="内容", required=True),
    ),
    unique_together=(("报送编号", "键", "行", "栏"),),
    required=False,
)
TABLES = (NOTICES, RETURNS, FORMS, DETAILS)
_KINDS = {str(kind.label): kind for kind in OrganisationKind}
_FIELD_KINDS = {str(kind.label): kind for kind in FieldKind}
_LABELS = choices(OrganisationKind)


@dataclass(frozen=True)
class Planned:
    """A notice as its row says it, with those who will receive it."""

    row: Row
    issuer: Organisation
    form: Form
    kinds: tuple[OrganisationKind, ...]
    receivers: frozenset[int]


def take_notices(reading: Reading, campaign: Campaign, names: Names) -> None:
    """Issue the notices and fill in the returns. A return of an organisation outside the range is a fault."""
    used = set(Notice.objects.filter(campaign=campaign).values_list("number", flat=True))
    forms = _forms(reading, names)
    planned = {row.get("编号", str): _plan(row, used, forms, names) for row in reading.of(NOTICES)}
    seen: set[tuple[str, int]] = set()
    for row in reading.of(RETURNS):
        _check_return(row, planned, seen, names)
    details = _details(reading, planned, names)
    names.findings.settle()
    for number, plan in planned.items():
        _issue(number, plan, campaign, names)
    waiting = {
        (returned.notice.number, returned.org_id): returned
        for returned in Return.objects.filter(campaign=campaign).select_related("notice")
    }
    for row in reading.of(RETURNS):
        _answer(row, waiting[row.get("通知编号", str), names.organisation(row, "单位").pk], details, names)


def _plan(row: Row, used: set[str], forms: dict[str, Form], names: Names) -> Planned:
    if row["编号"] in used:
        names.findings.add(row.fault("编号", cure="这个编号已经登记过，请换一个"))
    issuer = names.organisation(row, "发文单位")
    words = rules.listed(row.get("下发范围", str))
    for word in words:
        if word not in _KINDS:
            near = nearest(word, _LABELS)
            cure = f"“{word}”是不是“{near}”" if near else f"不认得“{word}”"
            names.findings.add(row.fault("下发范围", wanted=f"{'、'.join(_LABELS)}中的几个", cure=cure))
    kinds = tuple(_KINDS[word] for word in words if word in _KINDS)
    receivers = frozenset(queries.receivers(issuer, kinds).values_list("pk", flat=True))
    if kinds and not receivers:
        names.findings.add(row.fault("下发范围", cure="发文单位及下属没有这些类别的组织"))
    due = row.optional("报送期限", datetime.date)
    if due is not None and due < row.get("下发日期", datetime.date):
        names.findings.add(row.fault("报送期限", cure="报送期限不能早于下发日期"))
    form = forms.get(row.get("编号", str), fields.STUDY)
    return Planned(row, issuer, form, kinds, receivers)


def _check_return(row: Row, planned: dict[str, Planned], seen: set[tuple[str, int]], names: Names) -> None:
    organisation = names.optional_organisation(row, "单位")
    number = row.get("通知编号", str)
    plan = planned.get(number)
    if plan is None:
        near = nearest(number, tuple(planned))
        cure = f"是不是“{near}”" if near else "请先在那张表里登记"
        names.findings.add(row.fault("通知编号", wanted="“通知”表里的编号", cure=cure))
        return
    if plan.row["报送期限"] is None:
        names.findings.add(row.fault("通知编号", cure="这份通知没有报送期限，不要求报送"))
    objection = rules.day_objection(
        row.get("报送日期", datetime.date), plan.row.get("下发日期", datetime.date)
    )
    if objection:
        names.findings.add(row.fault("报送日期", cure=objection))
    if organisation is None:
        return
    if organisation.pk not in plan.receivers:
        names.findings.add(row.fault("单位", cure=f"这个单位不在通知 {number} 的下发范围里"))
    if (number, organisation.pk) in seen:
        names.findings.add(row.fault("单位", cure="这个单位对这份通知已经报送过一行，请合并"))
    seen.add((number, organisation.pk))


def _issue(number: str, plan: Planned, campaign: Campaign, names: Names) -> Notice:
    return actions.issue(
        campaign=campaign,
        number=number,
        title=plan.row.get("标题", str),
        text=plan.row.optional("正文", str) or "",
        document_number=plan.row.optional("文号", str) or "",
        issued_on=plan.row.get("下发日期", datetime.date),
        issuer=plan.issuer,
        receivers=plan.kinds,
        due=plan.row.optional("报送期限", datetime.date),
        form=plan.form,
        by=names.by,
    )


def _answer(row: Row, returned: Return, details: dict[str, dict[str, str]], names: Names) -> None:
    number = row.get("编号", str)
    try:
        answered = actions.answer(
            returned=returned,
            number=number,
            sent_on=row.get("报送日期", datetime.date),
            said=_said(row) | details.get(number, {}),
            by=names.by,
        )
    except actions.AnswerWrong as wrong:
        names.findings.add(row.fault("编号", cure=str(wrong)))
        names.findings.settle()
        raise
    if row["状态"] == str(ReturnState.SENT_BACK.label):
        actions.send_back(returned=answered, reason="导入时已是退回修改，表里没有写原因", by=names.by)


def _said(row: Row) -> dict[str, str]:
    """What the sheet says of the study form's own fields; an empty number is none held."""
    numbers = {"sessions": "学习讨论场次", "people": "参加人数", "outreach_events": "科普活动场次"}
    said = {key: str(row.optional(column, int) or 0) for key, column in numbers.items()}
    return said | {"digest": row.optional("心得摘要", str) or ""}


def _forms(reading: Reading, names: Names) -> dict[str, Form]:
    """The forms that the sheet designs, by the notice's number; a form that cannot be sent is a fault at its first row."""
    known = {row.get("编号", str) for row in reading.of(NOTICES)}
    rows: dict[str, list[Row]] = {}
    for row in reading.of(FORMS):
        number = row.get("通知编号", str)
        if number not in known:
            names.findings.add(row.fault("通知编号", wanted="“通知”表里的编号"))
        rows.setdefault(number, []).append(row)
    forms = {number: Form(tuple(_field(row) for row in own)) for number, own in rows.items()}
    for number, form in forms.items():
        for objection in fields.objections(form):
            names.findings.add(rows[number][0].fault("名称", cure=objection))
    return forms


def _field(row: Row) -> Field:
    def said(column: str) -> str:
        return row.optional(column, str) or ""

    return Field(
        key=row.get("键", str),
        label=row.get("名称", str),
        kind=_FIELD_KINDS[row.get("种类", str)],
        unit=said("量"),
        help=said("说明"),
        required=bool(row["必填"]),
        least=row.optional("最小", Decimal),
        most=row.optional("最大", Decimal),
        choices=written.words(said("选项")),
        columns=tuple(written.columns(said("栏"))),
        lines=written.words(said("固定行")),
        definition=said("口径"),
        known=said("替填指标"),
    )


def _details(reading: Reading, planned: dict[str, Planned], names: Names) -> dict[str, dict[str, str]]:
    """What the sheet of details says, by the return's number and as it would be typed; columns go by their names."""
    forms = {
        row.get("编号", str): planned[row.get("通知编号", str)].form
        for row in reading.of(RETURNS)
        if row.get("通知编号", str) in planned
    }
    found: dict[str, dict[str, str]] = {}
    for row in reading.of(DETAILS):
        number = row.get("报送编号", str)
        if number not in forms:
            names.findings.add(row.fault("报送编号", wanted="“报送”表里的编号"))
            continue
        asked = forms[number].field(row.get("键", str))
        name = _name(row, asked) if asked else ""
        if not name:
            names.findings.add(row.fault("键" if asked is None else "栏", wanted="“报送表”里这份通知的一项"))
            continue
        found.setdefault(number, {})[name] = row.get("内容", str)
    return found


def _name(row: Row, asked: Field) -> str:
    column = next((one for one in asked.columns if one.label == row["栏"]), None)
    if not asked.columns:
        return asked.key
    return fields.name_of(asked.key, (row.optional("行", int) or 1) - 1, column.key) if column else ""
