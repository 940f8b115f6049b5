"""The English catalogue: every Chinese string on a screen has its English, and no other stands in it."""

import datetime
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split

from hearth.config.environment import HOME

SOURCE = HOME / "src/hearth"
CATALOGUE = SOURCE / "locale/en/LC_MESSAGES/django.po"
WRITTEN = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
COMPILED = CATALOGUE.with_suffix(".mo")
CALL = re.compile(r"""_\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\)""")

Message = str | tuple[str, str]


def problems() -> list[str]:
    """What is wrong with the catalogue, a line each."""
    wanted, catalogue = set(messages()), _catalogue()
    known = {message.id: message for message in catalogue if message.id}
    found = [f"没有英文：{one}" for one in sorted(map(str, wanted - known.keys()))]
    found += [f"界面上已没有：{one}" for one in sorted(map(str, known.keys() - wanted))]
    found += [
        f"英文是空的：{one}"
        for one, message in known.items()
        if one in wanted and not _is_full(message.string)
    ]
    found += [
        f"占位不一致：{one}" for one, message in known.items() if _places(one) != _places(message.string)
    ]
    if not found and (not COMPILED.exists() or COMPILED.read_bytes() != compiled(catalogue)):
        found.append("编译后的目录旧了，请运行 ./hearth fix")
    return found


def mend() -> None:
    """Add what is missing with empty English, drop what is gone, and compile."""
    old = {message.id: message for message in _catalogue() if message.id}
    catalogue = Catalog(locale="en", project="Hearth", charset="utf-8", fuzzy=False)
    for one in sorted(messages(), key=str):
        before = old.get(one)
        catalogue.add(one, before.string if before else "")
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(text, catalogue, width=0, omit_header=True, no_location=True)
    CATALOGUE.write_bytes(text.getvalue())
    COMPILED.write_bytes(compiled(_catalogue()))


def compiled(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    catalogue.creation_date = catalogue.revision_date = WRITTEN  # the same words give the same bytes
    write_mo(out, catalogue)
    return out.getvalue()


def messages() -> Iterator[Message]:
    """Every marked string of the source, once."""
    seen: set[Message] = set()
    for one in (*_in_python(), *_in_templates()):
        if one not in seen:
            seen.add(one)
            yield one


def _in_python() -> Iterator[Message]:
    keywords = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2)}
    for _, _, message, _, _ in extract_from_dir(
        str(SOURCE), method_map=[("**.py", "python")], keywords=keywords, options_map={}
    ):
        yield (message[0], message[1]) if isinstance(message, tuple) else message


def _in_templates() -> Iterator[Message]:
    for path in sorted(SOURCE.glob("web/**/*.html")):
        yield from _in_template(path)


def _in_template(path: Path) -> Iterator[Message]:
    tokens = iter(Lexer(path.read_text(encoding="utf-8")).tokenize())
    for token in tokens:
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        yield from (match[1][1:-1] for match in CALL.finditer(token.contents))
        words = list(smart_split(token.contents))
        if (
            token.token_type is TokenType.BLOCK
            and words[0] in ("translate", "trans")
            and words[1][0] in "\"'"
        ):
            yield words[1][1:-1]
        elif token.token_type is TokenType.BLOCK and words[0] in ("blocktranslate", "blocktrans"):
            yield _block(tokens, trimmed="trimmed" in words)


def _block(tokens: Iterator[Token], *, trimmed: bool) -> Message:
    parts = [""]
    for token in tokens:
        if token.token_type is TokenType.BLOCK and token.contents.startswith("endblocktrans"):
            break
        if token.token_type is TokenType.BLOCK and token.contents.strip() == "plural":
            parts.append("")
        elif token.token_type is TokenType.VAR:
            parts[-1] += f"%({token.contents.strip()})s"
        else:
            parts[-1] += token.contents.replace("%", "%%")
    if trimmed:
        parts = [" ".join(line.strip() for line in part.strip().splitlines()) for part in parts]
    return (parts[0], parts[1]) if len(parts) > 1 else parts[0]


def _catalogue() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="en")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def _is_full(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def _places(string: object) -> set[str]:
    parts = string if isinstance(string, (tuple, list)) else (string,)
    return {place for part in parts for place in re.findall(r"%\(\w+\)[sd]|\{\w*\}", str(part))}
