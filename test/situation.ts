import type { SituationJson } from "#domain/api/situation.ts";

/** What is said of a silent datacenter, with a test's overrides. */
export function situationForTest(changes: Partial<SituationJson> = {}): SituationJson {
  return {
    title: "ams is silent",
    phase: "ongoing",
    phaseSince: "2026-11-23T01:04:00Z",
    onset: { at: "2026-11-23T01:02:03Z", source: "silence" },
    cause: {
      code: "datacenter_silent",
      datacenter: "ams",
      stage: "produced",
      component: null,
      instance: null,
      version: null,
      deploymentId: null,
      score: 0.45,
      sentence: "ams has sent nothing since 01:02 UTC.",
      evidence: [],
    },
    extent: {
      datacenters: ["ams"],
      stage: "produced",
      eventTypes: ["EndSong"],
      eventTypeCount: 1,
      hours: { first: "2026-11-23T00", last: "2026-11-23T01", affected: 12, final: 0, accepted: 0, lossy: 0 },
    },
    impact: {
      missedDeadlines: 0,
      hoursAtRisk: 0,
      lost: 0,
      duplicated: 0,
      produced: null,
      consumers: [{ name: "royalties", contact: "royalties@example.com", waits: 12 }],
      consumerCount: 1,
    },
    deployed: [],
    recovery: null,
    muted: null,
    sentence: "ams is silent since 01:02 UTC. 12 hours of 1 event type affected; none recovered yet.",
    ...changes,
  };
}
