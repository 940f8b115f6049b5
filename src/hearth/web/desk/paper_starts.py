"""What a new paper begins with: front matter and headings of its kind, to be written over."""

import datetime
from collections.abc import Mapping

from hearth.apps.papers.states import Kind

# 文种 in the front matter, whether it has a number and recipients, title and body
_STARTS: Mapping[Kind, tuple[str, bool, str, str]] = {
    Kind.NOTICE: (
        "通知",
        True,
        "关于……的通知",
        "为……，现将有关事项通知如下。\n\n## 一、……\n\n……\n\n## 二、有关要求\n\n请于{{规定:6月5日}}前报送……。",
    ),
    Kind.PLAN: (
        "实施方案",
        False,
        "……实施方案",
        "为……，制定本方案。\n\n## 一、总体要求\n\n……\n\n## 二、活动内容\n\n……\n\n## 三、职责分工\n\n……\n\n## 四、保障措施\n\n……",
    ),
    Kind.REPORT: (
        "报告",
        True,
        "关于……情况的报告",
        "按照……部署，我会组织开展了……。现将情况报告如下。"
        "\n\n## 一、主要做法\n\n……\n\n## 二、取得的成效\n\n……\n\n## 三、下一步打算\n\n……",
    ),
    Kind.SUMMARY: (
        "总结",
        False,
        "……活动总结",
        "……活动于……开展。现将活动情况总结如下。"
        "\n\n## 一、高度重视，统筹安排\n\n……\n\n## 二、主要活动\n\n……\n\n## 三、体会和打算\n\n……",
    ),
    Kind.LETTER: ("慰问信", False, "致……的慰问信", "广大科技工作者：\n\n……\n\n祝大家工作顺利、身体健康！"),
    Kind.MINUTES: ("纪要", False, "……会议纪要", "会议研究了……，议定以下事项。\n\n## 一、……\n\n……"),
    Kind.AGREEMENT: (
        "协议",
        False,
        "……合作协议",
        "甲方：……\n\n乙方：……\n\n双方商定如下。\n\n## 一、合作内容\n\n……\n\n## 二、双方职责\n\n……\n\n## 三、期限\n\n……",
    ),
}


def start(kind: Kind, organ: str, today: datetime.date) -> str:
    """The source of a new paper of this kind, which can be saved as it stands."""
    name, is_numbered, title, body = _STARTS[kind]
    head = [f"文种：{name}", f"机关：{organ}"]
    if is_numbered:
        head += [f"文号：……〔{today.year}〕号", "签发人：……", "主送：……"]
    head.append(f"成文日期：{today.isoformat()}")
    return "\n".join(["---", *head, "---", f"# {title}", "", body, ""])
