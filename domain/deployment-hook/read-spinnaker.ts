import { isObject } from "../protocol/values.ts";
import { at, type DeliveryReading, epochAt, listAt, nothing, textAt } from "./delivery.ts";

const pipelineComplete = "orca:pipeline:complete";
const stageComplete = "orca:stage:complete";

/**
 * Events of Spinnaker's Echo, sent by its `rest` endpoints: https://spinnaker.io/docs/setup/other_config/features/notifications/
 * Echo may wrap the event into `payload`, and flatten `details` and `content` into JSON text.
 */
export function readSpinnaker(body: unknown): DeliveryReading {
  const event = isObject(at(body, "payload")) ? at(body, "payload") : body;
  const details = unflattened(at(event, "details"));
  const content = unflattened(at(event, "content"));
  const type = textAt(details, "type");
  if (type !== pipelineComplete && type !== stageComplete)
    return nothing(`${type ?? "an event without details.type"} is not ${pipelineComplete} or ${stageComplete}`);
  const execution = at(content, "execution");
  const id = textAt(execution, "id") ?? textAt(content, "executionId");
  const application = textAt(execution, "application") ?? textAt(details, "application");
  const pipeline = textAt(execution, "name");
  if (id === null || application === null || pipeline === null)
    return nothing("execution.id, application or name is missing");
  const version = versionOf(execution);
  if (version === null) return nothing("the execution's trigger names no single version, tag or build");
  const stage = type === stageComplete ? textAt(content, "name") : null;
  if (type === stageComplete && stage === null) return nothing("the stage has no name");
  if (type === pipelineComplete && textAt(execution, "status") !== "SUCCEEDED")
    return nothing(`the pipeline's status is ${textAt(execution, "status") ?? "missing"}, not SUCCEEDED`);
  const announced = {
    subject: [application, pipeline, ...(stage === null ? [] : [stage])].join("/"),
    version,
    deployedAt: epochAt(stage === null ? execution : content, "endTime"),
    deployedBy: textAt(execution, "authentication", "user") ?? textAt(execution, "trigger", "user"),
    url: null,
    id: [id, ...(stage === null ? [] : [stage])].join("/"),
  };
  return { announced: [announced] };
}

/** The trigger's tag, the one version of its artifacts, or its build. */
function versionOf(execution: unknown): string | null {
  const trigger = at(execution, "trigger");
  const tag = textAt(trigger, "tag") ?? textAt(trigger, "parameters", "version");
  if (tag !== null) return tag;
  const artifacts = [
    ...listAt(trigger, "artifacts"),
    ...listAt(trigger, "resolvedExpectedArtifacts").map((expected) => at(expected, "boundArtifact")),
  ];
  const versions = new Set(artifacts.flatMap((artifact) => textAt(artifact, "version") ?? []));
  if (versions.size === 1) return [...versions][0] ?? null;
  return versions.size === 0 ? textAt(trigger, "buildInfo", "number") : null;
}

function unflattened(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
