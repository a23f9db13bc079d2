"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import { SilenceRows } from "./silence-rows.tsx";

/** The silences that mute an incident's alerts, to extend or end where it is read. */
export function IncidentSilences({ incidentId, asOf }: { incidentId: string; asOf: string }) {
  const { data } = useQuery(queries.silences(`incident=${incidentId}&limit=100`));
  return <SilenceRows title="Silenced" silences={data?.items ?? []} asOf={asOf} />;
}
