"""What every act of publicity asks first, and how the database's refusals are told."""

from contextlib import AbstractContextManager

from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission
from hearth.lib import constraints

_CURES = {
    "placement_link_once": "这个链接已经登记过一条刊播，不能重复计。请核对是不是同一篇。",
    "planned_text_is_due_before_its_day": "交稿期限要在计划刊播日期当天或以前。",
    "media_contact_once": "这家媒体已经有同名的联系人，请打开原来那一条更正。",
    "media_contact_is_reachable": "电话和邮箱至少填一个，才联系得上。",
    "letter_once_a_person": "其中有人刚刚已经发过这封信。请刷新后再发给还没有发过的。",
}


class PublicityRefused(Exception):
    """Something that cannot be done in publicity; the message says what would be right."""


def may_record(by: Actor) -> None:
    if not by.may(Permission.RECORD):
        raise PublicityRefused(f"{by.name} 的角色不能登记宣传，请干事或联络员来做。")


def may_decide(by: Actor) -> None:
    if not by.may(Permission.MANAGE_CAMPAIGNS):
        raise PublicityRefused(f"{by.name} 的角色不能审核、公开和发送，请干事或领导来做。")


def constraints_explained(number: str = "") -> AbstractContextManager[None]:
    return constraints.explained({**_CURES, **constraints.number_taken(number)}, PublicityRefused)
