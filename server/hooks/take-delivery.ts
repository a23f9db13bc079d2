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
import { secretsNow } from "./hook-secrets.ts";
import { recordRefusal } from "./record-refusal.ts";
import { proofOf, type ReadHeader, refusalOf } from "./verify-delivery.ts";

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
  try {
    return await takeAuthentic(deps, input, spec);
  } catch (error) {
    if (error instanceof Invalid) {
      const reason = [error.message, ...error.faults.map(({ pointer, detail }) => `${pointer ?? ""} ${detail}.`)].join(
        " ",
      );
      await noteRefusal(deps, input, reason);
    }
    throw error;
  }
}

async function takeAuthentic(
  deps: TakeDeliveryDeps,
  { name, body, header }: TakeDeliveryInput,
  spec: DeploymentHookSpec,
): Promise<HookDeliveryJson> {
  const reading = readDelivery(spec.provider, readBody(body), header("x-github-event"));
  const now = deps.clock.now();
  if (!spec.enabled || reading.announced === null) {
    const why = spec.enabled ? (reading.why ?? "") : "the hook is disabled";
    const detail = `Nothing was recorded: ${why}.`;
    await countDelivery(deps.database, { name, outcome: "ignored", detail, recorded: 0, notMapped: [], now });
    return { outcome: "ignored", recorded: [], notMapped: [], detail };
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
  const missing = notMapped.map((subject) => `"${subject}"`).join(", ");
  const unmatched = `No mapping of the hook matches ${missing}.`;
  const outcome = recorded.length > 0 ? "recorded" : "not_mapped";
  const logged = [...recorded.map(sayDeployment), ...(notMapped.length === 0 ? [] : [unmatched])].join(" ");
  const counted = { name, outcome, detail: logged, recorded: recorded.length, notMapped, now: clock.now() } as const;
  await countDelivery(database, counted);
  return {
    outcome,
    recorded,
    notMapped: [...notMapped],
    detail:
      notMapped.length === 0
        ? `${recorded.length === 1 ? "1 deployment is" : `${recorded.length} deployments are`} recorded.`
        : `${unmatched} Add one, and send the delivery again.`,
  };
}

function sayDeployment({ component, version, datacenter }: HookDeliveryJson["recorded"][number]): string {
  return `${component} ${version} at ${datacenter ?? "every datacenter"}.`;
}

/** One answer for an unknown hook and for a wrong secret: strangers do not learn which hooks exist. The hook's page says which it was. */
async function requireAuthentic(deps: TakeDeliveryDeps, input: TakeDeliveryInput): Promise<DeploymentHookSpec> {
  const { database, clock, readSecret } = deps;
  const { name, body, header, realNow = new Date() } = input;
  const hook = await database.prisma.deploymentHook.findUnique({ where: { name } });
  const parsed = hook && parseDeploymentHook(hook.spec);
  if (hook && parsed?.ok) {
    const { spec } = parsed;
    const { accepted, missing } = secretsNow(database, spec, hook, { now: clock.now(), readSecret });
    const refusal = missing ?? refusalOf(spec.provider, { secrets: accepted, body, header, realNow });
    if (refusal === null) return spec;
    await noteRefusal(deps, input, refusal);
  }
  const proofs = Object.entries(proofOf).map(([provider, proof]) => `${provider}: ${proof}`);
  throw new Unauthenticated(
    `No deployment hook of this name accepts the request's secret (${proofs.join("; ")}). Check the hook's name, and that the sender uses the hook's secret.`,
  );
}

function noteRefusal({ database, clock }: TakeDeliveryDeps, { name, realNow }: TakeDeliveryInput, reason: string) {
  return recordRefusal(database, { name, reason, now: clock.now(), realNow: realNow ?? new Date() });
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
