"""Taking in notices and the returns to them from a spreadsheet."""

import datetime
from dataclasses import dataclass

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.intake import Names, choices
from hearth.apps.directory.models import Organisation
from hearth.apps.directory.states import Kind as OrganisationKind
from hearth.apps.notices import actions, queries, rules
from hearth.apps.notices.models import Notice, Return
from hearth.apps.notices.states import ReturnState
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
TABLES = (NOTICES, RETURNS)
_KINDS = {str(kind.label): kind for kind in OrganisationKind}
_LABELS = choices(OrganisationKind)


@dataclass(frozen=True)
class Planned:
    """A notice as its row says it, with those who will receive it."""

    row: Row
    issuer: Organisation
    kinds: tuple[OrganisationKind, ...]
    receivers: frozenset[int]


def take_notices(reading: Reading, campaign: Campaign, names: Names) -> None:
    """Issue the notices and fill in the returns. A return of an organisation outside the range is a fault."""
    used = set(Notice.objects.filter(campaign=campaign).values_list("number", flat=True))
    planned = {row.get("编号", str): _plan(row, used, names) for row in reading.of(NOTICES)}
    seen: set[tuple[str, int]] = set()
    for row in reading.of(RETURNS):
        _check_return(row, planned, seen, names)
    names.findings.settle()
    for number, plan in planned.items():
        _issue(number, plan, campaign, names)
    waiting = {
        (returned.notice.number, returned.org_id): returned
        for returned in Return.objects.filter(campaign=campaign).select_related("notice")
    }
    for row in reading.of(RETURNS):
        _answer(row, waiting[row.get("通知编号", str), names.organisation(row, "单位").pk], names)


def _plan(row: Row, used: set[str], names: Names) -> Planned:
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
    return Planned(row, issuer, kinds, receivers)


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
        by=names.by,
    )


def _answer(row: Row, returned: Return, names: Names) -> None:
    answered = actions.answer(
        returned=returned,
        number=row.get("编号", str),
        sent_on=row.get("报送日期", datetime.date),
        sessions=row.optional("学习讨论场次", int),
        people=row.optional("参加人数", int),
        outreach_events=row.optional("科普活动场次", int),
        digest=row.optional("心得摘要", str) or "",
        by=names.by,
    )
    if row["状态"] == str(ReturnState.SENT_BACK.label):
        actions.send_back(returned=answered, reason="导入时已是退回修改，表里没有写原因", by=names.by)
