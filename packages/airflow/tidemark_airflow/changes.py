"""Which hours were completed or amended since a consumer last read them. Tidemark itself remembers what it has read."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from tidemark_airflow.client import NotReady, Refused, Unavailable, hour_path

_RUNNING = ("open", "closing", "late", "verifying")


class Changes:
    """
    :param consumer: registered for the event type
    :param hours: how far back an hour may be completed or amended, at most 500
    """

    def __init__(self, event_type, consumer, hours=48):
        if not 1 <= hours <= 500:
            raise ValueError(f"hours is {hours}. Set it to a number from 1 to 500.")
        self._event_type = event_type
        self._consumer = consumer
        self._hours = hours
        self._seen = {}
        self._listed = {}

    def find(self, client, now=None):
        """Changes, oldest first. The same ones again until they are acknowledged."""
        end = now or datetime.now(timezone.utc)
        listed = client.list_hours(
            self._event_type, f"{end - timedelta(hours=self._hours):%Y-%m-%dT%H}", f"{end:%Y-%m-%dT%H}"
        )
        self._listed = {each["hour"]: _known(each) for each in listed}
        self._seen = {hour: self._seen.get(hour) for hour in self._listed}
        found = [self._judge(client, each) for each in listed if self._may_have_changed(each)]
        return [each for each in found if each is not None]

    def acknowledge(self, client, change):
        """Records in Tidemark that the consumer knows of it: the gate is asked in its name."""
        self._seen[change["hour"]] = self._listed[change["hour"]]
        try:
            client.get(hour_path(self._event_type, change["hour"]) + "/ready", consumer=self._consumer)
        except Unavailable:
            raise
        except NotReady:
            # An hour that may not be read any more has no reading to record: only this process remembers it.
            pass

    def _may_have_changed(self, verdict):
        # The first revision goes from open to the first final state; every later one is an amendment.
        is_running = verdict["state"] in _RUNNING and not verdict["amended"]
        return not is_running and self._seen[verdict["hour"]] != self._listed[verdict["hour"]]

    def _judge(self, client, verdict):
        hour = verdict["hour"]
        path = hour_path(self._event_type, hour)
        listed = client.get(path + "/consumers", limit=500)["items"]
        known = next((each for each in listed if each["name"] == self._consumer), None)
        if known is None:
            raise Refused(
                f"{self._consumer} is not a registered consumer of {self._event_type}. Register it on the page Consumers."
            )
        reading = known["reading"]
        if reading is not None and not known["outdated"]:
            self._seen[hour] = self._listed[hour]
            return None
        is_ready = self._is_ready(client, path, known["minCompleteness"])
        if reading is None and not is_ready:
            self._seen[hour] = self._listed[hour]
            return None
        return {
            "type": "hour.complete" if reading is None else "hour.amended",
            "eventType": self._event_type,
            "hour": hour,
            "ready": is_ready,
            "state": verdict["state"],
            "revision": verdict["revision"],
            "previousRevision": None if reading is None else reading["revision"],
        }

    def _is_ready(self, client, path, min_completeness):
        """By the consumer's own threshold, without recording a reading."""
        try:
            client.get(path + "/ready", minCompleteness=min_completeness)
            return True
        except Unavailable:
            raise
        except NotReady:
            return False


def _known(verdict):
    """What decides whether an hour may be read: its figures, and whether its owner accepted them."""
    return verdict["revision"], verdict["accepted"] is not None
