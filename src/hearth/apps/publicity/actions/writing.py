"""Stories written and reviewed: profiles of people, articles on work. A second person reviews."""

import datetime
from collections.abc import Mapping
from typing import TypedDict, TypeVar, Unpack

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns import queries as campaign_queries
from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor, Person
from hearth.apps.files.models import File
from hearth.apps.files.states import Kind
from hearth.apps.publicity.actions.steps import (
    PublicityRefused,
    constraints_explained,
    may_decide,
    may_record,
)
from hearth.apps.publicity.models import Article, Profile
from hearth.apps.publicity.states import Stage

AnyStory = TypeVar("AnyStory", Profile, Article)
LARGEST_PICTURE = 5 * 2**20


class StoryChanges(TypedDict, total=False):
    """What may be changed in a story."""

    title: str
    text: str
    picture: File | None


@transaction.atomic
def write_profile(
    *, campaign: Campaign, person: Person, title: str, text: str, picture: File | None = None, by: Actor
) -> Profile:
    """Begin a profile; nobody reads it outside before the person consents and somebody else reviews it."""
    may_record(by)
    _refuse_no_picture(picture)
    profile: Profile = Profile.objects.create(
        org=campaign.org,
        campaign=campaign,
        number=campaign_queries.next_number(Profile, campaign, "SJ"),
        person=person,
        title=title,
        text=text,
        picture=picture,
        drafted_by_id=by.user_id,
    )
    audit.record("撰写典型事迹", profile, by=by)
    return profile


@transaction.atomic
def write_article(
    *, campaign: Campaign, title: str, text: str, picture: File | None = None, by: Actor
) -> Article:
    may_record(by)
    _refuse_no_picture(picture)
    article: Article = Article.objects.create(
        org=campaign.org,
        campaign=campaign,
        number=campaign_queries.next_number(Article, campaign, "DT"),
        title=title,
        text=text,
        picture=picture,
        drafted_by_id=by.user_id,
    )
    audit.record("撰写工作动态", article, by=by)
    return article


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
    """Keep a profile that was consented to and reviewed before it came here."""
    may_record(by)
    with constraints_explained(number):
        kept: Profile = Profile.objects.create(
            org=campaign.org,
            campaign=campaign,
            number=number,
            person=person,
            title=title,
            text=text,
            stage=Stage.REVIEWED,
            consented_on=consented_on,
            reviewer=reviewer,
            reviewed_on=reviewed_on,
        )
    audit.record("登记典型事迹", kept, by=by)
    return kept


@transaction.atomic
def article(
    *,
    campaign: Campaign,
    number: str,
    title: str,
    text: str,
    reviewer: str,
    reviewed_on: datetime.date,
    by: Actor,
) -> Article:
    """Keep an article that was reviewed before it came here."""
    may_record(by)
    with constraints_explained(number):
        kept: Article = Article.objects.create(
            org=campaign.org,
            campaign=campaign,
            number=number,
            title=title,
            text=text,
            stage=Stage.REVIEWED,
            reviewer=reviewer,
            reviewed_on=reviewed_on,
        )
    audit.record("登记工作动态", kept, by=by)
    return kept


@transaction.atomic
def amend_story(*, story: AnyStory, by: Actor, **changes: Unpack[StoryChanges]) -> AnyStory:
    """Change a story. What was consented to or reviewed was the old one: it goes back to draft."""
    may_record(by)
    story = locked(story)
    if story.stage == Stage.PUBLISHED:
        raise PublicityRefused("这一篇正在公开。请先撤下，改好后重新审核再公开。")
    _refuse_no_picture(changes.get("picture"))
    put(story, changes)
    back_to_draft(story)
    story.save()
    audit.record("修改稿件", story, by=by, fields=sorted(changes))
    return story


@transaction.atomic
def review(*, story: AnyStory, by: Actor) -> AnyStory:
    """Let a story pass: somebody else than who wrote it, and a profile only with the person's consent."""
    may_decide(by)
    story = locked(story)
    if story.stage != (Stage.CONSENTED if isinstance(story, Profile) else Stage.DRAFT):
        raise PublicityRefused(f"这一篇现在是“{story.get_stage_display()}”，不能审核。")
    if by.user_id is not None and story.drafted_by_id == by.user_id:
        raise PublicityRefused(f"{by.name} 是撰稿人，不能审核自己写的稿。请另一位同志审核。")
    story.stage, story.reviewed_by_id = Stage.REVIEWED, by.user_id
    story.reviewer, story.reviewed_on = by.name[:40], timezone.localdate()
    story.save()
    audit.record("审核稿件", story, by=by)
    return story


def locked(story: AnyStory) -> AnyStory:
    rows = type(story).objects.select_for_update(of=("self",)).select_related("org", "campaign")
    found: AnyStory = rows.get(pk=story.pk)
    return found


def put(story: Profile | Article, changes: Mapping[str, object]) -> None:
    for field, value in changes.items():
        setattr(story, field, value)


def back_to_draft(story: Profile | Article) -> None:
    story.stage, story.reviewer, story.reviewed_on, story.reviewed_by = Stage.DRAFT, "", None, None
    if isinstance(story, Profile):
        story.consented_on = story.consent = None


def _refuse_no_picture(picture: File | None) -> None:
    if picture is None:
        return
    if picture.kind not in (Kind.JPEG, Kind.PNG):
        raise PublicityRefused(f"“{picture.name}”不是图片。请换成 JPG 或 PNG。")
    if picture.size > LARGEST_PICTURE:
        raise PublicityRefused(f"“{picture.name}”超过 5 MB，网页打开太慢。请压缩后再传。")
