"""Tidemark's HTTP API, with the standard library alone."""

from __future__ import annotations

import json
from email.utils import parsedate_to_datetime
from datetime import datetime, timezone
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

_LONGEST_PAUSE_SECONDS = 3600


class NotReady(Exception):
    """The hour may not be read yet."""

    def __init__(self, sentence, retry_after=None):
        super().__init__(sentence)
        self.retry_after = retry_after


class Unavailable(NotReady):
    """Tidemark is away or busy: the same request may succeed later."""


class Refused(Exception):
    """Waiting will not help: an unknown event type, an invalid token."""


class _NoRedirects(HTTPRedirectHandler):
    """urllib would send the token to wherever it is redirected."""

    def redirect_request(self, *_):
        return None


class TidemarkClient:
    """
    :param url: Tidemark's URL, like https://tidemark.example.com
    :param token: a token with the scope `read`
    """

    def __init__(self, url, token, timeout=30):
        self._base = url.rstrip("/") + "/api/v1"
        self._token = token
        self._timeout = timeout
        self._opener = build_opener(_NoRedirects)

    def get(self, path, **query):
        """The answer's JSON. Raises NotReady for 404, Unavailable for what may pass, Refused for everything else."""
        given = urlencode({name: value for name, value in query.items() if value is not None})
        headers = {"Authorization": f"Bearer {self._token}", "User-Agent": "tidemark-airflow"}
        request = Request(f"{self._base}{path}{'?' if given else ''}{given}", headers=headers)
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                return json.load(response)
        except HTTPError as error:
            raise _problem(error) from None
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise Unavailable(f"Tidemark is unreachable at {self._base} ({reason}). Check the connection.") from error

    def list_hours(self, event_type, start, end):
        """The verdicts of the hours from `start` up to, not including, `end`; at most 500."""
        return self.get(type_path(event_type) + "/hours", **{"from": start, "to": end, "limit": 500})["items"]


def type_path(event_type):
    return f"/event-types/{quote(event_type, safe='')}"


def hour_path(event_type, hour):
    return f"{type_path(event_type)}/hours/{quote(hour, safe='')}"


def names(event_types):
    """Several names as one parameter: a comma that is part of a name is escaped."""
    given = [event_types] if isinstance(event_types, str) else event_types
    return ",".join(name.replace("\\", "\\\\").replace(",", "\\,") for name in given)


def _problem(error):
    status = error.code
    retry_after = _retry_after(error.headers.get("Retry-After"))
    try:
        detail = json.load(error)["detail"]
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        detail = f"Got status {status}, and not from Tidemark. Check the connection's host."
    # The gate's "not yet" says when to ask again. Any other 404 is a wrong URL.
    if status == 404 and retry_after is not None:
        return NotReady(detail, retry_after)
    if status == 429 or status >= 500:
        return Unavailable(detail, retry_after)
    if status in (401, 403):
        return Refused(f"{detail} Set the connection's password to a token with the scope `read`.")
    return Refused(detail)


def _retry_after(text):
    """Seconds, from seconds or a date; None: not said."""
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(text) - datetime.now(timezone.utc)).total_seconds()
        except (TypeError, ValueError):
            return None
    return min(max(seconds, 0.0), _LONGEST_PAUSE_SECONDS) if seconds == seconds else None
