from __future__ import annotations

import asyncio

from tidemark_airflow.client import NotReady, Refused, Unavailable
from tidemark_airflow.compat import BaseTrigger, TriggerEvent, in_thread
from tidemark_airflow.hook import TidemarkHook
from tidemark_airflow.pause import Pause


class TidemarkReadyTrigger(BaseTrigger):
    """
    Asks the gate until it answers "ready", or that waiting will not help. While Tidemark is away it backs off.

    :param path: below /api/v1
    :param query: the gate's parameters
    :param poll_interval: seconds between requests, if the answer's Retry-After does not say otherwise
    """

    def __init__(self, tidemark_conn_id, path, query, poll_interval=30.0):
        super().__init__()
        self.tidemark_conn_id = tidemark_conn_id
        self.path = path
        self.query = query
        self.poll_interval = poll_interval

    def serialize(self):
        arguments = ("tidemark_conn_id", "path", "query", "poll_interval")
        return (
            "tidemark_airflow.trigger.TidemarkReadyTrigger",
            {name: getattr(self, name) for name in arguments},
        )

    async def run(self):
        pause = Pause(self.poll_interval)
        said = None
        while True:
            try:
                client = await TidemarkHook(self.tidemark_conn_id).aget_conn()
                verdict = await in_thread(lambda: client.get(self.path, **self.query))
                yield TriggerEvent({"status": "ready", "verdict": verdict})
                return
            except Refused as error:
                yield TriggerEvent({"status": "refused", "message": str(error)})
                return
            except Unavailable as error:
                sentence, seconds = str(error), pause.after_failure(error.retry_after)
            except NotReady as error:
                sentence, seconds = str(error), pause.after_answer(error.retry_after)
            if sentence != said:
                self.log.info("%s", sentence)
            said = sentence
            await asyncio.sleep(seconds)
