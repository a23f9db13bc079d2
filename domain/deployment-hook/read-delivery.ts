import type { DeliveryReading } from "./delivery.ts";
import type { HookProvider } from "./providers.ts";
import { readArgocd } from "./read-argocd.ts";
import { readGithub } from "./read-github.ts";
import { readGitlab } from "./read-gitlab.ts";
import { readSpinnaker } from "./read-spinnaker.ts";

const readers: Record<HookProvider, (body: unknown, event: string | null) => DeliveryReading> = {
  github: readGithub,
  gitlab: readGitlab,
  argocd: readArgocd,
  spinnaker: readSpinnaker,
};

/** What a delivery announces. `event`: the kind of event where the provider names it in a header. */
export function readDelivery(provider: HookProvider, body: unknown, event: string | null): DeliveryReading {
  return readers[provider](body, event);
}
