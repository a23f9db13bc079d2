import { at, type DeliveryReading, instantAt, isVersion, linkAt, nothing, shortCommit, textAt } from "./delivery.ts";

/**
 * GitHub's `deployment_status` and `release` events: https://docs.github.com/en/webhooks/webhook-events-and-payloads
 * A deployment names a ref, which may be a branch: only a tag that looks like a version is taken for one.
 */
export function readGithub(body: unknown, event: string | null): DeliveryReading {
  const repository = textAt(body, "repository", "full_name");
  if (event === "ping") return nothing("GitHub checks that the hook answers");
  if (repository === null) return nothing("repository.full_name is missing");
  if (event === "deployment_status") return readDeploymentStatus(body, repository);
  if (event === "release") return readRelease(body, repository);
  return nothing(`${event ?? "an event without X-GitHub-Event"} is not deployment_status or release`);
}

function readDeploymentStatus(body: unknown, repository: string): DeliveryReading {
  const state = textAt(body, "deployment_status", "state");
  if (state !== "success") return nothing(`the deployment's state is ${state ?? "missing"}, not success`);
  const id = textAt(body, "deployment", "id");
  const environment = textAt(body, "deployment", "environment");
  const version = versionOf(at(body, "deployment"));
  if (id === null || environment === null) return nothing("deployment.id or deployment.environment is missing");
  if (version === null) return nothing("the deployment names neither a version, a ref nor a commit");
  const announced = {
    subject: `${repository}/environments/${environment}`,
    version,
    deployedAt: instantAt(body, "deployment_status", "created_at"),
    deployedBy: textAt(body, "deployment", "creator", "login") ?? textAt(body, "sender", "login"),
    url: linkAt(body, "deployment_status", "log_url") ?? linkAt(body, "deployment_status", "target_url"),
    id: `${repository}/deployments/${id}`,
  };
  return { announced: [announced] };
}

/** What the deployment's creator put into its payload, else its tag, else its commit. */
function versionOf(deployment: unknown): string | null {
  const named = textAt(deployment, "payload", "version");
  if (named !== null) return named;
  const ref = textAt(deployment, "ref")?.replace(/^refs\/tags\//, "") ?? null;
  if (ref !== null && isVersion(ref)) return ref;
  const sha = textAt(deployment, "sha");
  return sha === null ? ref : shortCommit(sha);
}

function readRelease(body: unknown, repository: string): DeliveryReading {
  const action = textAt(body, "action");
  // `released` comes with `published` for a full release, and alone when a pre-release becomes one.
  if (action !== "released") return nothing(`the release is ${action ?? "unchanged"}, not released`);
  const version = textAt(body, "release", "tag_name");
  const id = textAt(body, "release", "id");
  if (version === null || id === null) return nothing("release.tag_name or release.id is missing");
  const announced = {
    subject: `${repository}/releases`,
    version,
    deployedAt: instantAt(body, "release", "published_at"),
    deployedBy: textAt(body, "release", "author", "login") ?? textAt(body, "sender", "login"),
    url: linkAt(body, "release", "html_url"),
    id: `${repository}/releases/${id}`,
  };
  return { announced: [announced] };
}
