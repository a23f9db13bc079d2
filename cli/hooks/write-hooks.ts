import { alignColumns } from "#domain/align-columns.ts";
import type { DeploymentHookJson, LoggedDeliveryJson } from "#domain/api/hooks.ts";
import { formatCount } from "#domain/figures.ts";
import { minute } from "../print.ts";

/** A line per hook, in columns. */
export function writeHooks(hooks: readonly DeploymentHookJson[]): string[] {
  if (hooks.length === 0) return ["No deployment hooks. Apply a DeploymentHook document to create one."];
  const rows = hooks.map((hook) => [
    hook.name,
    hook.spec.provider,
    secretText(hook),
    formatCount(hook.deliveries),
    formatCount(hook.refused),
    lastText(hook),
  ]);
  return alignColumns([["HOOK", "PROVIDER", "SECRET", "DELIVERIES", "REFUSED", "LAST DELIVERY"], ...rows]);
}

export function writeHook(hook: DeploymentHookJson): string[] {
  const { notMappedSubjects } = hook;
  const rows = notMappedSubjects.map(({ subject, deliveries, lastSeenAt }) => [
    subject,
    formatCount(deliveries),
    minute(lastSeenAt),
  ]);
  return [
    ...writeHooks([hook]),
    ...(rows.length === 0 ? [] : ["", ...alignColumns([["NOT MAPPED", "DELIVERIES", "LAST"], ...rows])]),
  ];
}

export function writeDeliveries(deliveries: readonly LoggedDeliveryJson[]): string[] {
  if (deliveries.length === 0) return ["Nothing was delivered yet."];
  const rows = deliveries.map(({ receivedAt, outcome, times, detail }) => [
    minute(receivedAt),
    times > 1 ? `${outcome} ${formatCount(times)} times` : outcome,
    detail,
  ]);
  return alignColumns([["RECEIVED", "OUTCOME", "DETAIL"], ...rows]);
}

function secretText({ spec, secretIsSet }: DeploymentHookJson): string {
  const where = spec.secret?.env ?? "kept here";
  if (secretIsSet) return where;
  return spec.secret === undefined ? "none: tidemark hooks rotate makes it" : `${where} is not set`;
}

function lastText({ lastDelivery, spec }: DeploymentHookJson): string {
  const off = spec.enabled === false ? "disabled; " : "";
  if (lastDelivery === null) return `${off}none yet`;
  return `${off}${minute(lastDelivery.receivedAt)} ${lastDelivery.outcome}: ${lastDelivery.detail}`;
}
