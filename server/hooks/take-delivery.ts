import { createHash } from "node:crypto";
import type { HookDeliveryJson } from "#domain/api/hooks.ts";
import type { Origin } from "#domain/audit/origin.ts";
import type { Clock } from "#domain/clock.ts";
import type { DeploymentHookSpec } from "#domain/deployment-hook/hook-spec.ts";
import { type Announced, mapDelivery, parseDeploymentHook, readDelivery } from "#domain/deployment-hook.ts";
import type { Context } from "#server/access/index.ts";
import type { Database } from "#server/db/database.ts";
import { Invalid, Unauthenticated } from "#server/errors.ts";
import { type BatchWriter, recordDeployment } from "#server/facts/index.ts";
import { countDelivery } from "./count-delivery.ts";
import { isAuthentic, proofOf, type ReadHeader } from "./verify-delivery.ts";

export interface TakeDeliveryDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly writer: BatchWriter;
  /** Where the request came from. */
  readonly from: Origin;
  /** The value of an environment variable named by a hook; null if unset. */
  readSecret(name: string): string | null;
}

export interface TakeDeliveryInput {
  readonly name: string;
  /** Raw bytes: the signature covers them. */
  readonly body: Uint8Array;
  readonly header: ReadHeader;
  readonly realNow?: Date;
}

const maxId = 200;

/**
 * Records the deployments that a release tool announces. The secret authenticates the delivery before anything of it is parsed. A
 * deployment is recorded under the tool's own identity of it, so that a delivery that is repeated or replayed records nothing new.
 */
export async function takeDelivery(deps: TakeDeliveryDeps, input: TakeDeliveryInput): Promise<HookDeliveryJson> {
  const spec = await requireAuthentic(deps, input);
  const { name } = input;
  const reading = readDelivery(spec.provider, readBody(input.body), input.header("x-github-event"));
  const now = deps.clock.now();
  if (!spec.enabled || reading.announced === null) {
    await countDelivery(deps.database, { name, recorded: 0, notMapped: [], now });
    const why = spec.enabled ? (reading.why ?? "") : "the hook is disabled";
    return { outcome: "ignored", recorded: [], notMapped: [], detail: `Nothing was recorded: ${why}.` };
  }
  return recordAll(deps, name, spec, reading.announced);
}

async function recordAll(
  { database, clock, writer, from }: TakeDeliveryDeps,
  name: string,
  { mappings }: DeploymentHookSpec,
  announced: readonly Announced[],
): Promise<HookDeliveryJson> {
  const { deployments, notMapped } = mapDelivery(mappings, announced);
  const ctx: Context = { database, clock, actor: `hook ${name}`, from, scopes: new Set(["ingest"] as const) };
  const recorded = deployments.map(({ component, version, datacenter, id }) => ({
    id: idOf(id),
    component,
    version,
    datacenter,
  }));
  for (const [index, { deployedAt, deployedBy, url }] of deployments.entries()) {
    const deployment = recorded[index];
    if (!deployment) continue;
    const input = { ...deployment, deployedAt: deployedAt?.toISOString() ?? null, deployedBy, url };
    await recordDeployment({ ctx, input, writer, source: `tidemark/hook/${name}` });
  }
  await countDelivery(database, { name, recorded: recorded.length, notMapped, now: clock.now() });
  const missing = notMapped.map((subject) => `"${subject}"`).join(", ");
  return {
    outcome: recorded.length > 0 ? "recorded" : "not_mapped",
    recorded,
    notMapped: [...notMapped],
    detail:
      notMapped.length === 0
        ? `${recorded.length === 1 ? "1 deployment is" : `${recorded.length} deployments are`} recorded.`
        : `No mapping of the hook matches ${missing}. Add one, and send the delivery again.`,
  };
}

/** One answer for an unknown hook and for a wrong secret: strangers do not learn which hooks exist. */
async function requireAuthentic(
  { database, readSecret }: TakeDeliveryDeps,
  { name, body, header, realNow = new Date() }: TakeDeliveryInput,
): Promise<DeploymentHookSpec> {
  const hook = await database.prisma.deploymentHook.findUnique({ where: { name } });
  const parsed = hook && parseDeploymentHook(hook.spec);
  if (parsed?.ok) {
    const secret = readSecret(parsed.spec.secret.env) ?? "";
    if (isAuthentic(parsed.spec.provider, { secret, body, header, realNow })) return parsed.spec;
  }
  const proofs = Object.entries(proofOf).map(([provider, proof]) => `${provider}: ${proof}`);
  throw new Unauthenticated(
    `No deployment hook of this name accepts the request's secret (${proofs.join("; ")}). Check the hook's name, and that the variable its secret names holds, where the API runs, what the sender uses.`,
  );
}

function readBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new Invalid("The body is not JSON.", [
      { pointer: "", detail: "must be JSON in UTF-8: choose application/json as the webhook's content type" },
    ]);
  }
}

/** The tool's identity of a deployment, shortened to what an event's id may have. */
function idOf(id: string): string {
  return id.length <= maxId ? id : `sha256:${createHash("sha256").update(id).digest("hex")}`;
}
