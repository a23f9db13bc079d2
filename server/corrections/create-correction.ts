import type { CorrectionJson } from "#domain/api/corrections.ts";
import { type CorrectionDraft, parseCorrection } from "#domain/correction.ts";
import { type Concerned, type Context, requireLimits, requireScope } from "#server/access/index.ts";
import { lockIngestGate } from "#server/db/ingest-gate.ts";
import { Invalid } from "#server/errors.ts";
import { acceptHours } from "./accept-hours.ts";
import { insertCorrection, observedThroughOf, raiseVersion } from "./insert-correction.ts";
import { loadCorrection } from "./read-correction.ts";
import { resolveScope } from "./resolve-scope.ts";
import { workOffWhatItCan } from "./work-off-corrections.ts";

/** How long a request moves facts itself; the evaluate worker does the rest. */
const moveForMs = 4_000;

/**
 * Sets facts aside or accepts hours, with a reason. In force from its commit: facts delivered later are set aside too. Existing
 * facts follow in batches; if they are few, before this returns.
 */
export async function createCorrection({ ctx, input }: { ctx: Context; input: unknown }): Promise<CorrectionJson> {
  requireScope(ctx, "write");
  const draft = readDraft(input);
  requireLimits(ctx, concernedBy(draft));
  const id = draft.action === "accept-hour" ? await acceptHours(ctx, draft) : await setAside(ctx, draft);
  if (draft.action !== "accept-hour") await workOffWhatItCan(ctx, moveForMs);
  return loadCorrection(ctx.database, String(id));
}

/** An acceptance concerns every datacenter; a reset without a type, every type. */
export function concernedBy({ eventType, datacenter }: Pick<CorrectionDraft, "eventType" | "datacenter">): Concerned {
  return { eventType, datacenter };
}

/** Invalid with every fault of the body. */
export function readDraft(input: unknown): CorrectionDraft {
  const parsed = parseCorrection(input);
  if (parsed.ok) return parsed.draft;
  throw new Invalid("The correction was not created.", parsed.faults);
}

function setAside(ctx: Context, draft: CorrectionDraft): Promise<bigint> {
  return ctx.database.transaction(async (tx) => {
    // Behind the gate, writers have committed and reread corrections before writing more.
    await lockIngestGate(tx);
    const scope = await resolveScope(tx, draft);
    const observedThrough = await observedThroughOf(tx, scope, ctx.clock.now());
    const id = await insertCorrection(tx, ctx, { draft, scope, observedThrough });
    await raiseVersion(tx);
    return id;
  });
}
