"""Stories inside the house, and the copies of them that anyone may read."""

from django.db.models import Q, QuerySet

from hearth.apps.campaigns.models import Campaign
from hearth.apps.directory.models import Actor
from hearth.apps.publicity.models import Article, Profile, PublicStory


def profiles(by: Actor, *, campaign: Campaign | None = None, search: str = "") -> QuerySet[Profile]:
    found: QuerySet[Profile] = Profile.objects.visible_to(by).select_related(
        "person__org", "campaign", "picture", "consent", "drafted_by", "org"
    )
    if campaign is not None:
        found = found.filter(campaign=campaign)
    if search:
        found = found.filter(Q(title__contains=search) | Q(person__name__contains=search))
    return found


def articles(by: Actor, *, campaign: Campaign | None = None) -> QuerySet[Article]:
    found: QuerySet[Article] = Article.objects.visible_to(by).select_related(
        "campaign", "picture", "drafted_by", "org"
    )
    return found if campaign is None else found.filter(campaign=campaign)


def public_stories() -> QuerySet[PublicStory]:
    """What is put up now, the newest first; pictures are fetched one by one."""
    return PublicStory.objects.filter(withdrawn_at=None).select_related("org").defer("picture")


def copy_of(story: Profile | Article) -> PublicStory | None:
    return public_stories().filter(kind=story.KIND, story_id=story.pk).first()
