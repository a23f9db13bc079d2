import type { CorrectionJson } from "#domain/api/corrections.ts";
import { type CorrectionDraft, parseCorrection } from "#domain/correction.ts";
import { type Call, type Concerned, requireLimits, requireScope } from "#server/access/index.ts";
import { Invalid } from "#server/errors.ts";
import { kindOf } from "./kinds.ts";
import { loadCorrection } from "./read-correction.ts";
import { workOffWhatItCan } from "./work-off-corrections.ts";

/** How long a request moves facts itself; the evaluate worker does the rest. */
const moveForMs = 4_000;

/**
 * Sets facts aside or accepts hours, with a reason. In force from its commit: facts delivered later are set aside too. Existing
 * facts follow in batches; if they are few, before this returns.
 */
export async function createCorrection({ ctx, input }: Call<unknown>): Promise<CorrectionJson> {
  requireScope(ctx, "write");
  const draft = readDraft(input);
  requireLimits(ctx, concernedBy(draft));
  const kind = kindOf(draft);
  const id = await kind.create(ctx, draft);
  if (kind.batches) await workOffWhatItCan(ctx, moveForMs);
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
