"""Consulting people: asking by links, taking in what they answer, joining what is alike, and telling what became of it."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import queries
from hearth.apps.campaigns.actions.keeping import CampaignRefused
from hearth.apps.campaigns.models import Campaign, Consultation, Invitation, Opinion, Session, Suggestion
from hearth.apps.campaigns.states import Handling, Naming
from hearth.apps.catalogue import actions as catalogue
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.links import actions as links
from hearth.apps.links import queries as given_links
from hearth.apps.links.actions import Holder
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.messages import actions as messages
from hearth.apps.messages.actions import Reader

MOST_OPINIONS = 20_000
"""Of one consultation: a page that anyone can write to must not fill the house."""


@transaction.atomic
def consult(
    *,
    campaign: Campaign,
    title: str,
    text: str,
    questions: Sequence[str],
    naming: Naming,
    is_public: bool,
    closes_on: datetime.date,
    by: Actor,
) -> Consultation:
    """Ask: a public consultation has one address for all, others are answered by invitation."""
    asked = [question.strip() for question in questions if question.strip()]
    if not asked:
        raise CampaignRefused("还没有问题。请至少写一个，一行一个。")
    if closes_on < timezone.localdate():
        raise CampaignRefused(f"截止日期 {closes_on} 已经过了，请往后改。")
    consultation = Consultation.objects.create(
        org=campaign.org,
        campaign=campaign,
        number=queries.next_number(Consultation, campaign, "ZQ"),
        title=title,
        text=text,
        questions=asked,
        naming=naming,
        is_public=is_public,
        closes_on=closes_on,
    )
    audit.record("征求意见", consultation, by=by)
    if is_public:
        to = [Holder(consultation.pk, consultation.org, title[:80])]
        given = links.give(
            purpose=Purpose.OPEN_CONSULTATION, to=to, about=consultation, until=closes_on, by=by
        )
        _list(consultation, given[consultation.pk])
    return consultation


@transaction.atomic
def invite(*, consultation: Consultation, people: Sequence[Person], by: Actor) -> int:
    """Give each of these people a link of his own and tell him; how many were not invited before."""
    _refuse_closed(consultation)
    before = set(Invitation.objects.filter(consultation=consultation).values_list("person_id", flat=True))
    new = [person for person in people if person.pk not in before]
    invitations = Invitation.objects.bulk_create(
        Invitation(
            org=consultation.org, org_path=consultation.org.path, consultation=consultation, person=person
        )
        for person in new
    )
    to = [Holder(one.pk, consultation.org, str(one.person)) for one in invitations]
    given = links.give(purpose=Purpose.CONSULTATION, to=to, about=consultation, by=by)
    for invitation in invitations:
        _tell_of_invitation(invitation, given[invitation.pk], by)
    return len(new)


@transaction.atomic
def close(*, consultation: Consultation, by: Actor) -> Consultation:
    """Take no more answers from tomorrow on; who has a link still sees what became of his answer."""
    consultation.closes_on = timezone.localdate() - datetime.timedelta(days=1)
    consultation.save()
    for link in given_links.of(Purpose.OPEN_CONSULTATION, [consultation.pk]).values():
        catalogue.take_down(copy=link)
    audit.record("截止征求", consultation, by=by)
    return consultation


@transaction.atomic
def answer(
    *,
    consultation: Consultation,
    answers: Sequence[str],
    name: str = "",
    unit: str = "",
    contact: str = "",
    invitation: Invitation | None = None,
    unnamed: bool = False,
    by: Actor,
) -> Opinion:
    """Take in what somebody answered; each answer that says something becomes a suggestion of its own.

    Unnamed, nothing is kept that leads back: neither name nor invitation, only that the invited person has answered.
    """
    _refuse_closed(consultation)
    unnamed = unnamed or consultation.naming == Naming.ANONYMOUS
    said = [text.strip() for text in answers]
    _refuse_answer(consultation, said, name=name, invitation=invitation, unnamed=unnamed)
    if invitation:
        _mark_answered(invitation)
    opinion = Opinion.objects.create(
        org=consultation.org,
        consultation=consultation,
        invitation=None if unnamed else invitation,
        name="" if unnamed else name,
        unit="" if unnamed else unit,
        contact="" if unnamed else contact,
        answers=said,
    )
    person = invitation.person if invitation and not unnamed else None
    doer = Actor.house(consultation.org, "匿名") if unnamed else by
    for text in filter(None, said):
        receive(
            campaign=consultation.campaign,
            number=queries.next_number(Suggestion, consultation.campaign, "YJ"),
            received_on=timezone.localdate(),
            proposer=opinion.name,
            from_org=person.org if person else None,
            text=text,
            opinion=opinion,
            by=doer,
        )
    return opinion


@transaction.atomic
def receive(
    *,
    campaign: Campaign,
    number: str,
    received_on: datetime.date,
    proposer: str,
    from_org: Organisation | None,
    text: str,
    handling: Handling = Handling.OPEN,
    clause: str = "",
    answer: str = "",
    opinion: Opinion | None = None,
    by: Actor,
) -> Suggestion:
    """Keep a suggestion that somebody made in the consultation."""
    suggestion = Suggestion.objects.create(
        org=campaign.org,
        campaign=campaign,
        number=number,
        received_on=received_on,
        proposer=proposer,
        from_org=from_org,
        opinion=opinion,
        text=text,
        handling=handling,
        clause=clause,
        answer=answer,
    )
    audit.record("收到意见", suggestion, by=by)
    return suggestion


@transaction.atomic
def join(*, suggestion: Suggestion, to: Suggestion, by: Actor) -> Suggestion:
    """Handle a suggestion together with another that says the same; its own words and proposer stay."""
    suggestion, to = _locked(suggestion), _locked(to)
    if suggestion.campaign_id != to.campaign_id or suggestion.pk == to.pk:
        raise CampaignRefused("只能并入同一次活动里的另一条意见。")
    if to.joined_to_id is not None:
        raise CampaignRefused(f"“{to}”自己已经并入别的意见，请并到那一条。")
    if suggestion.handling != Handling.OPEN:
        raise CampaignRefused("这条意见已经处理，不能再并。")
    Suggestion.objects.filter(joined_to=suggestion).update(joined_to=to)
    suggestion.joined_to = to
    _take_over(suggestion, to)
    suggestion.save()
    audit.record("并入", suggestion, by=by, to=str(to)[:60])
    if to.handling != Handling.OPEN:
        _tell(suggestion, by)
    return suggestion


@transaction.atomic
def part(*, suggestion: Suggestion, by: Actor) -> Suggestion:
    """Take a joined suggestion out again: it waits for a handling of its own."""
    suggestion = _locked(suggestion)
    suggestion.joined_to, suggestion.handling, suggestion.decided_in = None, Handling.OPEN, None
    suggestion.clause = suggestion.answer = ""
    suggestion.save()
    audit.record("拆出", suggestion, by=by)
    return suggestion


@transaction.atomic
def handle(
    *,
    suggestion: Suggestion,
    handling: Handling,
    clause: str = "",
    answer: str = "",
    decided_in: Session | None = None,
    by: Actor,
) -> Suggestion:
    """Adopt a suggestion into a clause of the plan, or answer why not; whoever proposed it, or one joined to it, is told.

    ``decided_in``: the meeting of the campaign that decided it.
    """
    suggestion = _locked(suggestion)
    if suggestion.joined_to_id is not None:
        raise CampaignRefused("这条意见已并入另一条，请在那一条上处理。")
    if handling in (Handling.ADOPTED, Handling.PARTLY) and not clause.strip():
        raise CampaignRefused("采纳要写明进了方案的哪一条。")
    if handling in (Handling.DECLINED, Handling.PARTLY) and not answer.strip():
        raise CampaignRefused("没有全部采纳，要写明为什么，提出人看得到。")
    suggestion.handling, suggestion.clause, suggestion.answer = handling, clause.strip(), answer.strip()
    suggestion.decided_in = decided_in
    suggestion.save()
    audit.record("处理意见", suggestion, by=by)
    for one in (suggestion, *_joined(suggestion)):
        if one.pk != suggestion.pk:
            _take_over(one, suggestion)
            one.save()
        if handling != Handling.OPEN:
            _tell(one, by)
    return suggestion


def _refuse_closed(consultation: Consultation) -> None:
    if consultation.closes_on < timezone.localdate():
        raise CampaignRefused(f"这次征求意见 {consultation.closes_on} 已经截止。")


def _refuse_answer(
    consultation: Consultation,
    said: Sequence[str],
    *,
    name: str,
    invitation: Invitation | None,
    unnamed: bool,
) -> None:
    if not any(said):
        raise CampaignRefused("还没有写意见。请至少回答一个问题。")
    if len(said) != len(consultation.questions):
        raise CampaignRefused("问题有变动，请刷新这一页再答。写过的请先复制下来。")
    if unnamed and consultation.naming == Naming.NAMED:
        raise CampaignRefused("这次征求意见要求实名，请写上姓名。")
    if not unnamed and not name.strip():
        raise CampaignRefused("请写上姓名；允许匿名的，也可以勾选匿名。")
    if invitation is None and consultation.opinions.count() >= MOST_OPINIONS:
        raise CampaignRefused(f"公开征求已收到 {MOST_OPINIONS} 份，不再收。请直接与主办单位联系。")


def _mark_answered(invitation: Invitation) -> None:
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.answered_on is not None:
        raise CampaignRefused("您已经回答过了。要补充，请联系主办单位。")
    locked.answered_on = timezone.localdate()
    locked.save()


def _joined(suggestion: Suggestion) -> Sequence[Suggestion]:
    return list(Suggestion.objects.filter(joined_to=suggestion).select_for_update(of=("self",)))


def _take_over(suggestion: Suggestion, first: Suggestion) -> None:
    suggestion.handling, suggestion.clause, suggestion.answer = first.handling, first.clause, first.answer
    suggestion.decided_in = first.decided_in


def _tell_of_invitation(invitation: Invitation, link: Link, by: Actor) -> None:
    consultation = invitation.consultation
    closes = consultation.closes_on
    messages.tell(
        to=[Reader.person(invitation.person)],
        subject=_("请您提意见：%(title)s") % {"title": consultation.title},
        text=_("%(org)s征求您的意见，%(day)s前打开链接就能回答，不用登录。")
        % {"org": consultation.org.name, "day": f"{closes.month}月{closes.day}日"},
        href=link.get_absolute_url(),
        by=by,
    )


OUTCOMES: Mapping[str, str] = {
    Handling.ADOPTED: "已采纳，写进：{clause}",
    Handling.PARTLY: "部分采纳，写进：{clause}。{answer}",
    Handling.DECLINED: "没有采纳。{answer}",
}


def _tell(suggestion: Suggestion, by: Actor) -> None:
    """Tell the proposer what became of his words; who stayed unnamed and left no address reads it nowhere but here."""
    reader = queries.proposer_of(suggestion)
    if reader is None:
        return
    outcome = OUTCOMES[suggestion.handling].format(clause=suggestion.clause, answer=suggestion.answer)
    messages.tell(
        to=[reader],
        subject=_("您提的意见有了结果"),
        text=f"{suggestion.text}\n\n{outcome}",
        by=by,
    )
    suggestion.told_at = timezone.now()
    suggestion.save()


def _locked(suggestion: Suggestion) -> Suggestion:
    locked: Suggestion = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    return locked


def _list(consultation: Consultation, link: Link) -> None:
    """A public consultation is in the catalogue until it closes."""
    page = catalogue.Page(
        kind=catalogue.Kind.CONSULTATION,
        title=consultation.title,
        organ=consultation.org.name,
        text="\n".join([consultation.text, *consultation.questions]),
        published_at=timezone.now(),
        subject=consultation.campaign_id,
        until=consultation.closes_on,
    )
    catalogue.put(copy=link, page=page)
