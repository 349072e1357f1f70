"""What is kept of what the person was told, and of whether it was understood.

Fields as in the consent record (ISO/IEC TS 27560: privacy_notice, language; ours: forms, check).
"""

from __future__ import annotations

from typing import Any

from kiosk.domain.visit import NoticeShown, UnderstandingCheck, Understood


def notice_content(shown: NoticeShown, helper: str) -> dict[str, Any]:
    """Return the content of a notice.shown body."""
    return {
        "version": shown.version,
        "hash": shown.content_hash,
        "language": shown.language,
        "forms": list(shown.forms),
        "full": list(shown.full_pages),
        "helper": helper,
    }


def check_content(check: UnderstandingCheck) -> dict[str, Any]:
    """Return the content of an understanding.checked body."""
    return {
        "result": str(check.result),
        "right": list(check.right),
        "explanations": check.explanations,
        "worker": check.worker,
        "reason": check.worker_reason,
    }


def counts_as_understood(result: Understood, before: Understood) -> bool:
    """True when a Yes counts: the check was passed now, or before and is not failed now."""
    passed = (Understood.YES, Understood.WORKER_SAYS)
    return result in passed or (result is Understood.NOT_ASKED and before in passed)
