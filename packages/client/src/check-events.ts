import { BadInput } from "./bad-input.ts";
import type { BacklogData, DeploymentData, HeartbeatData } from "./messages.ts";
import { readAmount, readInstant, readLine, readName, readStage } from "./values.ts";

const maxLink = 2_048;
/** Ten years: a larger age means that a clock was wrong. */
const maxSeconds = 315_360_000;

export function readHeartbeat({ component, instance, version, startedAt }: Omit<HeartbeatData, "dc">) {
  return {
    component: readName("component", component),
    instance: readName("instance", instance),
    ...(version === undefined ? {} : { version: readLine("version", version) }),
    ...(startedAt === undefined ? {} : { startedAt: readInstant("startedAt", new Date(startedAt)).toISOString() }),
  };
}

export function readDeployment({ component, version, deployedBy, url }: Omit<DeploymentData, "dc">) {
  return {
    component: readName("component", component),
    version: readLine("version", version),
    ...(deployedBy === undefined ? {} : { deployedBy: readLine("deployedBy", deployedBy) }),
    ...(url === undefined ? {} : { url: readLink("url", url) }),
  };
}

export function readBacklog({ eventType, stage, oldestAgeSeconds, messages }: Omit<BacklogData, "dc">) {
  return {
    eventType: readName("eventType", eventType),
    stage: readStage(stage),
    oldestAgeSeconds: readSeconds("oldestAgeSeconds", oldestAgeSeconds),
    ...(messages === undefined ? {} : { messages: readAmount("messages", messages) }),
  };
}

function readSeconds(field: string, value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= maxSeconds) return value;
  throw new BadInput(field, `must be a number of seconds from 0 to ${maxSeconds}`, value);
}

function readLink(field: string, value: unknown): string {
  const link = readLine(field, value, maxLink);
  if (/^https?:\/\//i.test(link) && URL.canParse(link)) return link;
  throw new BadInput(field, `must be an http or https URL of at most ${maxLink} characters`, value);
}
