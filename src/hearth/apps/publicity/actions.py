"""Keeping what was printed, broadcast and posted, and the profiles of scientists."""

import datetime
from collections.abc import Generator
from contextlib import contextmanager
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import actions as campaigns
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Person
from hearth.apps.directory.states import Permission
from hearth.apps.files.models import File
from hearth.apps.publicity import rules
from hearth.apps.publicity.models import Placement, Profile
from hearth.apps.publicity.states import Channel, Origin, PlacementKind


class PublicityRefused(Exception):
    """Something that cannot be recorded of publicity; the message says what would be right."""


class PlacementChanges(TypedDict, total=False):
    """What may be corrected in a placement."""

    placed_on: datetime.date
    channel: Channel
    medium: str
    title: str
    kind: PlacementKind
    spot: str
    link: str
    origin: Origin
    reach: int | None
    reach_source: str
    proof: str
    evidence: File | None


class ProfileChanges(TypedDict, total=False):
    """What may be corrected in a profile."""

    title: str
    text: str
    consented_on: datetime.date
    reviewer: str
    reviewed_on: datetime.date


@transaction.atomic
def place(
    *,
    campaign: Campaign,
    number: str,
    placed_on: datetime.date,
    channel: Channel,
    medium: str,
    title: str,
    kind: PlacementKind,
    origin: Origin,
    spot: str = "",
    link: str = "",
    reach: int | None = None,
    reach_source: str = "",
    proof: str = "",
    evidence: File | None = None,
    by: Actor,
) -> Placement:
    """Keep one placement: what stood where on which day, and how many it reached according to whom."""
    placement = Placement(
        org=campaign.org,
        campaign=campaign,
        number=number,
        placed_on=placed_on,
        channel=channel,
        medium=medium,
        title=title,
        kind=kind,
        origin=origin,
        spot=spot,
        link=link,
        reach=reach,
        reach_source=reach_source,
        proof=proof,
        evidence=evidence,
    )
    _keep(placement, by)
    audit.record("登记刊播", placement, by=by)
    return placement


@transaction.atomic
def amend(*, placement: Placement, by: Actor, **changes: Unpack[PlacementChanges]) -> Placement:
    placement = Placement.objects.select_for_update().get(pk=placement.pk)
    for field, value in changes.items():
        setattr(placement, field, value)
    _keep(placement, by)
    audit.record("更正刊播", placement, by=by, fields=sorted(changes))
    return placement


@transaction.atomic
def profile(
    *,
    campaign: Campaign,
    number: str,
    person: Person,
    title: str,
    text: str,
    consented_on: datetime.date,
    reviewer: str,
    reviewed_on: datetime.date,
    by: Actor,
) -> Profile:
    """Keep a scientist's profile with the day of consent and the review."""
    _may_record(by)
    with _number_explained(number):
        kept: Profile = Profile.objects.create(
            org=campaign.org,
            campaign=campaign,
            number=number,
            person=person,
            title=title,
            text=text,
            consented_on=consented_on,
            reviewer=reviewer,
            reviewed_on=reviewed_on,
        )
    audit.record("登记典型事迹", kept, by=by)
    return kept


@transaction.atomic
def amend_profile(*, profile: Profile, by: Actor, **changes: Unpack[ProfileChanges]) -> Profile:
    _may_record(by)
    return campaigns.amend(record=profile, changes=changes, verb="更正典型事迹", by=by)


def _keep(placement: Placement, by: Actor) -> None:
    _may_record(by)
    objection = rules.objection(
        link=placement.link, reach=placement.reach, reach_source=placement.reach_source
    )
    if objection:
        raise PublicityRefused(f"{objection.cure}。")
    with _number_explained(placement.number):
        placement.save()


def _may_record(by: Actor) -> None:
    if not by.may(Permission.RECORD):
        raise PublicityRefused(f"{by.name} 的角色不能登记宣传，请干事或联络员来做。")


@contextmanager
def _number_explained(number: str) -> Generator[None, None, None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "_number_once" not in str(error):
            raise
        raise PublicityRefused(f"编号“{number}”已经用过，请换一个。") from error
