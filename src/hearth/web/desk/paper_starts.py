"""What a new paper begins with: front matter and headings of its kind, to be written over."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hearth.apps.campaigns.models import Session
from hearth.apps.papers.states import Kind

# what the grammar of a source reads as more than words, where a line begins
_MARKS = re.compile(r"^[#|!\-\[\s]+")
_PARTS = re.compile(r"[；;\n]")

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
        "为……，制定本方案。\n\n## 一、总体要求\n\n……\n\n## 二、活动内容\n\n……"
        "\n\n## 三、职责分工\n\n各项任务落实到人，每项明确责任人和代理人。分工如下：\n\n[[分工表]]\n\n## 四、保障措施\n\n……",
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


def joint_plan(organs: Sequence[str], today: datetime.date) -> str:
    """The source of a plan that several organs issue together: a notice in the name of all, with the plan as its text."""
    head = [
        "文种：通知",
        f"机关：{'、'.join(organs)}",
        f"文号：……〔{today.year}〕号",
        "签发人：……",
        "主送：……",
        f"成文日期：{today.isoformat()}",
    ]
    body = _STARTS[Kind.PLAN][-1].replace("制定本方案。", "制定本实施方案，现印发给你们，请认真组织实施。")
    return "\n".join(["---", *head, "---", "# 关于印发《……实施方案》的通知", "", body, ""])


def start(kind: Kind, organ: str, today: datetime.date) -> str:
    """The source of a new paper of this kind, which can be saved as it stands."""
    name, is_numbered, title, body = _STARTS[kind]
    head = [f"文种：{name}", f"机关：{organ}"]
    if is_numbered:
        head += [f"文号：……〔{today.year}〕号", "签发人：……", "主送：……"]
    head.append(f"成文日期：{today.isoformat()}")
    return "\n".join(["---", *head, "---", f"# {title}", "", body, ""])


def minutes(session: Session, organ: str, today: datetime.date) -> str:
    """The source of the minutes of a meeting: its decisions one by one, then the suggestions that it handled."""
    held = "".join(
        (
            f"{{{{会议日期.{session.number}}}}}，",
            f"{session.chair}主持召开" if session.chair else "召开了",
            session.name,
        )
    )
    parts = (_MARKS.sub("", part).strip("。 ") for part in _PARTS.split(session.decisions))
    decisions = [f"{part}。" for part in parts if part]
    head = ["文种：纪要", f"机关：{organ}", f"标志：{organ}会议纪要", f"成文日期：{today.isoformat()}"]
    if session.attending:
        head.append(f"出席：{session.attending}")
    body = [f"{held}。会议议定以下事项。", *decisions]
    if session.decided.exists():
        body += ["## 意见建议处理情况", f"[[意见采纳表:{session.number}]]"]
    return "\n".join(["---", *head, "---", f"# {session.name}纪要", "", "\n\n".join(body), ""])


@dataclass(frozen=True)
class LetterSigner:
    """One of those who sign a joint letter: in the name of which organ, in which office."""

    organ: str
    office: str
    name: str


def start_letter(
    *,
    title: str,
    salutation: str,
    signers: Sequence[LetterSigner],
    day: datetime.date,
    occasion: str,
    theme: str,
) -> str:
    """The source of a letter that several sign in person: without a head, each with his office under the text."""
    organs = "、".join(dict.fromkeys(one.organ for one in signers))
    head = (
        "---",
        "文种：慰问信",
        f"机关：{organs}",
        f"签发人：{'、'.join(one.name for one in signers)}",
        f"成文日期：{day.isoformat()}",
        f"落款：{'、'.join(f'{one.office}　{one.name}' for one in signers)}",
        "---",
        f"# {title}",
    )
    body = (
        f"{salutation.rstrip('：:')}：",
        f"在{occasion}开展之际，向辛勤工作在各行各业的同志们，致以节日的问候和崇高的敬意！",
        "长期以来，同志们……。向你们表示衷心的感谢！",
        f"希望同志们{f'以“{theme}”为主题，' if theme else ''}……。",
        "祝大家节日愉快，身体健康，工作顺利，阖家幸福！",
    )
    return "\n".join((*head, "", "\n\n".join(body), ""))
