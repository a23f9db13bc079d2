import { type DeliveryReading, instantAt, linkAt, listAt, nothing, shortCommit, textAt } from "./delivery.ts";

/**
 * The body that the template in docs/deployments.md makes of an Argo CD application. Argo CD has no payload of its own:
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/services/webhook/
 */
export function readArgocd(body: unknown): DeliveryReading {
  const phase = textAt(body, "phase");
  if (phase !== "Succeeded") return nothing(`the sync's phase is ${phase ?? "missing"}, not Succeeded`);
  const app = textAt(body, "app");
  const revision = textAt(body, "revision");
  const finishedAt = textAt(body, "finishedAt");
  if (app === null || revision === null || finishedAt === null)
    return nothing("app, revision or finishedAt is missing");
  const version = textAt(body, "version") ?? tagOf(listAt(body, "images")) ?? shortCommit(revision);
  const project = textAt(body, "project") ?? "default";
  const cluster = textAt(body, "cluster") ?? "in-cluster";
  const namespace = textAt(body, "namespace") ?? "default";
  const announced = {
    subject: `${project}/${app}/${cluster}/${namespace}`,
    version,
    deployedAt: instantAt(body, "finishedAt"),
    deployedBy: textAt(body, "by"),
    url: linkAt(body, "url"),
    // A rollback to a revision is another deployment of it.
    id: `${project}/${app}/${revision}/${finishedAt}`,
  };
  return { announced: [announced] };
}

/** The tag of the images, if they have one in common. */
function tagOf(images: readonly unknown[]): string | null {
  const tags = images.map((image) =>
    typeof image === "string" ? /:([\w][\w.-]{0,127})(?:@|$)/.exec(image)?.[1] : undefined,
  );
  const [first] = tags;
  return first !== undefined && tags.every((tag) => tag === first) ? first : null;
}
