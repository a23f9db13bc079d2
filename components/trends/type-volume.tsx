"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import { ChartCard } from "./chart-card.tsx";

/** The last two days' events against the usual for such hours. */
export function TypeVolume({ eventType }: { eventType: string }) {
  const { data } = useQuery(queries.volume(eventType));
  if (!data) return null;
  const drops = data.items.filter(({ drop }) => drop).length;
  const known = data.items.some(({ expected }) => expected !== null);
  return (
    <ChartCard
      id="volume"
      title="Volume"
      data={data.items.map(({ hour, observed, low, high }) => ({
        hour,
        observed,
        usual: low === null || high === null ? null : ([low, high] as [number, number]),
      }))}
      x="hour"
      series={[{ key: "observed", name: "produced", ink: "var(--tm-text)" }]}
      band={{ key: "usual", name: "usual range (98 of 100 hours)" }}
      format={(value) => formatCount(Math.round(value))}
    >
      {!known
        ? "The usual range needs a week of closed hours."
        : drops === 0
          ? "No unusually low volume in the last two days."
          : `Unusually low volume in ${formatCountOf(drops, "hour")} of the last two days.`}
    </ChartCard>
  );
}
