import type { Subject } from "./observe.ts";
import type { AlertRule } from "./rule.ts";

type LabelledType = { tier: string; owner: string; labels: Readonly<Record<string, string>> };

/** The labels that routes, inhibitions and silences match. A type's own are overridden by the rule's, both by Tidemark's. */
export function alertLabels(
  rule: AlertRule,
  { eventType, datacenter }: Subject,
  type: LabelledType | null,
  cause: string | null,
): Record<string, string> {
  return {
    ...type?.labels,
    ...rule.spec.labels,
    alertname: rule.name,
    severity: rule.spec.severity,
    ...(eventType !== null && type ? { eventType, tier: type.tier, owner: type.owner } : {}),
    ...(datacenter === null ? {} : { datacenter }),
    ...(cause === null ? {} : { cause }),
  };
}

const offset = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;

/** 16 hexadecimal digits that identify one rule and subject, whatever else the alert holds (FNV-1a, 64 bits). */
export function fingerprintOf(rule: string, { eventType, datacenter }: Subject): string {
  let hash = offset;
  for (const byte of new TextEncoder().encode(JSON.stringify([rule, eventType, datacenter]))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  }
  return hash.toString(16).padStart(16, "0");
}
