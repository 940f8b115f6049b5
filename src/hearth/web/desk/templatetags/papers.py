"""What the page of a paper may say."""

from collections.abc import Sequence
from typing import Any

from django import template

from hearth.apps.papers import gongwen

register = template.Library()

# how many 字 of a head fit the line at the size of the screen, and at the two smaller ones
_HEAD, _LONG_HEAD = 11, 15


@register.filter
def parts(inlines: Sequence[Any]) -> tuple[gongwen.Part, ...]:
    """A line of a paper, its figures and its unbacked numbers set apart."""
    return gongwen.parts(inlines)


@register.filter
def head_size(layout: gongwen.Layout) -> str:
    """The class that makes a head of many 字 as small as its line asks for, as the printed one is."""
    meta = layout.meta
    longest = len(meta.mark) or max(map(len, meta.organs), default=0) + len("文件")
    return "" if longest <= _HEAD else "long" if longest <= _LONG_HEAD else "longest"
