"""The kinds of papers (文种): the fifteen of the regulations, and those that associations write besides.

命令, 函 and 纪要 have formats of their own (GB/T 9704-2012, 10); without an organ, and a 函 without a number, they
are laid out without a head. A new kind is one line in this table.
"""

from dataclasses import dataclass

from hearth.engines.gongwen.paper import Layout


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its usual layout, and three habits.

    upward: goes to an organ above, 签发人 stands in the head; signed: the organs sign at the end;
    addressed: a letter, whose first line may be the salutation.
    """

    name: str
    layout: Layout
    upward: bool = False
    signed: bool = True
    addressed: bool = False


_TABLE = (
    Kind("决议", Layout.DOCUMENT),
    Kind("决定", Layout.DOCUMENT),
    Kind("命令", Layout.ORDER),
    Kind("公报", Layout.DOCUMENT),
    Kind("公告", Layout.DOCUMENT),
    Kind("通告", Layout.DOCUMENT),
    Kind("意见", Layout.DOCUMENT),
    Kind("通知", Layout.DOCUMENT),
    Kind("通报", Layout.DOCUMENT),
    Kind("报告", Layout.DOCUMENT, upward=True),
    Kind("请示", Layout.DOCUMENT, upward=True),
    Kind("批复", Layout.DOCUMENT),
    Kind("议案", Layout.DOCUMENT),
    Kind("函", Layout.LETTER, addressed=True),
    Kind("纪要", Layout.MINUTES, signed=False),
    Kind("方案", Layout.GENERAL),
    Kind("实施方案", Layout.GENERAL),
    Kind("预案", Layout.GENERAL),
    Kind("计划", Layout.GENERAL),
    Kind("总结", Layout.GENERAL),
    Kind("活动总结", Layout.GENERAL),
    Kind("慰问信", Layout.GENERAL, addressed=True),
    Kind("公开信", Layout.GENERAL, addressed=True),
    Kind("倡议书", Layout.GENERAL, addressed=True),
    Kind("邀请函", Layout.GENERAL, addressed=True),
    Kind("简报", Layout.GENERAL),
    Kind("讲话", Layout.GENERAL, signed=False, addressed=True),
    Kind("协议", Layout.GENERAL, signed=False),
    Kind("协议书", Layout.GENERAL, signed=False),
)
KINDS = {kind.name: kind for kind in _TABLE}
"""The kinds by name."""
