from __future__ import annotations

import random

_LONGEST_SECONDS = 300.0


class Pause:
    """
    How long to wait before the next request. What is not ready yet is asked at the given interval, or when the answer says; while
    Tidemark is away the pauses double, up to five minutes. A part of each is random, so that a thousand tasks do not ask at once.
    """

    def __init__(self, interval):
        self._interval = max(float(interval), 1.0)
        self._failures = 0

    def after_answer(self, retry_after=None):
        self._failures = 0
        return self._interval + random.uniform(0, self._interval / 4) if retry_after is None else _jittered(retry_after)

    def after_failure(self, retry_after=None):
        # Never an exponent that overflows.
        grown = min(max(self._interval * 2 ** min(self._failures, 16), 1.0), max(_LONGEST_SECONDS, self._interval))
        self._failures += 1
        return random.uniform(grown / 2, grown) if retry_after is None else _jittered(retry_after)


def _jittered(seconds):
    """Never earlier than asked, never at once, and a tenth later at the most."""
    return max(seconds, 1.0) * random.uniform(1.0, 1.1)
