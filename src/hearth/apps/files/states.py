"""Kinds of file that may be kept as evidence, and how large each may be."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    TEXT = "text/plain"


@dataclass(frozen=True)
class Limit:
    endings: tuple[str, ...]
    megabytes: int


LIMITS = {
    Kind.JPEG: Limit((".jpg", ".jpeg"), 20),
    Kind.PNG: Limit((".png",), 20),
    Kind.PDF: Limit((".pdf",), 50),
    Kind.DOCX: Limit((".docx",), 20),
    Kind.XLSX: Limit((".xlsx",), 20),
    Kind.TEXT: Limit((".txt", ".csv", ".md"), 5),
}
