"""Where one can go from every page. An entry is listed when its page exists and its view lets the actor in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.web.ui.access import PUBLIC, SIGNED_IN, access_of


class Place(StrEnum):
    """Which menu: each audience has its own."""

    PUBLIC = "public"
    DESK = "desk"
    PARTNER = "partner"


@dataclass(frozen=True)
class Entry:
    label: str | Promise
    url_name: str


@dataclass(frozen=True)
class Group:
    label: str | Promise
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Link:
    """An entry as this visitor sees it on this page."""

    label: str | Promise
    href: str
    count: int | None
    current: bool


@dataclass(frozen=True)
class Section:
    label: str | Promise
    links: tuple[Link, ...]


MENUS: Mapping[Place, tuple[Group, ...]] = {
    Place.PUBLIC: (
        Group(
            _("栏目"),
            (
                Entry(_("首页"), "public:home"),
                Entry(_("活动"), "public:campaigns"),
                Entry(_("科普活动"), "public:events"),
                Entry(_("公开文件"), "public:papers"),
                Entry(_("核对数字"), "public:check"),
                Entry(_("查找"), "public:search"),
            ),
        ),
    ),
    Place.PARTNER: (Group(_("我的单位"), (Entry(_("首页"), "partner:home"), Entry(_("消息"), "ui:inbox"))),),
    Place.DESK: (
        Group(_("工作"), (Entry(_("我的任务"), "desk:home"), Entry(_("消息"), "ui:inbox"))),
        Group(
            _("活动"),
            (
                Entry(_("全部活动"), "desk:campaigns"),
                Entry(_("记一次走访"), "desk:visit_new"),
                Entry(_("联系科技工作者"), "desk:contacts"),
            ),
        ),
        Group(
            _("众创之家"),
            (
                Entry(_("技术需求"), "desk:demands"),
                Entry(_("专家、成果、设施"), "desk:offers"),
                Entry(_("对接会"), "desk:forums"),
                Entry(_("协议与项目"), "desk:agreements"),
            ),
        ),
        Group(
            _("材料"),
            (
                Entry(_("公文"), "desk:papers"),
                Entry(_("指标与数字"), "desk:measures"),
                Entry(_("组织"), "desk:organisations"),
                Entry(_("人员"), "desk:people"),
                Entry(_("媒体联系人"), "desk:press"),
            ),
        ),
        Group(
            _("系统"),
            (
                Entry(_("后台任务"), "desk:jobs"),
                Entry(_("审计记录"), "desk:audit"),
                Entry(_("个人信息清单"), "desk:personal"),
            ),
        ),
    ),
}


def sections(
    place: Place, *, actor: Actor | None, path: str, counts: Mapping[str, int] | None = None
) -> tuple[Section, ...]:
    """The menu of a place for this actor on the page at ``path``; ``counts`` are keyed by the entries' URL names."""
    groups = [(group.label, tuple(_open_entries(group.entries, actor))) for group in MENUS[place]]
    here = _nearest((href for _label, entries in groups for _entry, href in entries), path)
    return tuple(
        Section(
            label,
            tuple(
                Link(entry.label, href, (counts or {}).get(entry.url_name), href == here)
                for entry, href in entries
            ),
        )
        for label, entries in groups
        if entries
    )


def _open_entries(entries: Iterable[Entry], actor: Actor | None) -> Iterator[tuple[Entry, str]]:
    for entry in entries:
        try:
            href = reverse(entry.url_name)
        except NoReverseMatch:  # a house may run without this part
            continue
        if _lets_in(href, actor):
            yield entry, href


def _lets_in(href: str, actor: Actor | None) -> bool:
    match = resolve(href)
    access = access_of(match.func, match.url_name)
    if isinstance(access, Permission):
        return actor is not None and actor.may(access)
    return access == PUBLIC or (access == SIGNED_IN and actor is not None)


def _nearest(hrefs: Iterable[str], path: str) -> str | None:
    """The entry the page belongs to: the longest address that starts the path; a menu's home only matches itself."""
    found = sorted(hrefs, key=len)
    homes = {href for href in found if any(other != href and other.startswith(href) for other in found)}
    fitting = [href for href in found if path == href or (href not in homes and path.startswith(href))]
    return fitting[-1] if fitting else None
