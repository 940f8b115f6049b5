"""What the public search says of a forum's copy."""

from hearth.apps.catalogue import actions as catalogue
from hearth.apps.meetings.models import Forum, PublicForum


def put_up(forum: Forum, shown: PublicForum) -> None:
    page = catalogue.Page(
        kind=catalogue.Kind.FORUM,
        title=shown.name,
        organ=shown.org.name,
        text=shown.place,
        published_at=shown.published_at,
        subject=forum.campaign_id,
    )
    catalogue.put(copy=shown, page=page)
