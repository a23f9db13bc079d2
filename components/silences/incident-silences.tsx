"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import { SilenceRows } from "./silence-rows.tsx";

/** The silences that mute an incident's alerts, now or later, to extend or end where it is read. */
export function IncidentSilences({ incidentId, asOf }: { incidentId: string; asOf: string }) {
  const { data } = useQuery(queries.silencesOf(incidentId));
  const { active = [], planned = [] } = Object.groupBy(data?.items ?? [], ({ state }) =>
    state === "active" ? "active" : "planned",
  );
  return (
    <>
      <SilenceRows title="Silenced" silences={active} asOf={asOf} />
      <SilenceRows title="Planned silences" silences={planned} asOf={asOf} />
    </>
  );
}
