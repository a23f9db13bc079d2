import { type Call, requireLimits, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import type { Sql } from "#server/db/database.ts";
import { lockIngestGate } from "#server/db/ingest-gate.ts";
import { Conflict, NotFound } from "#server/errors.ts";
import { checkPrecondition, type Precondition, specTag } from "#server/precondition.ts";
import type { NameKind } from "./purge-deleted-names.ts";
import { purgeDeletedNames } from "./purge-deleted-names.ts";

const nouns: Record<NameKind, string> = { event_type: "event type", datacenter: "datacenter", reporter: "reporter" };
const purgeForMs = 4_000;

/**
 * Deletes a name that was never claimed. It is gone at the commit; its facts are deleted in batches, the first before this returns.
 * Reported again later, the name is discovered as new, with none of its old facts.
 */
export async function deleteName({
  ctx,
  input,
}: Call<{ kind: NameKind; name: string; precondition?: Precondition | undefined }>): Promise<void> {
  requireScope(ctx, "write");
  const { kind, name } = input;
  requireLimits(ctx, {
    datacenter: kind === "datacenter" ? name : null,
    eventType: kind === "event_type" ? name : null,
  });
  if (kind === "reporter") await refuseCounted(ctx.database.sql, name);
  await ctx.database.transaction(async (tx) => {
    // Behind the gate, writers of facts have committed and will reread names: none writes under this id any more.
    await lockIngestGate(tx);
    await refuseInUse(tx, input);
    const { rows } = await tx.query<{ id: number }>(
      // a claim that commits first leaves zero rows
      `DELETE FROM ${kind} WHERE name = $1 ${kind === "reporter" ? "" : "AND claimed_at IS NULL"} RETURNING id`,
      [name],
    );
    const deleted = rows[0];
    if (!deleted) throw await whyNot(tx, input);
    // Checked after the delete, which waits for claims: what is left has no spec. A refusal rolls it back.
    checkPrecondition(input.precondition, { what: `"${name}"`, tag: specTag(null) });
    await tx.prisma.deletedName.create({
      data: { kind, nameId: deleted.id, name, deletedAt: ctx.clock.now(), deletedBy: ctx.actor },
    });
    await tx.query("UPDATE fact_version SET names = names + 1");
    await recordAct(tx, ctx, { act: `${kind}.deleted`, name });
  });
  await purgeDeletedNames({ ctx, input: { forMs: purgeForMs } });
}

async function whyNot(tx: Sql, { kind, name }: { kind: NameKind; name: string }): Promise<Error> {
  const { rowCount } = await tx.query(`SELECT FROM ${kind} WHERE name = $1`, [name]);
  if (!rowCount) return new NotFound(`The ${nouns[kind]} "${name}" does not exist.`);
  return new Conflict(
    `The ${nouns[kind]} "${name}" was claimed, so its history stays. Retire it instead: apply it with an activeTo.`,
  );
}

async function refuseInUse(tx: Sql, { kind, name }: { kind: NameKind; name: string }): Promise<void> {
  const { rows: corrections } = await tx.query<{ id: bigint }>(
    `SELECT id FROM correction WHERE ${kind} = $1 AND (undone_at IS NULL OR restored_at IS NULL) ORDER BY id LIMIT 1`,
    [name],
  );
  if (corrections[0]) {
    throw new Conflict(`Correction ${corrections[0].id} names the ${nouns[kind]} "${name}". Undo it first.`);
  }
  if (kind !== "datacenter") return;
  const { rows: types } = await tx.query<{ name: string }>(
    "SELECT name FROM event_type WHERE $1 = ANY (datacenters) AND claimed_at IS NOT NULL ORDER BY name LIMIT 1",
    [name],
  );
  if (types[0]) {
    throw new Conflict(
      `The event type "${types[0].name}" expects the datacenter "${name}". Remove it from the list first.`,
    );
  }
}

/** Counts of claimed types are evidence for verdicts: only a correction, which can be undone, sets them aside. */
async function refuseCounted(sql: Sql, name: string): Promise<void> {
  const { rows } = await sql.query<{ name: string }>(
    `WITH counted AS (
       (SELECT event_type_id FROM report
         WHERE event_type_id = ANY (ARRAY(SELECT id FROM event_type WHERE claimed_at IS NOT NULL))
           AND reporter_id = (SELECT id FROM reporter WHERE name = $1) LIMIT 1)
       UNION ALL
       (SELECT event_type_id FROM report_packed
         WHERE event_type_id = ANY (ARRAY(SELECT id FROM event_type WHERE claimed_at IS NOT NULL))
           AND (SELECT id FROM reporter WHERE name = $1) = ANY (reporter_ids) LIMIT 1)
     )
     SELECT t.name FROM event_type t WHERE t.id IN (TABLE counted) ORDER BY t.name LIMIT 1`,
    [name],
  );
  if (!rows[0]) return;
  throw new Conflict(
    `The reporter "${name}" counted the claimed event type "${rows[0].name}". Discard its counts with a correction instead.`,
  );
}
