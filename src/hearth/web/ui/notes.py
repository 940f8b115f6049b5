"""What a page says after something was done; the way back stands in the note."""

from django.contrib import messages
from django.http import HttpRequest


def done(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Say what was done, who is told and what was not done; ``undo`` is the address a POST to which takes it back."""
    messages.success(request, text, extra_tags=undo)
