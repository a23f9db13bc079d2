import { formatCount } from "../figures.ts";
import type { LaneToExplain } from "./hour-facts.ts";
import { type Sign, sign } from "./score.ts";

/** What the datacenter's other types show: whether the problem is the datacenter's or the type's. */
export function peerSigns({ datacenter, peers: { types, late } }: LaneToExplain): Sign[] {
  if (types === 0) return [];
  if (late === 0) {
    const fact = `The ${formatCount(types)} other types at ${datacenter} are not behind in this hour: only this type is affected.`;
    return [sign({ fact, weight: 0, figure: 0, unit: "types" })];
  }
  const fact = `${formatCount(late)} of the ${formatCount(types)} other types at ${datacenter} are behind in the same hour.`;
  return [sign({ fact, weight: 0.4 * (late / types), figure: late, unit: "types" })];
}

/** More than half of the other types there are behind too. */
export function isShared({ peers: { types, late } }: LaneToExplain): boolean {
  return types > 0 && late * 2 > types;
}
