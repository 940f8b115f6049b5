"""What can be counted in a campaign's own frame."""

from django.db.models import QuerySet
from django.utils import timezone

from hearth.apps.campaigns.models import Campaign, Duty, Level, Quotation, Session, Suggestion
from hearth.apps.campaigns.states import TAKEN_UP, DutyState, Handling, Part
from hearth.apps.measures.rules import Family, Listing, Measure, Value, count, day
from hearth.apps.measures.states import Shape


def _campaign(subject: int) -> QuerySet[Campaign]:
    return Campaign.objects.filter(pk=subject)


def _year(rows: QuerySet[Campaign]) -> Value:
    return Value(Shape.YEAR, number=rows.get().year)


def _edition(rows: QuerySet[Campaign]) -> Value | None:
    edition = rows.get().edition
    return Value(Shape.ORDINAL, number=edition, unit="个") if edition else None


def _period(rows: QuerySet[Campaign]) -> Value:
    campaign = rows.get()
    return Value(Shape.SPAN, start=campaign.starts, end=campaign.ends)


def _archived(rows: QuerySet[Campaign]) -> Value | None:
    moment = rows.get().archived_at
    return Value(Shape.MOMENT, start=timezone.localtime(moment)) if moment else None


def _level(rows: QuerySet[Level]) -> Value | None:
    level = rows.first()
    return Value(Shape.WRITTEN, written=level.name) if level else None


def _quoted(rows: QuerySet[Quotation]) -> Value | None:
    quotation = rows.first()
    if quotation is None:
        return None
    return Value(Shape.WRITTEN, number=quotation.value, unit=quotation.unit, written=quotation.written)


def _quotation(name: str) -> Measure:
    return Measure(
        f"campaigns.quoted.{name}",
        f"引用.{name}",
        "",
        "引用的事实，写明出处；不由本活动统计",
        lambda subject: Quotation.objects.filter(campaign=subject, name=name),
        _quoted,
        lambda quotation: quotation.written,
    )


def _duty(subject: int, number: str) -> QuerySet[Duty]:
    return Duty.objects.filter(campaign=subject, number=number)


def _due(number: str) -> Measure:
    return Measure(
        f"campaigns.duty_due.{number}",
        f"分工期限.{number}",
        "",
        "分工表中这项任务的期限",
        lambda subject: _duty(subject, number),
        day("due"),
        lambda duty: str(duty.due),
    )


def _task(number: str) -> Measure:
    return Measure(
        f"campaigns.duty_task.{number}",
        f"分工任务.{number}",
        "",
        "分工表中这项任务的名称",
        lambda subject: _duty(subject, number),
        lambda rows: Value(Shape.WRITTEN, written=rows.get().task),
        lambda duty: duty.task,
    )


def _duty_table(subject: int, _argument: str) -> list[str]:
    found = Duty.objects.filter(campaign=subject).select_related("lead", "person", "deputy")
    order = {part: at for at, part in enumerate(Part)}
    rows = sorted(found, key=lambda duty: (order[Part(duty.part)], duty.due, duty.number))
    return [
        "| 部分 | 任务 | 牵头单位 | 责任人 | 代理人 | 期限 |",
        "| --- | --- | --- | --- | --- | --- |",
        *(
            f"| {duty.get_part_display()} | {{{{分工任务.{duty.number}}}}} | {duty.lead} | {duty.person}"
            f" | {duty.deputy or '—'} | {{{{分工期限.{duty.number}}}}} |"
            for duty in rows
        ),
    ]


def _suggestion(subject: int, number: str) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(campaign=subject, number=number)


def _suggested(number: str) -> Measure:
    return Measure(
        f"campaigns.suggested.{number}",
        f"意见原话.{number}",
        "",
        "这条意见建议的原话",
        lambda subject: _suggestion(subject, number),
        lambda rows: Value(Shape.WRITTEN, written=_on_one_line(rows.get().text)),
        lambda suggestion: suggestion.text,
    )


def _outcome(number: str) -> Measure:
    return Measure(
        f"campaigns.outcome.{number}",
        f"意见结果.{number}",
        "",
        "这条意见建议进了方案的哪一条，或者为什么没有",
        lambda subject: _suggestion(subject, number),
        lambda rows: Value(Shape.WRITTEN, written=_became(rows.get())),
        _became,
    )


