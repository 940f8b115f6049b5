"""What a placement must say to be believed."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

_is_link = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Objection:
    """Which column of a placement is wrong, and what to do."""

    column: str
    cure: str


def kept_link(typed: str) -> str:
    """A link in one writing, so that the same one is known again: without a mark inside the page, the host in small
    letters. A path after # is kept, it names another page."""
    try:
        parts = urlsplit(typed.strip())
    except ValueError:
        return typed.strip()
    mark = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return parts._replace(netloc=parts.netloc.lower(), fragment=mark).geturl()


def objection(*, link: str, reach: int | None, reach_source: str) -> Objection | None:
    if link and not _opens(link):
        return Objection("链接", "链接要以 http:// 或 https:// 开头，照浏览器地址栏原样粘贴")
    if reach is not None and not reach_source:
        return Objection("数据来源", "填了触达人数，就要写明数据来源，例如公众号后台")
    return None


def _opens(link: str) -> bool:
    try:
        _is_link(link)
    except ValidationError:
        return False
    return True
