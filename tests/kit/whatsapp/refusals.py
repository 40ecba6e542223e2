"""Errors of the Graph API: its codes with their status and title.

Codes and meanings from Meta's page of error codes, 15 May 2026.
"""

from typing import Any, Final

from tests.kit.loopback import Refused

_KNOWN: Final[dict[int, tuple[int, str]]] = {
    2: (503, "API Service"),
    4: (400, "API Too Many Calls"),
    10: (403, "Application does not have permission for this action"),
    33: (400, "Parameter value is not valid"),
    100: (400, "Invalid parameter"),
    190: (401, "Invalid OAuth access token - Cannot parse access token"),
    368: (403, "Temporarily blocked for policies violations"),
    130429: (429, "Rate limit hit"),
    130497: (403, "Business account is restricted from messaging users in this country."),
    131000: (500, "Something went wrong"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131026: (400, "Message undeliverable"),
    131047: (400, "Re-engagement message"),
    131049: (400, "This message was not delivered to maintain healthy ecosystem engagement."),
    131050: (400, "User has stopped marketing messages from the business"),
    131051: (400, "Unsupported message type"),
    131052: (400, "Media download error"),
    131053: (400, "Media upload error"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    132015: (400, "Template is Paused"),
    132016: (400, "Template is Disabled"),
}


def refused(code: int, details: str = "") -> Refused:
    """Make a refusal of a code."""
    status, title = _KNOWN[code]
    words = details if code == 100 and details else title
    refusal = Refused(status, f"(#{code}) {words}", code)
    refusal.details = details
    return refusal


def no_media(parameter: str, *, was_there: bool) -> Refused:
    """Refuse the id of a file; that one ``was_there`` once is nothing a business can know of."""
    words = f"Param {parameter} is not a valid whatsapp business account media attachment ID"
    refusal = refused(100, words)
    refusal.is_no_fault = was_there
    return refusal


def body(refusal: Refused) -> dict[str, Any]:
    """Write a refusal as the Graph API does."""
    error: dict[str, Any] = {
        "message": refusal.words,
        "type": "OAuthException",
        "code": refusal.code,
        "fbtrace_id": "AkitkitkitkitkitkitkitA",
    }
    if details := getattr(refusal, "details", ""):
        error["error_data"] = {"messaging_product": "whatsapp", "details": details}
    return {"error": error}


def in_status(code: int, details: str = "") -> dict[str, Any]:
    """Write an error as a status of a message tells it."""
    title = _KNOWN[code][1]
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details or title},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    }
