import type { DeploymentHookJson, HookOutcome, LoggedDeliveryJson } from "#domain/api/hooks.ts";
import type { HookProvider } from "#domain/deployment-hook/providers.ts";
import { formatCount, formatCountOf } from "#domain/figures.ts";

export const providerNames: Readonly<Record<HookProvider, string>> = {
  github: "GitHub",
  gitlab: "GitLab",
  argocd: "Argo CD",
  spinnaker: "Spinnaker",
};

/** What to do at the release tool, besides the URL and the secret. */
export const setUpWords: Readonly<Record<HookProvider, string>> = {
  github:
    "In the repository or organisation: Settings, Webhooks, Add webhook. Content type application/json; events “Deployment statuses”, and “Releases” if a release deploys.",
  gitlab:
    "In the project or group: Settings, Webhooks, Add new webhook. Enter the secret as “Secret token”; triggers “Deployment events” or “Pipeline events”.",
  argocd: "In argocd-notifications-cm, with the secret as the bearer token in argocd-notifications-secret.",
  spinnaker: "In Echo’s rest endpoints, with the secret as the bearer token of the Authorization header.",
};

/** A subject of each, as a mapping's pattern sees it. */
export const subjectExamples: Readonly<Record<HookProvider, string>> = {
  github: "OWNER/REPO/environments/ENVIRONMENT",
  gitlab: "GROUP/PROJECT/environments/ENVIRONMENT",
  argocd: "PROJECT/APP/CLUSTER/NAMESPACE",
  spinnaker: "APPLICATION/PIPELINE or APPLICATION/PIPELINE/STAGE",
};

export const outcomeWords: Readonly<Record<HookOutcome, string>> = {
  recorded: "recorded",
  not_mapped: "not mapped",
  ignored: "ignored",
  refused: "refused",
};

/** Refusals of one moment are one row. */
export function outcomeText({ outcome, times }: Pick<LoggedDeliveryJson, "outcome" | "times">): string {
  return times > 1 ? `${outcomeWords[outcome]} ${formatCount(times)} times` : outcomeWords[outcome];
}

export function isTrouble({ outcome }: Pick<LoggedDeliveryJson, "outcome">): boolean {
  return outcome === "refused" || outcome === "not_mapped";
}

/** Why a hook takes no delivery at all; null: it takes them. */
export function standstillText({ spec, secretIsSet }: Pick<DeploymentHookJson, "spec" | "secretIsSet">): string | null {
  if (!secretIsSet)
    return spec.secret === undefined
      ? "It has no secret yet: every delivery is refused until you make one."
      : `${spec.secret.env} is not set where Tidemark’s API runs, so every delivery is refused.`;
  if (spec.enabled === false) return "Disabled: deliveries are accepted, and nothing of them is recorded.";
  return null;
}

/** "12 deliveries recorded 9 deployments. 2 were refused." */
export function countsText({
  deliveries,
  recorded,
  refused,
}: Pick<DeploymentHookJson, "deliveries" | "recorded" | "refused">): string {
  if (deliveries + refused === 0) return "No delivery yet.";
  const taken = `${deliveries === 1 ? "1 delivery" : `${formatCount(deliveries)} deliveries`} recorded ${formatCountOf(recorded, "deployment")}.`;
  return refused === 0 ? taken : `${taken} ${formatCount(refused)} ${refused === 1 ? "was" : "were"} refused.`;
}

export function hookHref(name: string): string {
  return `/deployments/hooks/${encodeURIComponent(name)}`;
}

/** Where the release tool delivers to, below this Tidemark's own URL. */
export function deliveryUrl(origin: string, name: string): string {
  return `${origin}/api/v1/hooks/${encodeURIComponent(name)}`;
}
