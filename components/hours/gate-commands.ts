import type { CopyItem } from "#components/ui/copy-list.tsx";
import { shellWord } from "#components/ui/shell-word.ts";

/** How a job waits for this hour: one text to copy each. `origin` is this Tidemark's own URL. */
export function gateCommands(origin: string, eventType: string, hour: string): CopyItem[] {
  const url = `${origin}/api/v1/event-types/${encodeURIComponent(eventType)}/hours/${hour}/ready`;
  return [
    {
      title: "Gate URL",
      use: "200 when ready, 404 until then; for schedulers’ sensors",
      text: url,
    },
    {
      title: "Shell",
      use: "exits 0 when ready, 3 on timeout",
      text: `TIDEMARK_URL=${shellWord(origin)} npx tidemark wait ${shellWord(eventType)} ${hour} --timeout 2h`,
    },
    {
      title: "curl",
      use: "holds the request for up to a minute until ready",
      text: `curl -fsS -H "Authorization: Bearer $TIDEMARK_TOKEN" ${shellWord(`${url}?wait=60`)}`,
    },
    {
      title: "Airflow",
      use: "of the provider tidemark-airflow: waits in the triggerer, without a worker slot; the connection tidemark_default holds this URL and the token",
      text: airflowSensor(eventType),
    },
  ];
}

/** For each run's own hour: a task with this fixed hour would wait for the same one for ever. */
function airflowSensor(eventType: string): string {
  return `TidemarkHourSensor(
    task_id="${eventType.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_")}_is_complete",
    event_type=${JSON.stringify(eventType)},
    deferrable=True,
    timeout=6 * 3600,
)`;
}
