"""会签: the other organs of a joint paper agree before it is signed; each is shown a copy, or answers on paper."""

import datetime

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.apps.files.models import File
from hearth.apps.papers import gongwen, queries, rules
from hearth.apps.papers.actions.steps import PaperRefused, copied, locked, may, said
from hearth.apps.papers.models import Countersign, Disclosure, Paper
from hearth.apps.papers.states import Assent, State
from hearth.lib.wall import scope


@transaction.atomic
def ask_countersign(*, paper: Paper, until: datetime.date | None = None, by: Actor) -> list[Countersign]:
    """Show the paper to every other organ of the house that has not seen this text; they may read it until a day."""
    may(by, Permission.WRITE_PAPERS)
    paper = locked(paper, State.REVIEW)
    until = until or rules.last_day_to_answer(timezone.localdate())
    if until < timezone.localdate():
        raise PaperRefused("答复期限已经过了，请写今天或以后的日期。")
    missing = [one for one in queries.countersigns_of(paper) if one.found is None and one.partner]
    if not missing:
        raise PaperRefused("没有要送的：别的机关都送过了，或不在这里，请收到会签单后登记。")
    asked = [_ask(paper, one, until, by) for one in missing]
    audit.record("送会签", paper, by=by, to="、".join(one.organ for one in asked))
    return asked


def _ask(paper: Paper, needed: queries.Needed, until: datetime.date, by: Actor) -> Countersign:
    asked: Countersign = Countersign.objects.create(
        org=paper.org,
        paper=paper,
        organ=needed.organ,
        partner=needed.partner,
        digest=gongwen.digest(paper),
        asked_by=by.name,
        until=until,
    )
    figures = [copied(figure) for figure in queries.figures_of(paper)]
    word = gongwen.word(paper)
    assert needed.partner is not None
    with scope(needed.partner.path):
        Disclosure.objects.create(
            org=needed.partner,
            countersign_id=asked.pk,
            host=paper.org,
            kind=paper.kind,
            title=paper.title,
            source=paper.expanded,
            figures=figures,
            word=word,
            disclosed_by=by.name,
            until=until,
        )
    return asked


@transaction.atomic
def countersign(*, disclosure: Disclosure, assent: Assent, note: str = "", by: Actor) -> Disclosure:
    """The other organ answers; its answer is told to the host organ."""
    may(by, Permission.SIGN_PAPERS)
    found: Disclosure = (
        Disclosure.objects.select_for_update(of=("self",)).select_related("org", "host").get(pk=disclosure.pk)
    )
    if found.assent != Assent.ASKED:
        raise PaperRefused(f"{found}已经由{found.answered_by}答复，不能再答。")
    if found.recalled_at or found.until < timezone.localdate():
        raise PaperRefused(f"{found}已经撤回或过了期限，请主办机关重新送来。")
    if assent == Assent.OBJECTED:
        note = said(note, "有意见要写明是什么意见，主办机关才知道怎么改。")
    found.assent, found.note = Assent(assent), note.strip()[:500]
    found.answered_by, found.answered_at = by.name, timezone.now()
    found.save()
    audit.record("会签", found, by=by, assent=found.assent, note=found.note)
    with scope(found.host.path):
        Countersign.objects.filter(pk=found.countersign_id, assent=Assent.ASKED).update(
            assent=assent,
            note=found.note,
            answered_by=f"{found.org.short_name} {by.name}"[:80],
            answered_on=timezone.localdate(),
        )
    return found


@transaction.atomic
def record_countersign(
    *, paper: Paper, organ: str, answered_on: datetime.date, answered_by: str, evidence: File, by: Actor
) -> Countersign:
    """Register the answer of an organ that signed on paper: on which day, who signed, the sheet as a file."""
    may(by, Permission.WRITE_PAPERS)
    paper = locked(paper, State.REVIEW)
    if organ not in [one.organ for one in queries.countersigns_of(paper)]:
        raise PaperRefused(f"机关里没有“{organ}”，不用它会签。")
    if answered_on > timezone.localdate():
        raise PaperRefused("会签日期在今天以后，请核对。")
    found, _ = Countersign.objects.update_or_create(
        org=paper.org,
        paper=paper,
        organ=organ,
        digest=gongwen.digest(paper),
        defaults={
            "org_path": paper.org.path,
            "assent": Assent.AGREED,
            "asked_by": by.name,
            "answered_on": answered_on,
            "answered_by": said(answered_by, "请写明会签单上是谁签的。")[:80],
            "evidence": evidence,
        },
    )
    audit.record("登记会签", paper, by=by, to=organ, sha256=evidence.sha256)
    return found


def recall(paper: Paper) -> None:
    """The text goes back to be changed: what was shown of it is no longer to be answered."""
    asked = Countersign.objects.filter(paper=paper, assent=Assent.ASKED, partner__isnull=False)
    for one in asked.select_related("partner"):
        assert one.partner is not None
        with scope(one.partner.path):
            Disclosure.objects.filter(countersign_id=one.pk, assent=Assent.ASKED).update(
                recalled_at=timezone.now()
            )


def refuse_without_assent(paper: Paper) -> None:
    """Raise PaperRefused while an organ in whose name the paper is issued has not agreed to this very text."""
    waiting = [one.organ for one in queries.countersigns_of(paper) if not one.is_agreed]
    if waiting:
        raise PaperRefused(f"{'、'.join(waiting)}还没有会签同意。请先送会签，或登记收到的会签单。")
