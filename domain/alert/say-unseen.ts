import { formatCount, formatCountOf } from "../figures.ts";
import { baselineDays } from "../volume.ts";
import { deploymentHours } from "./facts.ts";
import type { UnseenCode } from "./looks.ts";
import { newsSeconds } from "./news-hours.ts";
import type { RuleScope } from "./parse-alert-rule.ts";

/** Something a rule does not evaluate: `count` of the code's own noun, in these event types. */
export interface Unseen {
  code: UnseenCode;
  count: number;
  eventTypes: readonly string[];
  /** For no_baseline: the most days of counts that one of them has. */
  days: number;
}

/** Completes "It evaluates nothing: …", and is a sentence of its own with a capital and a full stop. */
export function sayUnseen({ code, count, eventTypes, days }: Unseen, scope: RuleScope): string {
  const are = count === 1 ? "is" : "are";
  const have = count === 1 ? "has" : "have";
  switch (code) {
    case "nothing_received":
      return "nothing has been received yet";
    case "no_type":
      return `no type matches ${sayScope(scope)}`;
    case "no_datacenter":
      return scope.datacenter
        ? `no expected datacenter matches datacenter:${scope.datacenter.join(",")}`
        : "no datacenter is claimed";
    case "before_claim":
      return `${formatCountOf(count, "hour")} ended before the claim and ${are} not evaluated`;
    case "beyond_horizon":
      return `${formatCountOf(count, "hour")} ended before the rule's horizon and ${are} not evaluated`;
    case "accepted":
      return `${formatCountOf(count, "hour")} ${count === 1 ? "was" : "were"} accepted and ${are} not evaluated`;
    case "no_hour_ended":
      return `no hour of ${sayTypes(eventTypes)} has ended since the claim`;
    case "no_recent_hour":
      return `no hour of ${sayTypes(eventTypes)} became final in the last ${newsSeconds / 3600} h`;
    case "counts_unknown":
      return `${formatCountOf(count, "hour")} ${have} unknown produced counts`;
    case "no_forecast":
      return `${formatCountOf(count, "hour")} ${have} no forecast yet`;
    case "no_reporters_expected":
      return `${sayTypes(eventTypes)} ${eventTypes.length === 1 ? "does" : "do"} not set expectReporters`;
    case "no_objective":
      return `${sayTypes(eventTypes)} ${eventTypes.length === 1 ? "has" : "have"} no objective below 100 %`;
    case "no_watermark":
      return `${formatCountOf(count, "lane")} ${have} never reported a watermark`;
    case "no_backlog":
      return `${formatCountOf(count, "lane")} reported no backlog in the last 15 min`;
    case "no_retention":
      return `no source says how long the queue of ${formatCountOf(count, "lane")} keeps events`;
    case "no_source":
      return `no source reads subscriptions or jobs of ${formatCountOf(count, "lane")}`;
    case "no_baseline":
      return `volumes of ${sayTypes(eventTypes)} have no baseline yet (${days} of ${baselineDays} days)`;
    case "no_usual_delay":
      return `the usual delay of ${formatCountOf(count, "datacenter")} is not known yet`;
    case "nothing_to_compare":
      return `no other datacenter has reported anything to compare ${formatCountOf(count, "datacenter")} with`;
    case "no_deployment":
      return `${formatCountOf(count, "datacenter")} had no deployment in the last ${deploymentHours} h`;
  }
}

/** `tier:high owner:ads,payments`; "any" without a scope. */
export function sayScope({ labels, ...named }: RuleScope): string {
  const parts = [...Object.entries(named), ...Object.entries(labels)].flatMap(([name, values]) =>
    values ? `${name}:${values.join(",")}` : [],
  );
  return parts.join(" ") || "any scope: none is claimed";
}

function sayTypes(eventTypes: readonly string[]): string {
  const [only] = eventTypes;
  return eventTypes.length === 1 && only !== undefined ? only : `${formatCount(eventTypes.length)} event types`;
}
