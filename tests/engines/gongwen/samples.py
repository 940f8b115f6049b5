"""Papers of an invented city, and ways to tamper with their Word files."""

import io
import zipfile
from collections.abc import Callable

from lxml import etree

from hearth.engines.gongwen import Figure, Paper, fill, parse, write
from hearth.engines.gongwen.ooxml import q

KEY = b"a key for tests"
REPORT = """---
文种：报告　　机关：云州市科学技术协会
文号：云科协〔2020〕21号  签发人：孙玉兰
主送：东澜省科学技术协会
成文日期：2020年6月20日
附件：活动分工表、《物料、签到》明细
抄送：云州市人民政府办公室。
印发机关：云州市科学技术协会办公室  印发日期：2020-06-20
---
# 云州市科学技术协会
# 关于{{活动.年份}}活动情况的报告
　　活动展出科普展板{{科普.展板|余}}，发放读本{{outreach.booklets}}，宣传页{{科普.宣传页}}。
## 一、精心组织
各单位须在{{规定:5个工作日}}内报送。
### （一）走进校园
#### 1.物料
| 物料 | 数量 |
|:--|--:|
| 读本 | {{科普.读本|余}} |
| 其他 |  |
活动圆满结束。
"""
TEXTS = ("2020年", "30余块", "1000册", "2000份", "900余册")


def figures(paper: Paper) -> tuple[Figure, ...]:
    return tuple(
        Figure(slot.index, f"f{slot.index}", slot.key, f"指标{slot.index}", text, 3)
        for slot, text in zip(paper.slots, TEXTS, strict=True)
    )


def report() -> Paper:
    paper = parse(REPORT)
    return fill(paper, figures(paper))


def signed() -> bytes:
    return write(report(), key=KEY)


def simple(body: str) -> Paper:
    return parse(f"---\n文种：总结\n---\n# 总结\n{body}")


def members(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def part(docx: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(members(docx)[name])


def tampered(
    docx: bytes, change: Callable[[etree._Element], object], name: str = "word/document.xml"
) -> bytes:
    """The file after `change` has been at the root of one of its parts."""
    parts = members(docx)
    root = etree.fromstring(parts[name])
    change(root)
    return packed({**parts, name: etree.tostring(root)})


def control(root: etree._Element, figure_id: str) -> etree._Element:
    return next(
        element
        for element in root.iter(q("sdt"))
        if element.find(f".//{q('tag')}").get(q("val")) == f"fig:{figure_id}"
    )


def without_controls(root: etree._Element) -> None:
    """As an editor does that knows no content controls: the words stay."""
    for element in list(root.iter(q("sdt"))):
        parent = element.getparent()
        at = parent.index(element)
        parent[at : at + 1] = list(element.find(q("sdtContent")))
