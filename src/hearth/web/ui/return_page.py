"""What happens when the form of a return is sent: a draft is kept, or the answer goes to the issuer."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.apps.directory.models import Actor
from hearth.apps.notices import actions
from hearth.apps.notices.actions import AnswerWrong, NoticeRefused
from hearth.apps.notices.models import Return
from hearth.apps.notices.rules.drafts import Merged
from hearth.web.ui import answering, notes
from hearth.web.ui.answering import SPARE_LINES, Answering, Typed

Page = Callable[[Answering | None, int], HttpResponse]
MORE_LINES = 10
ACKNOWLEDGE = "acknowledge"
ACKNOWLEDGE_CORRECTION = "acknowledge_correction"


def posted(
    request: HttpRequest, returned: Return, by: Actor, *, href: str, back: str, page: Page
) -> HttpResponse:
    """Do what the pressed button says. ``page`` draws the whole page around the form, with a status;
    ``href`` is where the form is sent, ``back`` the page that shows it."""
    if request.POST.get("do") in (ACKNOWLEDGE, ACKNOWLEDGE_CORRECTION):
        return acknowledged(request, returned, by, back=back)
    brought = answering.typed(request, returned, by)
    try:
        if "saved" in request.GET:
            return _autosaved(request, returned, brought, by)
        if request.POST.get("do") == "send":
            return _sent(request, returned, brought, by, href=href, back=back, page=page)
        return _drafted(request, returned, brought, by, href=href, back=back, page=page)
    except NoticeRefused as refused:
        messages.error(request, str(refused))
        return redirect(back)


def acknowledged(request: HttpRequest, returned: Return, by: Actor, *, back: str) -> HttpResponse:
    """Sign for the notice, or for what corrected it; what it asks for may come later."""
    corrected = request.POST.get("do") == ACKNOWLEDGE_CORRECTION
    sign = actions.acknowledge_correction if corrected else actions.acknowledge
    try:
        sign(returned=returned, by=by)
        notes.done(request, _("已签收，发文单位看得到了。"))
    except NoticeRefused as refused:
        messages.error(request, str(refused))
    return redirect(back)


def _autosaved(request: HttpRequest, returned: Return, brought: Typed, by: Actor) -> HttpResponse:
    """A small answer for htmx. What clashed keeps its old base, so that it is told again and never overwritten unseen."""
    merged = actions.save_draft(returned=returned, base=brought.base, said=brought.said, by=by)
    base = merged.said | {name: brought.base.get(name, "") for name in merged.clashes}
    context = {
        "base": answering.base_of(base),
        "saved_at": timezone.now(),
        "clashes": _clashes(returned, merged),
    }
    return render(request, "ui/answering/saved.html", context)


def _drafted(
    request: HttpRequest, returned: Return, brought: Typed, by: Actor, *, href: str, back: str, page: Page
) -> HttpResponse:
    merged = actions.save_draft(returned=returned, base=brought.base, said=brought.said, by=by)
    do = request.POST.get("do")
    if do == "last":
        returned.refresh_from_db()
        merged = actions.save_draft(returned=returned, base={}, said=answering.from_last(returned), by=by)
    faults = {**_told(merged), **brought.faults}
    returned.refresh_from_db()
    if faults or do == "more":
        lines = MORE_LINES if do == "more" else SPARE_LINES
        said = {
            **merged.said,
            **{name: brought.said[name] for name in merged.clashes if name in brought.said},
        }
        shown = answering.shown(returned, href=href, said=said, base=merged.said, faults=faults, lines=lines)
        return page(shown, 422 if faults else 200)
    notes.done(request, _("已存草稿，还没有报。可以关掉，换一台设备接着填。"))
    return redirect(back)


def _sent(
    request: HttpRequest, returned: Return, brought: Typed, by: Actor, *, href: str, back: str, page: Page
) -> HttpResponse:
    """Wrong or not, nothing that was typed is lost: what cannot be sent is kept as the draft."""
    try:
        answering.send(request, returned, brought, by)
    except AnswerWrong as wrong:
        merged = actions.save_draft(returned=returned, base=brought.base, said=brought.said, by=by)
        returned.refresh_from_db()
        said = {**merged.said, **brought.said}
        return page(
            answering.shown(returned, href=href, said=said, base=merged.said, faults=wrong.faults), 422
        )
    notes.done(request, _("已报送，发文单位看得到了。要修改，请对方退回。"))
    return redirect(back)


def _told(merged: Merged) -> dict[str, str]:
    return {
        name: _("另一个窗口刚存的是“%(now)s”。再存一次，就以这里的为准。") % {"now": now[:40] or _("空")}
        for name, now in merged.clashes.items()
    }


def _clashes(returned: Return, merged: Merged) -> list[tuple[str, str]]:
    form = returned.form
    labels = {one.key: one.label for one in form}
    return [(labels.get(name.partition(".")[0], name), now) for name, now in merged.clashes.items()]
