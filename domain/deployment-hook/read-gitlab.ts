import {
  type Announced,
  at,
  type DeliveryReading,
  instantAt,
  isVersion,
  linkAt,
  listAt,
  nothing,
  textAt,
} from "./delivery.ts";

/** More than a pipeline deploys to. */
const maxJobs = 200;

/**
 * GitLab's deployment and pipeline events: https://docs.gitlab.com/user/project/integrations/webhook_events/
 * A deployment made by a job has that job's id in both, so that a project that sends both announces it once.
 */
export function readGitlab(body: unknown): DeliveryReading {
  const kind = textAt(body, "object_kind");
  const project = textAt(body, "project", "path_with_namespace");
  if (kind !== "deployment" && kind !== "pipeline")
    return nothing(`${kind ?? "an event without object_kind"} is not deployment or pipeline`);
  if (project === null) return nothing("project.path_with_namespace is missing");
  return kind === "deployment" ? readDeployment(body, project) : readPipeline(body, project);
}

function readDeployment(body: unknown, project: string): DeliveryReading {
  const status = textAt(body, "status");
  if (status !== "success") return nothing(`the deployment's status is ${status ?? "missing"}, not success`);
  const environment = textAt(body, "environment");
  const version = versionOf(textAt(body, "ref"), textAt(body, "short_sha"));
  const job = textAt(body, "deployable_id");
  const deployment = textAt(body, "deployment_id");
  if (environment === null || version === null || (job ?? deployment) === null)
    return nothing("environment, short_sha, or deployment_id is missing");
  const announced = {
    subject: `${project}/environments/${environment}`,
    version,
    deployedAt: instantAt(body, "status_changed_at"),
    deployedBy: textAt(body, "user", "username") ?? textAt(body, "user", "name"),
    url: linkAt(body, "deployable_url") ?? linkAt(body, "commit_url"),
    id: job === null ? `${project}/deployments/${deployment}` : `${project}/jobs/${job}`,
  };
  return { announced: [announced] };
}

function readPipeline(body: unknown, project: string): DeliveryReading {
  const ref = textAt(body, "object_attributes", "ref");
  const commit = textAt(body, "object_attributes", "sha")?.slice(0, 8) ?? null;
  const isTag = at(body, "object_attributes", "tag") === true;
  const version = isTag && ref !== null ? ref : versionOf(ref, commit);
  const projectUrl = linkAt(body, "project", "web_url");
  const announced = listAt(body, "builds")
    .slice(0, maxJobs)
    .flatMap((job): Announced[] => {
      const environment = textAt(job, "environment", "name");
      const id = textAt(job, "id");
      // `stop` and `prepare` deploy nothing.
      if (textAt(job, "status") !== "success" || textAt(job, "environment", "action") !== "start") return [];
      if (environment === null || id === null || version === null) return [];
      return [
        {
          subject: `${project}/environments/${environment}`,
          version,
          deployedAt: instantAt(job, "finished_at"),
          deployedBy: textAt(job, "user", "username") ?? textAt(body, "user", "username"),
          url: projectUrl === null ? null : `${projectUrl}/-/jobs/${id}`,
          id: `${project}/jobs/${id}`,
        },
      ];
    });
  return announced.length > 0 ? { announced } : nothing("no job of the pipeline has deployed to an environment");
}

/** A tag that looks like a version, else the commit: a ref may be a branch. */
function versionOf(ref: string | null, commit: string | null): string | null {
  return ref !== null && isVersion(ref) ? ref : (commit ?? ref);
}
