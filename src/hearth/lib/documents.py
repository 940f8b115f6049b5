"""Reads a YAML file from outside into a declared shape, or tells every fault with its place.

The shape is a pydantic model whose aliases are the Chinese keys that people write.
"""

from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Fault, Refused

LARGEST = 1024 * 1024
_WANTED = {
    "missing": "有这一项",
    "extra_forbidden": "没有这一项，或改成认得的名称",
    "int_type": "整数，如 12",
    "int_parsing": "整数，如 12",
    "int_from_float": "整数，如 12",
    "string_type": "文字",
    "date_type": "日期，如 2020-06-12",
    "date_parsing": "日期，如 2020-06-12",
    "date_from_datetime_parsing": "日期，如 2020-06-12",
    "datetime_type": "日期和时间，如 2020-06-12 09:30:00",
    "datetime_parsing": "日期和时间，如 2020-06-12 09:30:00",
    "datetime_from_date_parsing": "日期和时间，如 2020-06-12 09:30:00",
    "time_type": '加引号的时间，如 "09:30"',
    "time_parsing": '加引号的时间，如 "09:30"',
    "list_type": "一列，每行以 - 开头",
    "model_type": "下面缩进的几项",
    "greater_than": "大于 0 的数",
    "greater_than_equal": "不小于 0 的数",
}


class Shape(BaseModel):
    """Base of declared shapes: unknown keys are faults, nothing is guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


S = TypeVar("S", bound=Shape)


def read_yaml(arrival: Arrival, shape: type[S]) -> S:
    """Read a YAML document. Raises Refused with the line of a syntax error, or the place of every wrong value."""
    if len(arrival.data) > LARGEST:
        arrival.refuse(cure="文件超过 1 MB，不像是一份活动说明。请核对后再传")
    try:
        content = yaml.load(arrival.data.decode("utf-8-sig"), Loader=_PlainLoader)  # noqa: S506  # a SafeLoader
    except UnicodeDecodeError:
        arrival.refuse(cure="文件不是 UTF-8。请用记事本打开，另存为 UTF-8 再传")
    except yaml.MarkedYAMLError as error:
        raise Refused([_unreadable(arrival, error)]) from error
    except yaml.YAMLError:
        arrival.refuse(cure="格式读不懂，可能混进了看不见的字符。请用记事本重新保存再传")
    try:
        return shape.model_validate(content)
    except ValidationError as error:
        raise Refused([_fault(arrival, one) for one in error.errors()]) from error


class _NoDate(yaml.MarkedYAMLError):
    """Something written as a date that the calendar does not have."""


class _PlainLoader(yaml.SafeLoader):
    """Plain values only: an alias could unfold without end, a repeated key would lose the first value."""

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:
            raise _NoDate(problem=node.value, problem_mark=node.start_mark) from error

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.get_mark()
            raise yaml.MarkedYAMLError(problem="aliases are not taken", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        for key, _ in node.value:
            if keys.count(key.value) > 1:
                raise yaml.MarkedYAMLError(problem="a key stands twice", problem_mark=key.start_mark)
        return super().construct_mapping(node, deep=deep)


_PlainLoader.add_constructor("tag:yaml.org,2002:timestamp", _PlainLoader.construct_yaml_timestamp)


def _unreadable(arrival: Arrival, error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    row = mark.line + 1 if mark else None
    if isinstance(error, _NoDate):
        return Fault(file=arrival.name, row=row, found=str(error.problem), wanted=_WANTED["date_type"])
    return Fault(file=arrival.name, row=row, cure="这一行的格式读不懂，请核对冒号后的空格和行首的缩进")


def _fault(arrival: Arrival, error: Any) -> Fault:
    place = "．".join(f"第 {part + 1} 个" if isinstance(part, int) else str(part) for part in error["loc"])
    missing = error["type"] == "missing"
    found = "" if missing else str(error["input"])
    wanted = _WANTED.get(error["type"], "")
    return Fault(
        file=arrival.name,
        column=place,
        found=found,
        wanted=wanted,
        cure="" if wanted else f"这一项不对：{error['msg']}",
    )
