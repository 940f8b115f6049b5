"""Who keeps contact with whom, and how often a visit is asked for."""

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor, Organisation, Person
from hearth.apps.directory.states import Permission
from hearth.apps.visits.actions.steps import VisitRefused
from hearth.apps.visits.models import Contact, ContactRule
from hearth.lib import constraints

MOST_A_QUARTER = 12


@transaction.atomic
def keep_contact(*, cadre: Person, scientist: Person, by: Actor) -> Contact:
    """From today on the cadre keeps contact with the scientist."""
    _may_assign(by)
    contact = Contact(org=cadre.org, cadre=cadre, scientist=scientist, since=timezone.localdate())
    cures = {
        "contact_kept_once": f"{cadre} 已经联系 {scientist}，不用再定。",
        "contact_is_with_somebody_else": f"联系的对象不能是 {cadre} 自己，请另选一位。",
    }
    with constraints.explained(cures, VisitRefused):
        contact.save()
    audit.record("定联系干部", contact, by=by)
    return contact


@transaction.atomic
def end_contact(*, contact: Contact, by: Actor) -> Contact:
    _may_assign(by)
    contact = Contact.objects.select_for_update(of=("self",)).select_related("org").get(pk=contact.pk)
    if contact.ended_on is None:
        contact.ended_on = timezone.localdate()
        contact.save()
        audit.record("不再联系", contact, by=by)
    return contact


@transaction.atomic
def ask_for_visits(*, org: Organisation, times: int, by: Actor) -> ContactRule:
    """Say how many visits a quarter the cadres of an organisation owe each of their contacts."""
    _may_assign(by)
    if not 1 <= times <= MOST_A_QUARTER:
        raise VisitRefused(f"每季度的次数请填 1 到 {MOST_A_QUARTER}。")
    rule: ContactRule
    rule, _made = ContactRule.objects.update_or_create(
        org=org, defaults={"times": times, "org_path": org.path}
    )
    audit.record("定联系次数", rule, by=by, times=times)
    return rule


def _may_assign(by: Actor) -> None:
    if not by.may(Permission.MANAGE_CAMPAIGNS):
        raise VisitRefused(f"{by.name} 的角色不能定联系干部，请领导或干事来定。")
