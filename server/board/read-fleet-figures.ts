import type { CompactBoardJson } from "#domain/api/board.ts";
import type { ExportFigures, LaneFigures, TypeFigures } from "#domain/metric-export/export-figures.ts";
import type { Stage } from "#domain/protocol.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { loadLaneBacklogs, loadLaneFigures, loadNewestHours } from "./load-lane-figures.ts";
import type { BoardNow } from "./read-board-now.ts";
import { shareBoard } from "./share-board.ts";

/** Beyond, lanes of the types at least risk are left out. */
const mostLanes = 10_000;

interface TypeNow extends TypeFigures {
  lagSeconds: number | null;
}

interface LaneNow extends LaneFigures {
  backlogs: { stage: Stage; oldestAgeSeconds: number; messages: number | null }[];
}

/** What monitoring outside is shown of the fleet. null: unknown. */
export interface FleetFigures extends ExportFigures {
  states: CompactBoardJson["counts"];
  datacenters: CompactBoardJson["datacenters"];
  /** At greatest risk first. */
  types: TypeNow[];
  lanes: LaneNow[];
}

/** The board's figures of the `eventTypes` types at greatest risk, and of their lanes: a type at a datacenter. */
export async function readFleetFigures({ ctx, input }: Call<{ eventTypes: number }>): Promise<FleetFigures> {
  requireScope(ctx, "read");
  const { ranked, shared } = await shareBoard(ctx);
  const chosen = ranked.slice(0, input.eventTypes);
  const ids = chosen.map(({ remembered }) => remembered.type.id);
  const now = ctx.clock.now();
  const { sql } = ctx.database;
  const newest = ids.length === 0 ? [] : await loadNewestHours(sql, ids, now);
  const byType = new Map(newest.map((each) => [each.eventTypeId, each]));
  const all = ids.length === 0 ? [] : await readLanes({ chosen, newest, now, sql });
  const lanes = all.slice(0, mostLanes);
  return {
    states: shared.counts,
    openIncidents: countSeverities(shared.incidents),
    datacenters: shared.datacenters,
    types: chosen.map(({ row, remembered }) => ({
      eventType: row.eventType,
      lagSeconds: row.lagSeconds,
      openHours: row.openHours,
      delaySeconds: row.delaySeconds,
      breachProbability: row.forecast?.breachProbability ?? null,
      closingDelaySeconds: byType.get(remembered.type.id)?.closingDelaySeconds ?? null,
      completeness: byType.get(remembered.type.id)?.completeness ?? null,
      lost: byType.get(remembered.type.id)?.lost ?? null,
      duplicated: byType.get(remembered.type.id)?.duplicated ?? null,
    })),
    lanes,
    leftOut: { eventTypes: ranked.length - chosen.length, lanes: all.length - lanes.length },
  };
}

interface Chosen {
  chosen: BoardNow["ranked"];
  newest: Awaited<ReturnType<typeof loadNewestHours>>;
  now: Date;
  sql: Parameters<typeof loadNewestHours>[0];
}

/** The lanes of a type's expected datacenters: what its verdicts wait for. */
async function readLanes({ chosen, newest, now, sql }: Chosen): Promise<LaneNow[]> {
  const ids = newest.map(({ eventTypeId }) => eventTypeId);
  const [figures, gauges] = await Promise.all([loadLaneFigures(sql, newest, now), loadLaneBacklogs(sql, ids, now)]);
  const keyOf = ({ eventTypeId, datacenter }: { eventTypeId: number; datacenter: string }) =>
    `${eventTypeId} ${datacenter}`;
  const figuresOf = new Map(figures.map((each) => [keyOf(each), each]));
  const gaugesOf = Map.groupBy(gauges, keyOf);
  return chosen.flatMap(({ row, remembered: { type }, settled, lanes }) =>
    settled.expected.map(({ name }, index) => {
      const key = keyOf({ eventTypeId: type.id, datacenter: name });
      const mark = lanes.marks[index];
      const untilMs = Math.min(now.getTime(), type.activeToMs ?? Number.POSITIVE_INFINITY);
      return {
        eventType: row.eventType,
        datacenter: name,
        lagSeconds: mark === undefined ? null : Math.max(0, untilMs - mark) / 1000,
        closingDelaySeconds: figuresOf.get(key)?.closingDelaySeconds ?? null,
        completeness: figuresOf.get(key)?.completeness ?? null,
        lost: figuresOf.get(key)?.lost ?? null,
        duplicated: figuresOf.get(key)?.duplicated ?? null,
        backlogs: gaugesOf.get(key) ?? [],
      };
    }),
  );
}

function countSeverities(incidents: CompactBoardJson["incidents"]): FleetFigures["openIncidents"] {
  const counts: FleetFigures["openIncidents"] = {};
  for (const { severity } of incidents) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}
