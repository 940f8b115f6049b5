"""Random papers of six kinds, with invented people and organs: what the layout bench renders and measures."""

import random
from collections.abc import Callable, Iterator

PHRASES = (
    "围绕服务科技工作者的职责定位",
    "坚持面向基层面向一线",
    "组织专家深入企业开展技术咨询",
    "建立需求清单和成果清单",
    "推动供需双方精准对接",
    "加强科普阵地建设",
    "广泛开展进校园进社区活动",
    "认真听取意见建议",
    "及时研究答复办理",
    "明确责任单位和完成时限",
    "健全定期调度和通报制度",
    "注重用典型事迹引导人",
    "把活动办到科技工作者身边",
    "严格落实各项安全措施",
    "做到任务到岗责任到人",
    "形成上下联动齐抓共管的工作格局",
)
SUBJECTS = (
    "科技工作者日活动",
    "科普进校园",
    "政校企对接洽谈",
    "学会能力提升",
    "青少年科技创新大赛",
    "基层组织建设",
)
PLACES = ("云州市", "东澜省", "柏溪县", "临江区", "青岚市", "石桥县")
ORGANS = ("科学技术协会", "科学技术局", "教育局", "工业和信息化局", "总工会")
OFFICES = ("政协办公室", "人大常委会办公室", "政府办公室")
RECIPIENTS = ("各县区科学技术协会", "各市级学会", "有关院校科协", "各医疗机构科协", "有关企业科协")
PEOPLE = ("孙玉兰", "陆承远", "方敬之", "周明", "欧阳若溪", "何远山", "许清和", "林知秋")
CHINESE = "一二三四五六七八九十"
NOUNS = ("场", "人", "项", "家", "册", "份", "块", "件")


