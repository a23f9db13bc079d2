import type { SloCounts } from "#domain/slo.ts";
import type { InputJson, Transaction } from "#server/db/database.ts";
import type { Cause } from "./claim-days.ts";

export interface RestatedMonth {
  readonly eventTypeId: number;
  readonly month: Date;
  readonly days: Date[];
  readonly causes: Cause[];
}

/** Records how frozen months changed, why, and by whose action. */
export async function writeRestatements(
  tx: Transaction,
  months: readonly (RestatedMonth & { before: SloCounts; after: SloCounts })[],
  now: Date,
): Promise<void> {
  if (months.length === 0) return;
  const changes = await loadTermsChanges(tx, months);
  const data = months.map(({ causes, before, after, ...month }) => ({
    ...month,
    act: actOf(causes),
    restatedAt: now,
    causes: uniqueCauses(causes.map((cause) => named(cause, changes.get(month.eventTypeId)))) as unknown as InputJson,
    before: before as unknown as InputJson,
    after: after as unknown as InputJson,
  }));
  await tx.prisma.sloRestatement.createMany({ data });
}

/** Null where several acts, or facts beside an act, changed the month at once. */
function actOf(causes: readonly Cause[]): string | null {
  const acts = new Set(causes.map(({ act }) => act ?? null));
  return acts.size === 1 ? ([...acts][0] ?? null) : null;
}

interface TermsChange {
  actor: string;
  what: string;
}

/** Each type's latest catalogue change: the one that caused its hours to be judged again. */
async function loadTermsChanges(tx: Transaction, months: readonly RestatedMonth[]): Promise<Map<number, TermsChange>> {
  const types = [...new Set(months.map(({ eventTypeId }) => eventTypeId))];
  const { rows } = await tx.query<TermsChange & { eventTypeId: number }>(
    `SELECT DISTINCT ON (event_type_id) event_type_id AS "eventTypeId", actor, what
       FROM slo_terms_change WHERE event_type_id = ANY ($1) ORDER BY event_type_id, changed_at DESC, id DESC`,
    [types],
  );
  return new Map(rows.map((row) => [row.eventTypeId, row]));
}

function named(cause: Cause, change: TermsChange | undefined): Cause {
  if (cause.cause !== "catalogue" || cause.actor !== null || !change) return cause;
  return { ...cause, actor: change.actor, reason: change.what };
}

function uniqueCauses(causes: readonly Cause[]): Cause[] {
  return [
    ...new Map(
      causes.map(({ cause, actor, reason }) => [JSON.stringify([cause, actor, reason]), { cause, actor, reason }]),
    ).values(),
  ];
}
