"""Questions about publicity."""

from hearth.apps.publicity.queries.placements import (
    WAITING,
    Reached,
    by_channel,
    late,
    placements,
    planned,
    to_remind,
)
from hearth.apps.publicity.queries.sendings import (
    BY_POST,
    contacts,
    deliveries,
    had,
    letter_page,
    letters,
    mailings,
    openings,
    published_letters,
)
from hearth.apps.publicity.queries.stories import articles, copy_of, profiles, public_stories

__all__ = [
    "BY_POST",
    "WAITING",
    "Reached",
    "articles",
    "by_channel",
    "contacts",
    "copy_of",
    "deliveries",
    "had",
    "late",
    "letter_page",
    "letters",
    "mailings",
    "openings",
    "placements",
    "planned",
    "profiles",
    "public_stories",
    "published_letters",
    "to_remind",
]
