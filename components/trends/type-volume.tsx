"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import { formatCount } from "#components/ui/number-format.ts";
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
      title="How much comes"
      data={data.items.map(({ hour, observed, low, high }) => ({
        hour,
        observed,
        usual: low === null || high === null ? null : ([low, high] as [number, number]),
      }))}
      x="hour"
      series={[{ key: "observed", name: "produced", ink: "var(--tm-text)" }]}
      band={{ key: "usual", name: "usual, 98 of 100 hours" }}
      format={(value) => formatCount(Math.round(value))}
    >
      {!known
        ? "What is usual is learned from a week of closed hours: until then there is no band."
        : drops === 0
          ? "No hour of the last two days brought too few events."
          : `${formatCount(drops)} of the last hours brought so few events that chance is no explanation.`}
    </ChartCard>
  );
}
