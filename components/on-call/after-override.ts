import type { QueryClient } from "@tanstack/react-query";

/** Reads again what an override changes. */
export function afterOverride(client: QueryClient, schedule: string): Promise<unknown> {
  const keys = [
    ["on-call-schedules"],
    ["on-call-schedule", schedule],
    ["on-call-shifts", schedule],
    ["on-call-overrides", schedule],
  ];
  return Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}
