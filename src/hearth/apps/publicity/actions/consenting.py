"""A person reads the profile written about him by a link of his own, corrects it, consents or declines, and takes his
consent back whenever he likes."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hearth.apps.accounts.models import User
from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor, Person
from hearth.apps.files.models import File
from hearth.apps.links import actions as links
from hearth.apps.links.models import Link
from hearth.apps.links.states import Purpose
from hearth.apps.messages import actions as messages
from hearth.apps.messages.actions import Reader
from hearth.apps.publicity.actions.publishing import empty_copy
from hearth.apps.publicity.actions.steps import PublicityRefused, may_record
from hearth.apps.publicity.actions.writing import back_to_draft, locked, put
from hearth.apps.publicity.models import Profile
from hearth.apps.publicity.states import CONSENTED, Stage

ASKABLE = (Stage.DRAFT, Stage.DECLINED, Stage.WITHDRAWN)


@transaction.atomic
def ask_consent(*, profile: Profile, by: Actor) -> Link:
    """Show the person the text by a link of his own; the same link serves as long as there is the profile."""
    may_record(by)
    profile = locked(profile)
    if profile.stage not in ASKABLE:
        raise PublicityRefused(f"这一篇现在是“{profile.get_stage_display()}”，不用再征求。")
    back_to_draft(profile)
    profile.stage, profile.asked_on, profile.withdrawn_on = Stage.ASKED, timezone.localdate(), None
    profile.save()
    person = Person.objects.select_related("org", "user").get(pk=profile.person_id)
    holder = links.Holder(profile.pk, profile.org, person.name)
    link = links.give(purpose=Purpose.PROFILE, to=[holder], about=profile, by=by)[profile.pk]
    messages.tell(
        to=[Reader.person(person)],
        subject=f"请您看一看写您的事迹：{profile.title}"[:120],
        text=f"{profile.org.name}写了您的事迹。请打开看看，可以直接改；同意了才会公开，以后随时可以撤回。",
        href=link.get_absolute_url(),
        by=by,
    )
    audit.record("征求本人同意", profile, by=by)
    return link


@transaction.atomic
def consent(*, profile: Profile, title: str, text: str, comment: str = "", by: Actor) -> Profile:
    """The person agrees to this very text, his own corrections included."""
    profile = _asked(profile)
    if not (title.strip() and text.strip()):
        raise PublicityRefused("标题和事迹不能是空的。不愿意公开，请选“不同意公开”。")
    said = {"title": title.strip(), "text": text.strip().replace("\r\n", "\n")}
    corrected = sorted(name for name, now in said.items() if now != getattr(profile, name))
    put(profile, {**said, "comment": comment.strip()})
    profile.stage, profile.consented_on = Stage.CONSENTED, timezone.localdate()
    profile.save()
    audit.record("本人同意", profile, by=by, **({"fields": corrected} if corrected else {}))
    _tell_drafter(profile, "本人改过文字，同意公开" if corrected else "本人同意公开", by)
    return profile


@transaction.atomic
def ask_changes(*, profile: Profile, comment: str, by: Actor) -> Profile:
    """The person wants the text changed first; it goes back to who wrote it and is shown again."""
    profile = _asked(profile)
    if not comment.strip():
        raise PublicityRefused("请写明要改什么。")
    profile.stage, profile.comment = Stage.DRAFT, comment.strip()
    profile.save()
    audit.record("本人要求修改", profile, by=by)
    _tell_drafter(profile, "本人要求修改", by)
    return profile


@transaction.atomic
def decline(*, profile: Profile, comment: str = "", by: Actor) -> Profile:
    profile = _asked(profile)
    profile.stage, profile.comment = Stage.DECLINED, comment.strip()
    profile.save()
    audit.record("本人不同意", profile, by=by)
    _tell_drafter(profile, "本人不同意公开", by)
    return profile


@transaction.atomic
def record_consent(*, profile: Profile, consented_on: datetime.date, consent: File, by: Actor) -> Profile:
    """Register what the person signed on paper: on which day, the sheet as a file."""
    may_record(by)
    profile = locked(profile)
    if profile.stage not in (Stage.ASKED, *ASKABLE):
        raise PublicityRefused(f"这一篇现在是“{profile.get_stage_display()}”，不用再登记同意。")
    if consented_on > timezone.localdate():
        raise PublicityRefused("同意日期在今天以后，请核对。")
    back_to_draft(profile)
    profile.stage, profile.consented_on, profile.consent = Stage.CONSENTED, consented_on, consent
    profile.withdrawn_on = None
    profile.save()
    audit.record("登记本人同意", profile, by=by, sha256=consent.sha256)
    return profile


@transaction.atomic
def withdraw_consent(*, profile: Profile, by: Actor) -> Profile:
    """The person takes his consent back: what is public is emptied at once."""
    profile = locked(profile)
    if profile.stage not in CONSENTED:
        raise PublicityRefused(f"这一篇现在是“{profile.get_stage_display()}”，没有可以撤回的同意。")
    profile.stage, profile.withdrawn_on = Stage.WITHDRAWN, timezone.localdate()
    profile.save()
    empty_copy(profile)
    audit.record("本人撤回同意", profile, by=by)
    _tell_drafter(profile, "本人撤回同意，公开页已清空", by)
    return profile


def _asked(profile: Profile) -> Profile:
    profile = locked(profile)
    if profile.stage != Stage.ASKED:
        raise PublicityRefused("这一篇现在不等您答复。请刷新这一页再看。")
    return profile


def _tell_drafter(profile: Profile, what: str, by: Actor) -> None:
    if profile.drafted_by_id is None:
        return
    drafter = User.objects.get(pk=profile.drafted_by_id)
    messages.tell(
        to=[Reader(profile.org, str(drafter), drafter.pk, drafter.email)],
        subject=f"{what}：{profile.title}"[:120],
        text=profile.comment or what,
        href=reverse("desk:profile", args=[profile.pk]),
        by=by,
    )
