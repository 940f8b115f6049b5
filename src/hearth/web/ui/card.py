"""What a public page says of itself to search engines and to whoever passes its address on."""

from dataclasses import dataclass

from django.conf import settings

LONGEST = 120


@dataclass(frozen=True)
class Card:
    title: str
    text: str
    path: str
    kind: str = "website"

    @property
    def description(self) -> str:
        """The beginning of the text, on one line."""
        line = " ".join(self.text.split())
        return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"

    @property
    def address(self) -> str:
        return absolute(self.path)

    @property
    def host(self) -> str:
        """Where the emblem and the feed stand."""
        return str(settings.ADDRESS)


def absolute(path: str) -> str:
    """A page's address as it is told to others: under the house's own, whatever the request came by."""
    return f"{settings.ADDRESS}{path}"
