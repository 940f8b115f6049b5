"""The key with which a house signs what leaves it."""

import hashlib
import hmac

LEDGER = "papers.ledger"


def seal(secret: str, purpose: str) -> bytes:
    """A 32-byte key for one purpose, derived from the house's secret (HMAC-SHA-256)."""
    return hmac.new(secret.encode(), f"hearth.{purpose}".encode(), hashlib.sha256).digest()
