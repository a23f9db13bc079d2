"""Airflow's names, which moved between 2.9 and 3.x: the newest place first."""

from __future__ import annotations

import asyncio
from importlib import import_module


def _find(name, *modules):
    for module in modules:
        try:
            return getattr(import_module(module), name)
        except (ImportError, AttributeError):
            continue
    raise ImportError(f"Airflow has no {name} in {' or '.join(modules)}. tidemark-airflow needs Airflow 2.9 or later.")


BaseHook = _find("BaseHook", "airflow.sdk", "airflow.hooks.base")
BaseOperator = _find("BaseOperator", "airflow.sdk", "airflow.models.baseoperator")
BaseSensorOperator = _find("BaseSensorOperator", "airflow.sdk", "airflow.sensors.base")
PokeReturnValue = _find("PokeReturnValue", "airflow.sdk", "airflow.sensors.base")
AirflowFailException = _find("AirflowFailException", "airflow.sdk.exceptions", "airflow.exceptions")
AirflowSkipException = _find("AirflowSkipException", "airflow.sdk.exceptions", "airflow.exceptions")
conf = _find("conf", "airflow.sdk.configuration", "airflow.configuration")
BaseTrigger = _find("BaseTrigger", "airflow.triggers.base")
TriggerEvent = _find("TriggerEvent", "airflow.triggers.base")

try:
    from airflow.triggers.base import BaseEventTrigger
except ImportError:
    # Airflow 2 has no asset watchers; the class is importable, and no one can watch with it.
    BaseEventTrigger = BaseTrigger


async def aget_connection(conn_id):
    """In a triggerer: from 3.1 on Airflow reads it asynchronously, before in a thread that asgiref ties to the loop."""
    if hasattr(BaseHook, "aget_connection"):
        return await BaseHook.aget_connection(conn_id)
    from asgiref.sync import sync_to_async

    return await sync_to_async(BaseHook.get_connection)(conn_id)


async def in_thread(function, *arguments):
    """Runs a short blocking request beside the triggerer's loop."""
    return await asyncio.get_running_loop().run_in_executor(None, function, *arguments)
