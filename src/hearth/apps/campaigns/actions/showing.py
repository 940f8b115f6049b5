"""A campaign's own public page: put up, taken down."""

import secrets

from django.db import transaction
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.campaigns.actions.keeping import CampaignRefused
from hearth.apps.campaigns.models import Campaign, PublicCampaign
from hearth.apps.catalogue import actions as catalogue
from hearth.apps.directory.models import Actor
from hearth.apps.directory.states import Permission


@transaction.atomic
def publish(*, campaign: Campaign, by: Actor) -> PublicCampaign:
    """Let anyone read what the campaign is called, its theme and when it is; its page gathers what is published of it."""
    _may(by)
    shown = PublicCampaign.objects.filter(campaign_id=campaign.pk).first() or PublicCampaign(
        campaign_id=campaign.pk, address=secrets.token_urlsafe(9)
    )
    shown.org, shown.name, shown.theme = campaign.org, str(campaign), campaign.theme
    shown.starts, shown.ends = campaign.starts, campaign.ends
    shown.published_at, shown.withdrawn_at = timezone.now(), None
    shown.save()
    page = catalogue.Page(
        kind=catalogue.Kind.CAMPAIGN,
        title=shown.name,
        organ=shown.org.name,
        text=shown.theme,
        published_at=shown.published_at,
        subject=campaign.pk,
    )
    catalogue.put(copy=shown, page=page)
    audit.record("公开", campaign, by=by, address=shown.address)
    return shown


@transaction.atomic
def withdraw(*, campaign: Campaign, by: Actor) -> PublicCampaign:
    """Take the page down at once; what is published of the campaign stays published."""
    _may(by)
    shown = PublicCampaign.objects.filter(campaign_id=campaign.pk, withdrawn_at=None).first()
    if shown is None:
        raise CampaignRefused(f"{campaign}现在没有公开，不用撤下。")
    shown.withdrawn_at = timezone.now()
    shown.save(update_fields=["withdrawn_at"])
    catalogue.take_down(copy=shown)
    audit.record("撤下", campaign, by=by)
    return shown


def _may(by: Actor) -> None:
    if not by.may(Permission.MANAGE_CAMPAIGNS):
        raise CampaignRefused(f"{by.name} 的角色不能公开活动，请干事或领导来做。")
