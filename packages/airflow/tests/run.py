"""
Runs a class of the provider as Airflow would: run.py VERSION CLASS JSON. Prints a line of JSON: what it returned, or which error it raised.
Versions are 2 and 3 (of the stand-in's layout).
"""

import asyncio
import json
import logging
import sys

import airflow_standin

version, name, arguments = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
airflow_standin.install(version)


def say(**line):
    print(json.dumps(line), flush=True)


class OutletEvents(dict):
    def __missing__(self, outlet):
        self[outlet] = type("Event", (), {"extra": None})()
        return self[outlet]


async def watch(trigger):
    async for event in airflow_standin.revive(trigger).run():
        say(event=event.payload)


if name == "TidemarkHoursTrigger":
    from tidemark_airflow.events import TidemarkHoursTrigger

    asyncio.run(watch(TidemarkHoursTrigger(**arguments)))
elif name == "TidemarkHook":
    from tidemark_airflow.hook import TidemarkHook

    say(tested=TidemarkHook().test_connection())
else:
    from tidemark_airflow import events, sensors

    operator = getattr(sensors, name, None) or getattr(events, name)
    context = {"outlet_events": OutletEvents()}
    try:
        returned = airflow_standin.run_task(operator(task_id="task", **arguments), context)
        say(returned=returned, extras={key: each.extra for key, each in context["outlet_events"].items()})
    except (airflow_standin.AirflowException, asyncio.TimeoutError) as error:
        say(raised=type(error).__name__, message=str(error))
