"""Runs in the peers' environment: texts as JSON on standard input, answers as the last line of standard output."""

import json
import sys
from collections.abc import Callable
from time import process_time
from typing import Any


def _recognizers() -> Callable[[str], list[dict[str, Any]]]:
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_ordinal, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    models = (
        recognize_number,
        recognize_percentage,
        recognize_ordinal,
        recognize_currency,
        recognize_dimension,
        recognize_datetime,
    )

    def answers(text: str) -> list[dict[str, Any]]:
        found = []
        for model in models:
            for one in model(text, "zh-cn"):
                resolution = one.resolution or {}
                value = resolution.get("value") or json.dumps(resolution.get("values"), default=str)
                found.append({"start": one.start, "end": one.end + 1, "value": value})
        return found

    return answers


def _jionlp() -> Callable[[str], list[dict[str, Any]]]:
    import jionlp

    def answers(text: str) -> list[dict[str, Any]]:
        found = []
        for one in jionlp.ner.extract_money(text):
            value = (one.get("detail") or {}).get("num")
            found.append({"start": one["offset"][0], "end": one["offset"][1], "value": value})
        for one in jionlp.ner.extract_time(text):
            value = json.dumps(one.get("detail"), ensure_ascii=False, default=str)
            found.append({"start": one["offset"][0], "end": one["offset"][1], "value": value})
        return found

    return answers


def main(peer: str) -> None:
    texts = json.load(sys.stdin)
    read = {"recognizers": _recognizers, "jionlp": _jionlp}[peer]()
    read(texts[0][:50])
    begun = process_time()
    answers = [read(text) for text in texts]
    print()
    print(json.dumps({"answers": answers, "seconds": process_time() - begun}, default=str))


if __name__ == "__main__":
    main(sys.argv[1])
