import type { DatacenterFacts } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { lockIngestGate } from "#server/db/ingest-gate.ts";
import type { HourKey } from "#server/verdicts/index.ts";
import type { AffectedHours } from "./affected-hours.ts";
import type { Asked, CorrectionKind, FactBatches } from "./correction-kind.ts";
import { insertCorrection, observedThroughOf, raiseVersion } from "./insert-correction.ts";
import { previewHours } from "./preview-hours.ts";
import { resolveScope } from "./resolve-scope.ts";

/** Some facts of a datacenter, which a correction can set aside. */
export interface FactKind extends FactBatches {
  /** The hours to judge again. */
  find(sql: Sql, asked: Asked & { now: Date }): Promise<AffectedHours>;
  /** What remains of the datacenter's facts in each of these hours. */
  loadLeft(sql: Sql, asked: Asked & { keys: readonly HourKey[] }): Promise<(key: HourKey) => Partial<DatacenterFacts>>;
}

/** Facts delivered later are set aside from the commit on; stored ones follow in batches. */
export function settingAside({ find, loadLeft, move, restore }: FactKind): CorrectionKind {
  return {
    create: (ctx, draft) =>
      ctx.database.transaction(async (tx) => {
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
      const { keys } = affected;
      const left = keys.length === 0 ? () => ({}) : await loadLeft(sql, { ...asked, keys });
      const previewed = await previewHours(ctx, { datacenter: asked.draft.datacenter, affected, left });
      return { ...previewed, observedThrough: observedThrough.toISOString(), concerned: affected };
    },
    undo: raiseVersion,
    batches: { move, restore },
  };
}
