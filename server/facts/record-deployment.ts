import type { Context } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import type { Sql } from "#server/db/database.ts";
import { type Fault, Invalid } from "#server/errors.ts";
import { acceptEvents } from "./accept-events.ts";
import type { BatchWriter } from "./batch-writer.ts";

export interface DeploymentInput {
  /** Idempotency key: the same id again records nothing. */
  readonly id: string;
  readonly datacenter?: string | null | undefined;
  readonly component: string;
  readonly version: string;
  readonly deployedAt?: string | null | undefined;
  readonly deployedBy?: string | null | undefined;
  readonly url?: string | null | undefined;
}

const apiSource = "tidemark/api";

/** Accepts a deployment as the equivalent event, so both ways lead to the same rows. */
export async function recordDeployment({
  ctx,
  input,
  writer,
  source = apiSource,
}: {
  ctx: Context;
  input: DeploymentInput;
  writer: BatchWriter;
  /** Of the equivalent event: ids are unique within it. */
  source?: string;
}): Promise<void> {
  const event = {
    specversion: "1.0",
    type: "tidemark.deployment.v1",
    source,
    id: input.id,
    time: input.deployedAt ?? ctx.clock.now().toISOString(),
    data: {
      ...(input.datacenter ? { dc: input.datacenter } : {}),
      component: input.component,
      version: input.version,
      deployedBy: input.deployedBy ?? ctx.actor,
      ...(input.url ? { url: input.url } : {}),
    },
  };
  try {
    await acceptEvents({
      ctx,
      input: { mode: "single", event },
      writer,
      record: (tx) => recordOnce(tx, ctx, input, source),
    });
  } catch (error) {
    if (error instanceof Invalid) throw new Invalid("The deployment was not recorded.", error.faults.map(nameMember));
    throw error;
  }
}

/** The same deployment again changes nothing. */
async function recordOnce(
  tx: Sql,
  ctx: Context,
  { id, component, version, datacenter }: DeploymentInput,
  source: string,
) {
  const { rowCount } = await tx.query(
    // xmin: the transaction that inserted the row
    "SELECT FROM deployment WHERE source = $1 AND event_id = $2 AND xmin = pg_current_xact_id()::xid",
    [source, id],
  );
  if (rowCount === 0) return;
  const after = { id, version, datacenter: datacenter ?? null };
  await recordAct(tx, ctx, { act: "deployment.recorded", name: component, after });
}

/** Points a fault at the caller's own member. */
function nameMember(fault: Fault): Fault {
  const names: Record<string, string> = { "/time": "/deployedAt", "/data/dc": "/datacenter" };
  const { pointer = "" } = fault;
  return { ...fault, pointer: names[pointer] ?? pointer.replace(/^\/data/, "") };
}