class Writer:
    """Writes the source of one random paper after the other from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def notice(self) -> str:
        """下行通知: recipients, levels of headings, sometimes an attachment, a table, secrecy."""
        place = self.place()
        front = self.front("通知", f"{place}科学技术协会", self.number())
        head = [
            f"主送：{self.recipients()}",
            *self.sometimes("紧急程度：加急"),
            *self.sometimes("密级：秘密★1年"),
        ]
        return self.paper(
            [*front, *head, *self.attachments(), *self.foot(place)], self.title("关于组织开展", "的通知")
        )

    def request(self) -> str:
        """上行请示: one to three 签发人, an 附注."""
        place = self.place()
        names = "、".join(self.random.sample(PEOPLE, self.random.randint(1, 3)))
        front = self.front("请示", f"{place}科学技术协会", self.number())
        head = [f"签发人：{names}", "主送：东澜省科学技术协会", "附注：联系人：周明，电话：0000-1234567"]
        return self.paper([*front, *head, *self.foot(place)], self.title("关于举办", "的请示"), tables=False)

    def joint(self) -> str:
        """联合行文: two to four organs."""
        place = self.place()
        organs = "、".join(place + name for name in self.random.sample(ORGANS, self.random.randint(2, 4)))
        front = self.front("通知", organs, self.number())
        head = [f"主送：{self.recipients()}"]
        return self.paper(
            [*front, *head, *self.attachments(), *self.foot(place)], self.title("关于联合开展", "的通知")
        )

    def letter(self) -> str:
        """信函: a 函 with a number."""
        place = self.place()
        front = self.front("函", f"{place}科学技术协会", self.number())
        head = [f"主送：{place}教育局", f"抄送：{place}人民政府办公室"]
        return self.paper([*front, *head], self.title("关于商请支持", "的函"), sections=(1, 2))

    def minutes(self) -> str:
        """纪要: with the lists of those present."""
        place = self.place()
        front = [
            f"文种：纪要  机关：{place}科学技术协会",
            f"文号：第{self.random.randint(1, 30)}期",
            f"成文日期：{self.date()}",
            "出席：" + "、".join(self.random.sample(PEOPLE, 4)),
            "列席：" + "、".join(self.random.sample(PEOPLE, 3)),
        ]
        return self.paper([*front, *self.foot(place)], self.title("研究", "有关事项会议纪要"), tables=False)

    def summary(self) -> str:
        """普通总结: no head."""
        place = self.place()
        front = [f"文种：总结  机关：{place}科学技术协会", f"成文日期：{self.date()}"]
        return self.paper(front, self.title("", "总结"), sections=(3, 5))

    def front(self, kind: str, organs: str, number: str) -> list[str]:
        """The lines that all papers with a head have."""
        return [f"文种：{kind}  机关：{organs}", f"文号：{number}", f"成文日期：{self.date()}"]

    def foot(self, place: str) -> list[str]:
        """The lines of a 版记."""
        copies = "，".join(place + name for name in self.random.sample((*OFFICES, *ORGANS), 3))
        return [f"抄送：{copies}", f"印发机关：{place}科学技术协会办公室  印发日期：{self.date()}"]

    def paper(
        self, front: list[str], title: str, *, sections: tuple[int, int] = (2, 4), tables: bool = True
    ) -> str:
        """The source."""
        lines = ["---", *front, "---", f"# {title}", self.paragraph()]
        for at in range(self.random.randint(*sections)):
            lines += self.section(CHINESE[at], tables=tables)
        return "\n".join(lines)

    def section(self, number: str, *, tables: bool) -> Iterator[str]:
        """A heading with what is below it."""
        yield f"## {number}、{self.random.choice(PHRASES)}"
        yield self.paragraph()
        for at in range(self.random.randint(0, 2)):
            yield f"### （{CHINESE[at]}）{self.random.choice(PHRASES)}"
            yield self.paragraph()
            if self.random.random() < 0.4:
                yield f"#### 1.{self.random.choice(PHRASES)}"
                yield self.paragraph()
        if tables and self.random.random() < 0.15:
            yield from self.table()
            yield self.paragraph()

    def table(self) -> Iterator[str]:
        """A table of a few rows."""
        yield "| 活动 | 地点 | 人数 |"
        yield "|:--|:--|--:|"
        for _ in range(self.random.randint(2, 6)):
            yield f"| {self.random.choice(SUBJECTS)} | {self.place()} | {self.random.randint(10, 900)} |"

    def paragraph(self) -> str:
        """Two to five sentences."""
        return "".join(self.sentence() for _ in range(self.random.randint(2, 5)))

    def sentence(self) -> str:
        """Phrases parted by commas, some with a number or a quotation."""
        parts = self.random.sample(PHRASES, self.random.randint(2, 4))
        if self.random.random() < 0.35:
            noun = self.random.choice(NOUNS)
            parts.append(f"共计{self.random.randint(2, 3000)}{noun}")
        if self.random.random() < 0.2:
            parts.append(f"办好“{self.random.choice(SUBJECTS)}”")
        if self.random.random() < 0.1:
            parts.append(f"落实《{self.random.choice(SUBJECTS)}方案》（试行）要求")
        return "，".join(parts) + "。"

    def attachments(self) -> list[str]:
        """Sometimes one to three attachments."""
        count = self.random.choice((0, 0, 1, 2, 3))
        names = [f"{name}安排表" for name in self.random.sample(SUBJECTS, count)]
        return [f"附件：{'、'.join(names)}"] if names else []

    def recipients(self) -> str:
        """One to three lines of recipients."""
        return "，".join(
            self.random.sample(
                ["各县区科学技术协会", "各市级学会", "有关院校科协", "各医疗机构科协", "有关企业科协"],
                self.random.randint(1, 5),
            )
        )

    def title(self, before: str, after: str) -> str:
        """A title of one to three lines."""
        parts = self.random.sample(SUBJECTS, self.random.randint(1, 2))
        return f"{before}{self.random.randint(2019, 2026)}年{'和'.join(parts)}{after}"

    def number(self) -> str:
        """A number of a paper."""
        return f"云科协〔{self.random.randint(2019, 2026)}〕{self.random.randint(1, 120)}号"

    def date(self) -> str:
        """Any day."""
        return (
            f"{self.random.randint(2019, 2026)}年{self.random.randint(1, 12)}月{self.random.randint(1, 28)}日"
        )

    def place(self) -> str:
        """An invented place."""
        return self.random.choice(PLACES)

    def sometimes(self, line: str) -> list[str]:
        """The line in a quarter of the papers."""
        return [line] if self.random.random() < 0.25 else []


KINDS: dict[str, Callable[[Writer], str]] = {
    "下行通知": Writer.notice,
    "上行请示": Writer.request,
    "联合行文": Writer.joint,
    "信函": Writer.letter,
    "纪要": Writer.minutes,
    "普通总结": Writer.summary,
}
"""The six kinds."""


def sources(kind: str, count: int, seed: int) -> Iterator[str]:
    """Sources of a kind; the same seed gives the same papers."""
    for at in range(count):
        yield KINDS[kind](Writer(seed * 100_000 + list(KINDS).index(kind) * 10_000 + at))
