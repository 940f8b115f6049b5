"""Pages that anyone may read are sent compressed: brotli where the browser takes it, else gzip.

Pages of somebody's own are not: in them secrets stand beside what a visitor may have typed, and the length would tell.
"""

import gzip
import re
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

SMALLEST = 800
TYPES = ("text/html", "application/atom+xml", "application/xml", "image/svg+xml", "text/plain")
BROTLI_QUALITY = 4
GZIP_LEVEL = 4
_REFUSED = re.compile(r";\s*q=0(\.0*)?\s*$")


class CompressionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and _is_for_anyone(response):
            patch_vary_headers(response, ["Accept-Encoding"])
            if len(response.content) >= SMALLEST:
                _compress(request.headers.get("Accept-Encoding", ""), response)
        return response


def _is_for_anyone(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    return (
        kind in TYPES
        and "Content-Encoding" not in response.headers
        and response.headers.get("Cache-Control") == "no-cache"
    )


def _compress(accepted: str, response: HttpResponse) -> None:
    takes = {one.partition(";")[0].strip() for one in accepted.split(",") if not _REFUSED.search(one)}
    if "br" in takes:
        packed, name = brotli.compress(response.content, quality=BROTLI_QUALITY), "br"
    elif "gzip" in takes:
        packed, name = gzip.compress(response.content, GZIP_LEVEL, mtime=0), "gzip"
    else:
        return
    response.content = packed
    response.headers["Content-Length"] = str(len(packed))
    response.headers["Content-Encoding"] = name
