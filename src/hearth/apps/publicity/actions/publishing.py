"""The public copy of a story: put up, taken down, emptied."""

import secrets

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.catalogue import actions as catalogue
from hearth.apps.directory.models import Actor
from hearth.apps.files import queries as files
from hearth.apps.publicity.actions.steps import PublicityRefused, may_decide
from hearth.apps.publicity.actions.writing import AnyStory, locked
from hearth.apps.publicity.models import Article, Profile, PublicStory
from hearth.apps.publicity.states import Stage
from hearth.lib import photographs


@transaction.atomic
def publish(*, story: AnyStory, by: Actor) -> PublicStory:
    """Put a copy of a reviewed story where anyone may read it."""
    may_decide(by)
    story = locked(story)
    if story.stage != Stage.REVIEWED:
        raise PublicityRefused(f"这一篇现在是“{story.get_stage_display()}”，审核以后才能公开。")
    story.stage = Stage.PUBLISHED
    story.save()
    shown = _copy_of(story) or PublicStory(
        kind=story.KIND, story_id=story.pk, address=secrets.token_urlsafe(9)
    )
    _fill(shown, story)
    audit.record("公开", story, by=by, address=shown.address)
    return shown


@transaction.atomic
def withdraw(*, story: AnyStory, by: Actor) -> AnyStory:
    """Take a public copy down and empty it at once; it may be put up again as it was reviewed."""
    may_decide(by)
    story = locked(story)
    if story.stage != Stage.PUBLISHED:
        raise PublicityRefused("这一篇现在没有公开，不用撤下。")
    story.stage = Stage.REVIEWED
    story.save()
    empty_copy(story)
    audit.record("撤下", story, by=by)
    return story


def empty_copy(story: Profile | Article) -> None:
    """Nothing of a withdrawn story stays where anyone could read it."""
    for shown in PublicStory.objects.filter(kind=story.KIND, story_id=story.pk).only("pk", "address"):
        catalogue.take_down(copy=shown)
    PublicStory.objects.filter(kind=story.KIND, story_id=story.pk, withdrawn_at=None).update(
        title="", name="", unit="", text="", picture=None, picture_kind="", withdrawn_at=timezone.now()
    )


def _copy_of(story: Profile | Article) -> PublicStory | None:
    return PublicStory.objects.filter(kind=story.KIND, story_id=story.pk).first()


def _fill(shown: PublicStory, story: Profile | Article) -> None:
    assert story.reviewed_on is not None
    shown.org, shown.campaign = story.org, str(story.campaign)
    shown.title, shown.text = story.title, story.text
    if isinstance(story, Profile):
        shown.name, shown.unit = story.person.name, story.person.org.name
        shown.consented_on = story.consented_on
    shown.picture, shown.picture_kind = None, ""
    if story.picture:
        shown.picture = photographs.without_traces(files.content(story.picture))
        shown.picture_kind = story.picture.kind
    shown.reviewed_on, shown.published_at, shown.withdrawn_at = story.reviewed_on, timezone.now(), None
    shown.save()
    page = catalogue.Page(
        kind=catalogue.Kind(story.KIND.value),
        title=shown.title,
        organ=shown.org.name,
        text="\n".join(filter(None, (f"{shown.name}　{shown.unit}".strip(), shown.text))),
        published_at=shown.published_at,
        subject=story.campaign_id,
    )
    catalogue.put(copy=shown, page=page)
