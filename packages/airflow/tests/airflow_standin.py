"""
Stands in for Airflow, which is not installed where these tests run: the few classes that the provider builds on, with the behaviour that
their documentation promises, under the names of Airflow 2.9 or of Airflow 3. It is not Airflow.
"""

import asyncio
import json
import logging
import os
import sys
import types
from importlib import import_module


class AirflowException(Exception):
    pass


class AirflowFailException(AirflowException):
    pass


class AirflowSkipException(AirflowException):
    pass


class AirflowSensorTimeout(AirflowException):
    pass


class TaskDeferred(BaseException):
    def __init__(self, trigger, method_name, timeout):
        self.trigger, self.method_name, self.timeout = trigger, method_name, timeout


class _Logging:
    @property
    def log(self):
        return logging.getLogger(type(self).__name__)


class Connection:
    def __init__(self, conn_id, host=None, schema=None, port=None, password=None):
        self.conn_id, self.host, self.schema, self.port, self.password = conn_id, host, schema, port, password


class BaseHook(_Logging):
    def __init__(self, logger_name=None):
        pass

    @classmethod
    def get_connection(cls, conn_id):
        if asyncio._get_running_loop() is not None:
            raise RuntimeError("A triggerer's loop must not be blocked by reading a connection.")
        return Connection(conn_id, **json.loads(os.environ[f"AIRFLOW_CONN_{conn_id.upper()}"]))


class BaseOperator(_Logging):
    template_fields = ()

    def __init__(self, *, task_id, outlets=()):
        self.task_id, self.outlets = task_id, list(outlets)

    def defer(self, *, trigger, method_name, timeout=None):
        raise TaskDeferred(trigger, method_name, timeout)


class PokeReturnValue:
    def __init__(self, is_done, xcom_value=None):
        self.is_done, self.xcom_value = is_done, xcom_value

    def __bool__(self):
        return self.is_done


class BaseSensorOperator(BaseOperator):
    def __init__(self, *, poke_interval=60, timeout=60, **kwargs):
        super().__init__(**kwargs)
        self.poke_interval, self.timeout = float(poke_interval), float(timeout)

    def execute(self, context):
        import time

        ends = time.monotonic() + self.timeout
        while True:
            answer = self.poke(context)
            if answer:
                return answer.xcom_value
            if time.monotonic() > ends:
                raise AirflowSensorTimeout("Sensor has timed out.")
            time.sleep(self.poke_interval)


class BaseTrigger(_Logging):
    def __init__(self, **kwargs):
        pass


class BaseEventTrigger(BaseTrigger):
    pass


class TriggerEvent:
    def __init__(self, payload):
        self.payload = payload


class _Conf:
    def getboolean(self, section, key, fallback=None):
        return fallback


def install(version):
    """Makes the names importable where Airflow 2 or 3 has them."""

    def module(name, **members):
        made = types.ModuleType(name)
        made.__dict__.update(members)
        made.__path__ = []
        sys.modules[name] = made

    exceptions = {each.__name__: each for each in (AirflowException, AirflowFailException, AirflowSkipException)}
    sensors = {"BaseSensorOperator": BaseSensorOperator, "PokeReturnValue": PokeReturnValue}
    module("airflow")
    module("airflow.triggers")
    if version == "2":
        module("airflow.hooks")
        module("airflow.hooks.base", BaseHook=BaseHook)
        module("airflow.models")
        module("airflow.models.baseoperator", BaseOperator=BaseOperator)
        module("airflow.sensors")
        module("airflow.sensors.base", **sensors)
        module("airflow.exceptions", **exceptions)
        module("airflow.configuration", conf=_Conf())
        module("airflow.triggers.base", BaseTrigger=BaseTrigger, TriggerEvent=TriggerEvent)

        async def in_thread(function, *arguments):
            return await asyncio.get_running_loop().run_in_executor(None, function, *arguments)

        module("asgiref")
        module("asgiref.sync", sync_to_async=lambda function: lambda *arguments: in_thread(function, *arguments))
        return

    class AsyncHook(BaseHook):
        @classmethod
        async def aget_connection(cls, conn_id):
            return Connection(conn_id, **json.loads(os.environ[f"AIRFLOW_CONN_{conn_id.upper()}"]))

    module("airflow.sdk", BaseHook=AsyncHook, BaseOperator=BaseOperator, **sensors)
    module("airflow.sdk.exceptions", **exceptions)
    module("airflow.sdk.configuration", conf=_Conf())
    module(
        "airflow.triggers.base", BaseTrigger=BaseTrigger, BaseEventTrigger=BaseEventTrigger, TriggerEvent=TriggerEvent
    )


def revive(trigger):
    """What a triggerer gets of a trigger: its class and arguments, through the database as JSON."""
    path, arguments = trigger.serialize()
    module, name = path.rsplit(".", 1)
    return getattr(import_module(module), name)(**json.loads(json.dumps(arguments)))


def run_task(operator, context=None):
    """As a worker, and a triggerer if the task defers."""
    context = {} if context is None else context
    try:
        return operator.execute(context)
    except TaskDeferred as deferred:

        async def first_event():
            async for event in revive(deferred.trigger).run():
                return event

        event = asyncio.run(asyncio.wait_for(first_event(), deferred.timeout.total_seconds()))
        resumed = getattr(operator, deferred.method_name)
        return resumed(context, event=json.loads(json.dumps(event.payload)))