def _became(suggestion: Suggestion) -> str:
    return "；".join(filter(None, (suggestion.clause, _on_one_line(suggestion.answer)))) or "待定"


def _held(number: str) -> Measure:
    return Measure(
        f"campaigns.session_day.{number}",
        f"会议日期.{number}",
        "",
        "这次会议的日期",
        lambda subject: Session.objects.filter(campaign=subject, number=number),
        day("held_on"),
        lambda session: str(session.held_on),
    )


def _on_one_line(text: str) -> str:
    """A cell of a table is one line; the bar that parts cells is written full-width."""
    return " ".join(text.split()).replace("|", "｜")


def _suggestion_table(subject: int, session: str) -> list[str]:
    """Those that were decided in a meeting, given by its number; without one, all that were handled."""
    found = Suggestion.objects.filter(campaign=subject, joined_to=None)
    found = found.filter(decided_in__number=session) if session else found.exclude(handling=Handling.OPEN)
    return [
        "| 意见建议 | 处理 | 采纳条款或答复 |",
        "| --- | --- | --- |",
        *(
            f"| {{{{意见原话.{one.number}}}}} | {one.get_handling_display()} | {{{{意见结果.{one.number}}}}} |"
            for one in found
        ),
    ]


MEASURES = (
    Measure("campaigns.year", "活动.年份", "年", "活动的年份", _campaign, _year, lambda c: f"{c.year}年"),
    Measure(
        "campaigns.edition",
        "活动.届次",
        "个",
        "第几个全国科技工作者日",
        _campaign,
        _edition,
        lambda c: c.edition,
    ),
    Measure(
        "campaigns.period",
        "活动.起止",
        "",
        "方案确定的起止日期",
        _campaign,
        _period,
        lambda c: f"{c.starts}—{c.ends}",
    ),
    Measure(
        "campaigns.archived",
        "活动.归档时间",
        "",
        "材料归档的时间",
        _campaign,
        _archived,
        lambda c: f"{timezone.localtime(c.archived_at):%Y-%m-%d %H:%M:%S}",
    ),
    Measure(
        "campaigns.suggestions",
        "意见.收到",
        "条",
        "征求到的意见建议",
        lambda subject: Suggestion.objects.filter(campaign=subject),
        count("条"),
    ),
    Measure(
        "campaigns.adopted",
        "意见.采纳",
        "条",
        "采纳和部分采纳的意见建议",
        lambda subject: Suggestion.objects.filter(campaign=subject, handling__in=TAKEN_UP),
        count("条"),
    ),
    Measure(
        "campaigns.sessions",
        "意见.会议",
        "次",
        "研究活动的专题会议",
        lambda subject: Session.objects.filter(campaign=subject),
        count("次"),
    ),
    Measure(
        "campaigns.duties",
        "分工.任务",
        "项",
        "落实到人的任务",
        lambda subject: Duty.objects.filter(campaign=subject),
        count("项"),
    ),
    Measure(
        "campaigns.duties_done",
        "分工.完成",
        "项",
        "已完成的任务",
        lambda subject: Duty.objects.filter(campaign=subject, state=DutyState.DONE),
        count("项"),
    ),
    Measure(
        "campaigns.levels",
        "预案.级别",
        "级",
        "预案设定的级别",
        lambda subject: Level.objects.filter(campaign=subject),
        count("级"),
    ),
    Measure(
        "campaigns.level_in_force",
        "预案.现行级别",
        "",
        "正在执行的级别",
        lambda subject: Level.objects.filter(campaign=subject, in_force_since__isnull=False),
        _level,
    ),
)
FAMILIES = (
    Family("campaigns.quoted", "引用", _quotation),
    Family("campaigns.duty_due", "分工期限", _due),
    Family("campaigns.duty_task", "分工任务", _task),
    Family("campaigns.suggested", "意见原话", _suggested),
    Family("campaigns.outcome", "意见结果", _outcome),
    Family("campaigns.session_day", "会议日期", _held),
)
LISTINGS = (Listing("分工表", _duty_table), Listing("意见采纳表", _suggestion_table))
