import { randomBytes } from "node:crypto";
import type { DeploymentHookSpec } from "#domain/deployment-hook/hook-spec.ts";
import type { Database } from "#server/db/database.ts";
import type { DeploymentHook } from "#server/db/generated/client.ts";
import type { SecretPlace } from "#server/db/secret-box.ts";

export type HeldSecrets = Pick<DeploymentHook, "name" | "secret" | "previousSecret" | "previousSecretUntil">;

/** 256 random bits. Without the prefix `whsec_`, by which GitLab's own signing tokens are known. */
export function mintHookSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What both secrets of a hook are sealed for. */
export function secretPlace(name: string): SecretPlace {
  return { table: "deployment_hook", row: name };
}

/** The secrets that authenticate a delivery now, or why there is none. */
export function secretsNow(
  { secrets }: Pick<Database, "secrets">,
  { secret: named }: Pick<DeploymentHookSpec, "secret">,
  held: HeldSecrets,
  { now, readSecret }: { now: Date; readSecret(name: string): string | null },
): { accepted: readonly string[]; missing?: string } {
  if (named !== undefined) {
    const value = readSecret(named.env) ?? "";
    if (value !== "") return { accepted: [value] };
    return { accepted: [], missing: `${named.env} is not set where Tidemark’s API runs.` };
  }
  if (held.secret === null)
    return { accepted: [], missing: "The hook has no secret yet. Rotate its secret to make one." };
  const place = secretPlace(held.name);
  const unreadable = secrets.whyNot(place, held.secret);
  if (unreadable !== null) return { accepted: [], missing: unreadable };
  const isOverlapping = held.previousSecretUntil !== null && held.previousSecretUntil > now;
  const stored = [held.secret, isOverlapping ? held.previousSecret : null];
  return { accepted: stored.flatMap((value) => (value === null ? [] : (secrets.tryOpen(place, value) ?? []))) };
}
