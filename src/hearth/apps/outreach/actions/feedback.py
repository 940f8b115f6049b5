"""Asking those who came what they thought, and keeping what they say."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hearth.apps.audit import actions as audit
from hearth.apps.directory.models import Actor
from hearth.apps.links import actions as links
from hearth.apps.links.states import Purpose
from hearth.apps.messages import actions as messages
from hearth.apps.outreach import queries
from hearth.apps.outreach.actions.steps import OutreachRefused, may_record
from hearth.apps.outreach.models import Feedback, OutreachEvent, Registration
from hearth.apps.outreach.states import Rating, Verdict


@transaction.atomic
def ask_feedback(*, event: OutreachEvent, by: Actor) -> list[Feedback]:
    """Ask the school and each party that came through the door, by a link of their own; nobody is asked twice."""
    may_record(by)
    if event.held_on > timezone.localdate():
        raise OutreachRefused("活动还没有办，办完再征求反馈；只问来过的人。")
    asked = [_ask(event, None)] if not Feedback.objects.filter(event=event, registration=None) else []
    asked += [_ask(event, one) for one in _came_and_not_asked(event)]
    holders = [links.Holder(one.pk, event.org, one.who) for one in asked]
    given = links.give(purpose=Purpose.FEEDBACK, to=holders, about=event, by=by)
    for one in asked:
        told = queries.feedback_reader(one)
        messages.tell(
            to=[told],
            subject=f"这一场办得怎么样：{event}"[:120],
            text="三个问题，约 1 分钟：满意不满意，有什么意见，下次想要什么。",
            href=reverse("public:feedback", args=[given[one.pk].token]) if told.address else "",
            by=by,
        )
    return asked


@transaction.atomic
def give_feedback(*, feedback: Feedback, rating: Rating, text: str, wants: str, by: Actor) -> Feedback:
    """Keep what somebody says; saying it again replaces it."""
    feedback = Feedback.objects.select_for_update().get(pk=feedback.pk)
    feedback.rating, feedback.text, feedback.wants = rating, text, wants
    feedback.given_at = timezone.now()
    feedback.save()
    audit.record("反馈", feedback, by=by, rating=int(rating))
    return feedback


def _came_and_not_asked(event: OutreachEvent) -> list[Registration]:
    came = Registration.objects.filter(
        event=event, feedback=None, scans__verdict=Verdict.ADMITTED, scans__undone_at=None
    )
    return list(came.select_related("org").order_by("pk"))


def _ask(event: OutreachEvent, registration: Registration | None) -> Feedback:
    who = str(registration) if registration else event.school.name
    asked: Feedback = Feedback.objects.create(
        org=event.org, event=event, registration=registration, who=who[:80]
    )
    return asked
