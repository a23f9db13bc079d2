from __future__ import annotations

import asyncio

from tidemark_airflow.changes import Changes
from tidemark_airflow.client import Refused, Unavailable
from tidemark_airflow.compat import (
    AirflowFailException,
    AirflowSkipException,
    BaseEventTrigger,
    BaseOperator,
    TriggerEvent,
    in_thread,
)
from tidemark_airflow.hook import TidemarkHook
from tidemark_airflow.pause import Pause


class TidemarkHoursTrigger(BaseEventTrigger):
    """
    For an AssetWatcher (Airflow 3): an asset event for each hour that is completed or amended, at least once.

    :param consumer: registered for the event type; Tidemark records what it knows
    :param hours: how far back an hour may be completed or amended
    """

    def __init__(self, event_type, consumer, tidemark_conn_id=TidemarkHook.default_conn_name, hours=48, poll_interval=30.0):
        super().__init__()
        self.event_type = event_type
        self.consumer = consumer
        self.tidemark_conn_id = tidemark_conn_id
        self.hours = hours
        self.poll_interval = poll_interval

    def serialize(self):
        arguments = ("event_type", "consumer", "tidemark_conn_id", "hours", "poll_interval")
        return ("tidemark_airflow.events.TidemarkHoursTrigger", {name: getattr(self, name) for name in arguments})

    async def run(self):
        changes = Changes(self.event_type, self.consumer, self.hours)
        pause = Pause(self.poll_interval)
        while True:
            try:
                client = await TidemarkHook(self.tidemark_conn_id).aget_conn()
                for change in await in_thread(changes.find, client):
                    yield TriggerEvent(change)
                    # Airflow has taken it when it asks for the next one.
                    await in_thread(changes.acknowledge, client, change)
                seconds = pause.after_answer()
            except (Refused, Unavailable) as error:
                # A watcher has no task that could fail: what is wrong is in the triggerer's log, and asked again ever less often.
                self.log.error("%s", error)
                seconds = pause.after_failure(getattr(error, "retry_after", None))
            await asyncio.sleep(seconds)


class TidemarkChangesOperator(BaseOperator):
    """
    For Airflow 2.9 and later: a short task, run every few minutes, whose outlets get an event if hours were completed or amended since
    its last run, and which is skipped otherwise. It returns them, and where Airflow has `outlet_events` (2.10 and later) they are the
    events' extra.

    :param consumer: registered for the event type; Tidemark records what it knows
    :param hours: how far back an hour may be completed or amended
    """

    template_fields = ("event_type", "consumer")

    def __init__(self, *, event_type, consumer, hours=48, tidemark_conn_id=TidemarkHook.default_conn_name, **kwargs):
        super().__init__(**kwargs)
        self.event_type = event_type
        self.consumer = consumer
        self.hours = hours
        self.tidemark_conn_id = tidemark_conn_id

    def execute(self, context):
        changes = Changes(self.event_type, self.consumer, self.hours)
        try:
            client = TidemarkHook(self.tidemark_conn_id).get_conn()
            found = changes.find(client)
            if not found:
                raise AirflowSkipException(f"No hour of {self.event_type} was completed or amended.")
            events = context.get("outlet_events")
            for outlet in self.outlets if events is not None else ():
                events[outlet].extra = {"changes": found}
            for change in found:
                changes.acknowledge(client, change)
        except Refused as error:
            raise AirflowFailException(str(error)) from None
        return found
