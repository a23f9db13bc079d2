import type { Context } from "#server/access/index.ts";
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

/** Accepts a deployment as the equivalent event, so both ways lead to the same rows. */
export async function recordDeployment({
  ctx,
  input,
  writer,
}: {
  ctx: Context;
  input: DeploymentInput;
  writer: BatchWriter;
}): Promise<void> {
  const event = {
    specversion: "1.0",
    type: "tidemark.deployment.v1",
    source: "tidemark/api",
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
    await acceptEvents({ ctx, input: { mode: "single", event }, writer });
  } catch (error) {
    if (error instanceof Invalid) throw new Invalid("The deployment was not recorded.", error.faults.map(nameMember));
    throw error;
  }
}

/** Points a fault at the caller's own member. */
function nameMember(fault: Fault): Fault {
  const names: Record<string, string> = { "/time": "/deployedAt", "/data/dc": "/datacenter" };
  const { pointer = "" } = fault;
  return { ...fault, pointer: names[pointer] ?? pointer.replace(/^\/data/, "") };
}
