"""Contacts in the media, a release sent to some of them, and a letter sent to people."""

import secrets
from collections.abc import Iterable, Sequence
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import F

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import queries as campaign_queries
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Permission
from hearth.apps.messages import actions as messages
from hearth.apps.messages.actions import Reader
from hearth.apps.messages.models import Message
from hearth.apps.papers.models import Paper, Publication
from hearth.apps.publicity.actions.steps import (
    PublicityRefused,
    constraints_explained,
    may_decide,
    may_record,
)
from hearth.apps.publicity.models import Delivery, LetterPage, Mailing, MediaContact
from hearth.apps.publicity.states import Channel, MailingKind


class ContactChanges(TypedDict, total=False):
    """What may be changed of a contact."""

    channel: Channel
    medium: str
    name: str
    phone: str
    mail: str
    note: str
    active: bool


@transaction.atomic
def add_contact(
    *,
    org: Organisation,
    channel: Channel,
    medium: str,
    name: str,
    phone: str = "",
    mail: str = "",
    note: str = "",
    by: Actor,
) -> MediaContact:
    may_record(by)
    with constraints_explained():
        contact: MediaContact = MediaContact.objects.create(
            org=org, channel=channel, medium=medium, name=name, phone=phone, mail=mail, note=note
        )
    audit.record("登记媒体联系人", contact, by=by)
    return contact


@transaction.atomic
def amend_contact(*, contact: MediaContact, by: Actor, **changes: Unpack[ContactChanges]) -> MediaContact:
    may_record(by)
    contact = MediaContact.objects.select_for_update().get(pk=contact.pk)
    for field, value in changes.items():
        setattr(contact, field, value)
    with constraints_explained():
        contact.save()
    audit.record("更正媒体联系人", contact, by=by, fields=sorted(changes))
    return contact


@transaction.atomic
def reveal_contact(*, contact: MediaContact, by: Actor) -> MediaContact:
    """A contact's number and address in full; who asked for them is recorded."""
    if not by.may(Permission.REVEAL_PERSONAL):
        raise PublicityRefused(f"{by.name} 现在的角色不能看完整的电话和邮箱。")
    audit.record("查看电话", contact, by=by)
    return contact


@transaction.atomic
def send_release(
    *,
    campaign: Campaign,
    contacts: Sequence[MediaContact],
    subject: str,
    text: str,
    href: str = "",
    by: Actor,
) -> Mailing:
    """Send a text to contacts in the media, with the way to what is published; who has no e-mail is to be called."""
    may_decide(by)
    if not contacts:
        raise PublicityRefused("还没有选发给谁。请至少选一位媒体联系人。")
    mailing = _begin(campaign, MailingKind.RELEASE, subject, text, href, by)
    readers = [Reader(one.org, one.name, address=one.mail, phone=one.phone) for one in contacts]
    told = messages.tell(to=readers, subject=subject, text=text, href=href, by=by)
    Delivery.objects.bulk_create(
        Delivery(
            org=campaign.org,
            org_path=campaign.org.path,  # bulk_create passes by save()
            mailing=mailing,
            contact=contact,
            name=contact.name,
            unit=contact.medium,
            message=message,
        )
        for contact, message in zip(contacts, told, strict=True)
    )
    audit.record("发稿", mailing, by=by, told=len(contacts))
    return mailing


@transaction.atomic
def send_letter(
    *, campaign: Campaign, paper: Paper, people: Iterable[Person], text: str, by: Actor
) -> Mailing:
    """Send a published letter to people who have not had it: by message and e-mail, to the others by post.

    Everybody gets the same address, so that nothing tells who opened it.
    """
    may_decide(by)
    publication = Publication.objects.filter(paper_id=paper.pk, withdrawn_at=None).first()
    if publication is None:
        raise PublicityRefused("这封信还没有公开，收到的人打不开。请先在公文页公开。")
    had = set(Delivery.objects.filter(paper=paper).values_list("person_id", flat=True))
    new = [person for person in people if person.pk not in had]
    if not new:
        raise PublicityRefused("选的人都已经发过这封信。请另选。")
    page = LetterPage(publication=publication, address=secrets.token_urlsafe(9))
    mailing = _begin(
        campaign, MailingKind.LETTER, paper.title[:120], text, page.get_absolute_url(), by, paper
    )
    page.mailing_id = mailing.pk
    page.save()
    _deliver(mailing, new, by)
    audit.record("发慰问信", mailing, by=by, told=len(new))
    return mailing


@transaction.atomic
def count_opening(*, page: LetterPage) -> None:
    """Somebody opened a letter; nobody knows who."""
    LetterPage.objects.filter(pk=page.pk).update(opened=F("opened") + 1)


def _begin(
    campaign: Campaign,
    kind: MailingKind,
    subject: str,
    text: str,
    href: str,
    by: Actor,
    paper: Paper | None = None,
) -> Mailing:
    mailing: Mailing = Mailing.objects.create(
        org=campaign.org,
        campaign=campaign,
        number=campaign_queries.next_number(Mailing, campaign, "FS"),
        kind=kind,
        paper=paper,
        subject=subject,
        text=text,
        href=href,
        sent_by=by.name,
    )
    return mailing


def _deliver(mailing: Mailing, people: Sequence[Person], by: Actor) -> None:
    reached = [person for person in people if person.user_id]
    told = messages.tell(
        to=[Reader.person(person) for person in reached],
        subject=mailing.subject,
        text=mailing.text,
        href=mailing.href,
        by=by,
    )
    by_person: dict[int, Message] = {
        person.pk: message for person, message in zip(reached, told, strict=True)
    }
    with constraints_explained():
        Delivery.objects.bulk_create(
            Delivery(
                org=mailing.org,
                org_path=mailing.org.path,  # bulk_create passes by save()
                mailing=mailing,
                person=person,
                paper=mailing.paper,
                name=person.name,
                unit=person.org.name,
                message=by_person.get(person.pk),
            )
            for person in people
        )
