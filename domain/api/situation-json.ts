import { formatHour, type Hour } from "../hour.ts";
import { formatInstant } from "../instant.ts";
import { withoutToday } from "../moment.ts";
import type { AffectedHours, Situation } from "../situation/situation.ts";
import type { SituationJson } from "./situation.ts";

/** As it is stored and answered. */
export function toSituationJson(situation: Situation): SituationJson {
  const { phaseSince, onset, cause, extent, deployed, recovery, muted, ...rest } = situation;
  const { hours } = extent;
  return {
    ...rest,
    impact: { ...rest.impact, consumers: [...rest.impact.consumers] },
    phaseSince: formatInstant(phaseSince),
    onset: {
      source: onset.source,
      at: formatInstant(onset.at),
      ...(onset.earliestAt && { earliestAt: formatInstant(onset.earliestAt) }),
    },
    cause: { ...cause, evidence: cause.evidence.map((each) => ({ ...each, asOf: formatInstant(each.asOf) })) },
    extent: {
      ...extent,
      datacenters: [...extent.datacenters],
      eventTypes: [...extent.eventTypes],
      hours: hours && { ...hours, first: formatHour(hours.first), last: formatHour(hours.last) },
    },
    deployed: deployed.map((each) => ({ ...each, deployedAt: formatInstant(each.deployedAt) })),
    recovery: recovery && {
      p50At: formatInstant(recovery.p50At),
      p90At: formatInstant(recovery.p90At),
      trend: recovery.trend,
      asOf: formatInstant(recovery.asOf),
    },
    muted: muted && { ...muted, until: muted.until && formatInstant(muted.until) },
  };
}

/** What was kept of it as it is read at the instant: times of that day without their dates. */
export function asReadAt(kept: SituationJson, now: Date | null): SituationJson {
  const said = (text: string) => withoutToday(text, now);
  const { cause, sentence } = kept;
  const evidence = cause.evidence.map((each) => ({ ...each, fact: said(each.fact) }));
  return { ...kept, sentence: said(sentence), cause: { ...cause, sentence: said(cause.sentence), evidence } };
}

export function readSituation(stored: SituationJson): Situation {
  const { phaseSince, onset, cause, extent, deployed, recovery, muted, ...rest } = stored;
  const { hours } = extent;
  return {
    ...rest,
    phaseSince: new Date(phaseSince),
    onset: {
      source: onset.source,
      at: new Date(onset.at),
      ...(onset.earliestAt !== undefined && { earliestAt: new Date(onset.earliestAt) }),
    },
    cause: { ...cause, evidence: cause.evidence.map((each) => ({ ...each, asOf: new Date(each.asOf) })) },
    extent: { ...extent, hours: hours && readHours(hours, extent.eventTypeCount) },
    deployed: deployed.map((each) => ({ ...each, deployedAt: new Date(each.deployedAt) })),
    recovery: recovery && {
      ...recovery,
      p50At: new Date(recovery.p50At),
      p90At: new Date(recovery.p90At),
      asOf: new Date(recovery.asOf),
    },
    muted: muted && { ...muted, until: muted.until === null ? null : new Date(muted.until) },
  };
}

function readHours(
  { first, last, eventTypeCount, ...hours }: NonNullable<SituationJson["extent"]["hours"]>,
  touchedTypes: number,
): AffectedHours {
  // Older records count only the types that the incident touches in any way.
  const types = eventTypeCount ?? Math.min(hours.affected, touchedTypes);
  return { ...hours, first: readHour(first), last: readHour(last), eventTypeCount: types };
}

function readHour(name: string): Hour {
  return new Date(`${name}:00:00Z`);
}
