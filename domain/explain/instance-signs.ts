import { addHours, hourEnd } from "../hour.ts";
import { momentOf } from "../moment.ts";
import type { Stage } from "../protocol.ts";
import { silentAfterSeconds } from "../reasons.ts";
import { deploymentsAt } from "./deployments.ts";
import type { InstanceFact, LaneToExplain, TroubledHour } from "./hour-facts.ts";
import { type Sign, sign } from "./score.ts";
import { secondsBetween } from "./words.ts";

/** A restart this close to a deployment of its component belongs to the deployment. */
const rolloutSeconds = 1800;

export interface Suspects {
  signs: Sign[];
  component: string | null;
  instance: string | null;
}

/** Instances before the stage that fell silent in or soon after the hour, or restarted without a deployment. */
export function instanceSigns(lane: LaneToExplain, stage: Stage, hour: TroubledHour): Suspects {
  const onTheWay = lane.instances.filter((each) => each.stage === null || leadsTo(each.stage, stage));
  const found = onTheWay.flatMap((each) => {
    const found = suspicion(each, lane, hour);
    return found ? [{ each, found }] : [];
  });
  const first = found.toSorted((a, b) => b.found.weight - a.found.weight)[0];
  return {
    signs: found.map((each) => each.found),
    component: first?.each.component ?? null,
    instance: first?.each.instance ?? null,
  };
}

function leadsTo(ofInstance: Stage, stage: Stage): boolean {
  return ofInstance === stage || (stage === "published" && ofInstance === "produced");
}

function suspicion(
  { component, instance, startedAt, lastSeenAt }: InstanceFact,
  lane: LaneToExplain,
  hour: TroubledHour,
): Sign | null {
  const until = addHours(hourEnd(hour.hour), 6);
  const isSilent = secondsBetween(lastSeenAt, hour.now) > silentAfterSeconds;
  const others = lane.lastSeenAt && secondsBetween(lane.lastSeenAt, hour.now) <= silentAfterSeconds;
  if (isSilent && others && lastSeenAt >= addHours(hour.hour, -1) && lastSeenAt <= hourEnd(hour.hour)) {
    const fact = `${instance} has sent no heartbeat since ${momentOf(lastSeenAt)}.`;
    return sign({ fact, weight: 0.5, at: lastSeenAt });
  }
  if (!startedAt || startedAt < hour.hour || startedAt > until) return null;
  const isRollout = deploymentsAt(lane, hour).some(
    (each) => each.component === component && Math.abs(secondsBetween(each.deployedAt, startedAt)) <= rolloutSeconds,
  );
  if (isRollout) return null;
  const fact = `${instance} restarted at ${momentOf(startedAt)} without a deployment.`;
  return sign({ fact, weight: 0.4, at: startedAt });
}
