import { addHours } from "#domain/hour.ts";
import type { DatacenterFacts } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { lockIngestGate } from "#server/db/ingest-gate.ts";
import type { HourKey } from "#server/verdicts/index.ts";
import type { Asked, CorrectionKind, FactBatches } from "./correction-kind.ts";
import { insertCorrection, observedThroughOf, raiseVersion } from "./insert-correction.ts";
import { previewedHours, previewHours } from "./preview-hours.ts";
import { requireOwnTypes } from "./require-own-types.ts";
import { resolveScope } from "./resolve-scope.ts";

/** Some facts of a datacenter, which a correction can set aside. */
export interface FactKind extends FactBatches {
  /** The hours to judge again, newest first. */
  find(sql: Sql, asked: Asked & { now: Date }): Promise<HourKey[]>;
  /** What remains of the datacenter's facts in each of these hours. */
  loadLeft(sql: Sql, asked: Asked & { keys: readonly HourKey[] }): Promise<(key: HourKey) => Partial<DatacenterFacts>>;
}

/** Facts delivered later are set aside from the commit on; stored ones follow in batches. */
export function settingAside({ find, loadLeft, move, restore }: FactKind): CorrectionKind {
  return {
    create: (ctx, draft) =>
      ctx.database.transaction(async (tx) => {
        await requireOwnTypes(tx, ctx, draft);
        // Behind the gate, writers have committed and reread corrections before writing more.
        await lockIngestGate(tx);
        const scope = await resolveScope(tx, draft);
        const observedThrough = await observedThroughOf(tx, scope, ctx.clock.now());
        const id = await insertCorrection(tx, ctx, { draft, scope, observedThrough });
        await raiseVersion(tx);
        return id;
      }),
    async preview(ctx, asked) {
      const { sql } = ctx.database;
      const now = ctx.clock.now();
      const observedThrough = await observedThroughOf(sql, asked.scope, now);
      const affected = await find(sql, { ...asked, now });
      const keys = affected.slice(0, previewedHours);
      const left = keys.length === 0 ? () => ({}) : await loadLeft(sql, { ...asked, keys });
      return {
        ...(await previewHours(ctx, { datacenter: asked.draft.datacenter, keys, left })),
        hourCount: affected.length,
        observedThrough: observedThrough.toISOString(),
        concerned: {
          eventTypeIds: [...new Set(affected.map(({ eventTypeId }) => eventTypeId))],
          from: affected.at(-1)?.hour ?? now,
          to: addHours(affected[0]?.hour ?? now, 1),
        },
      };
    },
    undo: raiseVersion,
    batches: { move, restore },
  };
}
