from __future__ import annotations

from datetime import timedelta

from tidemark_airflow.client import NotReady, Refused, hour_path, names
from tidemark_airflow.compat import AirflowFailException, BaseSensorOperator, PokeReturnValue, conf
from tidemark_airflow.hook import TidemarkHook
from tidemark_airflow.trigger import TidemarkReadyTrigger

_HOUR = "{{ data_interval_start.in_timezone('UTC').strftime('%Y-%m-%dT%H') }}"


class _TidemarkSensor(BaseSensorOperator):
    """
    :param consumer: the registered consumer that asks: its threshold applies, and its reading is recorded
    :param min_completeness: accept this completeness (0 to 1) instead of the event type's own tolerance
    :param deferrable: wait in the triggerer, without a worker; on by default if Airflow's `default_deferrable` is
    :param poke_interval: seconds between requests; deferred, the answer's Retry-After goes first
    """

    def __init__(
        self,
        *,
        consumer=None,
        min_completeness=None,
        tidemark_conn_id=TidemarkHook.default_conn_name,
        deferrable=conf.getboolean("operators", "default_deferrable", fallback=False),
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.consumer = consumer
        self.min_completeness = min_completeness
        self.tidemark_conn_id = tidemark_conn_id
        self.deferrable = deferrable

    def question(self):
        """The gate's path and parameters, once templates are rendered."""
        raise NotImplementedError

    def _ask(self):
        path, query = self.question()
        return path, {**query, "consumer": self.consumer, "minCompleteness": self.min_completeness}

    def poke(self, context):
        path, query = self._ask()
        try:
            verdict = TidemarkHook(self.tidemark_conn_id).get_conn().get(path, **query)
        except Refused as error:
            raise AirflowFailException(str(error)) from None
        except NotReady as error:
            self.log.info("%s", error)
            return PokeReturnValue(False)
        return PokeReturnValue(True, verdict)

    def execute(self, context):
        if not self.deferrable:
            return super().execute(context)
        answer = self.poke(context)
        if answer.is_done:
            return answer.xcom_value
        path, query = self._ask()
        return self.defer(
            trigger=TidemarkReadyTrigger(self.tidemark_conn_id, path, query, float(self.poke_interval)),
            method_name="execute_complete",
            timeout=timedelta(seconds=self.timeout),
        )

    def execute_complete(self, context, event):
        if event["status"] != "ready":
            raise AirflowFailException(event["message"])
        return event["verdict"]


class TidemarkHourSensor(_TidemarkSensor):
    """Waits for one hour of an event type; by default the one in which the run's data interval begins."""

    template_fields = ("event_type", "hour", "consumer")

    def __init__(self, *, event_type, hour=_HOUR, **kwargs):
        super().__init__(**kwargs)
        self.event_type = event_type
        self.hour = hour

    def question(self):
        return hour_path(self.event_type, self.hour) + "/ready", {}


class TidemarkRangeSensor(_TidemarkSensor):
    """Waits for the UTC hours from `start` up to, not including, `end`; by default the run's data interval."""

    template_fields = ("event_types", "start", "end", "consumer")

    def __init__(self, *, event_types, start=_HOUR, end=_HOUR.replace("_start", "_end"), **kwargs):
        super().__init__(**kwargs)
        self.event_types = event_types
        self.start = start
        self.end = end

    def question(self):
        return "/ready", {"eventTypes": names(self.event_types), "from": self.start, "to": self.end}


class TidemarkDaySensor(_TidemarkSensor):
    """
    Waits for a calendar day in a time zone, 23 to 25 hours of it; by default the day in which the run's data interval begins.

    :param day: like 2026-11-27
    :param zone: like Europe/Stockholm
    """

    template_fields = ("event_types", "day", "zone", "consumer")

    def __init__(self, *, event_types, zone="UTC", day=None, **kwargs):
        super().__init__(**kwargs)
        self.event_types = event_types
        self.zone = zone
        self.day = day or "{{ data_interval_start.in_timezone('%s').strftime('%%Y-%%m-%%d') }}" % zone

    def question(self):
        return "/ready", {"eventTypes": names(self.event_types), "day": self.day, "zone": self.zone}
