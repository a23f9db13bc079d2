import { Time } from "#components/ui/time.tsx";
import type { BoardIncidentJson } from "#domain/api/board.ts";
import { trendClause } from "./incident-card-words.ts";

/** Whether it gets better, as the situation's recovery has it. */
export function IncidentTrend({
  incident: { phase, recovery },
  asOf,
}: {
  incident: Pick<BoardIncidentJson, "phase" | "recovery">;
  asOf: string;
}) {
  if (recovery === null) return phase === "recovering" ? "no alert fires any more" : "not recovering yet";
  const { p50At, p90At, trend } = recovery;
  if (Date.parse(p50At) <= Date.parse(asOf)) return "catching up, the last hours are about to close";
  return (
    <>
      catching up, all closed by about <Time at={p50At} relativeTo={asOf} /> (up to{" "}
      <Time at={p90At} relativeTo={asOf} />){trendClause(trend)}
    </>
  );
}
