import type { IncidentJson } from "#domain/api/alerts.ts";
import type { Moment } from "./moment.ts";

/** A false statement to plant, and the kind of contradiction that it has to be found as. */
interface Mutant {
  name: string;
  kind: string;
  /** Changes a copy; false: this moment has nothing to falsify. */
  plant(moment: Moment): boolean;
}

const late = ({ incidents }: Moment) =>
  incidents.find(
    ({ causeKey, situation }) =>
      causeKey.endsWith("/late") && situation.onset.source !== "alert" && situation.phase !== "over",
  );
const lossy = ({ incidents }: Moment) => incidents.find(({ situation }) => situation.impact.lost > 0);

/** Falsifies what is said of an incident on its page and on the board alike, so that only the truth shows it. */
function everywhere(
  moment: Moment,
  incident: IncidentJson | undefined,
  change: (situation: IncidentJson["situation"]) => void,
): boolean {
  if (!incident) return false;
  change(incident.situation);
  const shown = moment.board.incidents.find(({ id }) => id === incident.id);
  if (shown) {
    const { title, phase, onset, recovery, sentence, extent } = incident.situation;
    Object.assign(shown, {
      title,
      phase,
      onset,
      recovery,
      sentence,
      datacenters: extent.datacenters,
      eventTypeCount: extent.eventTypeCount,
    });
  }
  return true;
}

export const mutants: readonly Mutant[] = [
  {
    name: "the onset is an hour too early",
    kind: "onset",
    plant: (moment) =>
      everywhere(moment, late(moment), (situation) => {
        situation.onset.at = new Date(Date.parse(situation.onset.at) - 3_600_000).toISOString().replace(".000", "");
      }),
  },
  {
    name: "the sentence has another onset than the record",
    kind: "since",
    plant: (moment) =>
      everywhere(moment, late(moment), (situation) => {
        situation.sentence = situation.sentence.replace(/since \d\d:\d\d/, "since 13:02");
      }),
  },
  {
    name: "another datacenter is named",
    kind: "wrong place",
    plant: (moment) =>
      everywhere(moment, late(moment), (situation) => {
        situation.extent.datacenters = ["sto"];
      }),
  },
  {
    name: "an innocent deployment is blamed",
    kind: "bait blamed",
    plant: (moment) =>
      everywhere(moment, late(moment), ({ cause }) => {
        Object.assign(cause, { code: "deployment", component: "exporter", version: "3.1.0" });
      }),
  },
  {
    name: "another stage is blamed",
    kind: "wrong cause",
    plant: (moment) =>
      everywhere(moment, late(moment), (situation) => {
        situation.cause.code = "watermark_stalled";
        situation.cause.stage = "delivered";
        situation.extent.stage = "delivered";
      }),
  },
  {
    name: "it gets better while the datacenter is still cut off",
    kind: "recovering",
    plant: (moment) =>
      moment.atMs < Date.parse("2026-11-22T13:48:00Z") &&
      everywhere(moment, late(moment), (situation) => {
        const soon = new Date(moment.atMs + 1_200_000).toISOString().replace(".000", "");
        situation.phase = "recovering";
        situation.recovery = { p50At: soon, p90At: soon, trend: "steady", asOf: soon };
      }),
  },
  {
    name: "lost events are hidden",
    kind: "lost",
    plant: (moment) =>
      everywhere(moment, lossy(moment), (situation) => {
        situation.impact.lost = 0;
      }),
  },
  {
    name: "an hour that lost events is said to have recovered",
    kind: "recovered",
    plant: (moment) =>
      everywhere(moment, lossy(moment), (situation) => {
        situation.sentence = situation.sentence.replace(/\d+ closed with loss \([^)]*\)/, "1 recovered");
      }),
  },
  {
    name: "an affected hour is left out",
    kind: "affected hours",
    plant: (moment) => {
      const incident = late(moment);
      if (!incident || incident.hours.length === 0) return false;
      incident.hours.pop();
      return true;
    },
  },
  {
    name: "no one waits for the affected hours",
    kind: "who waits",
    plant: (moment) => {
      const incident = late(moment);
      if (!incident || incident.hours.every(({ state }) => state === "complete")) return false;
      return everywhere(moment, incident, ({ impact }) => {
        for (const each of impact.consumers) each.waits = 0;
      });
    },
  },
  {
    name: "an incident that is notified is said to be silenced",
    kind: "muted",
    plant: (moment) =>
      everywhere(moment, late(moment), (situation) => {
        situation.muted = { reason: "silenced", until: null };
      }),
  },
  {
    name: "an hour's page blames a datacenter where nothing is wrong",
    kind: "wrong cause",
    plant: ({ hours }) => {
      const causes = hours.find(({ explanation }) => explanation.causes.length > 0)?.explanation.causes;
      const [first] = causes ?? [];
      if (!causes || !first) return false;
      const sentence = "sto holds up most of its event types, and its reports do not show why.";
      causes.push({ ...first, code: "backlog", datacenter: "sto", score: 0.7, sentence });
      return true;
    },
  },
  {
    name: "the board says that all is well",
    kind: "pages differ",
    plant: ({ board }) => board.incidents.splice(0).length > 0,
  },
  {
    name: "nothing is said of what was noticed",
    kind: "not noticed",
    plant: ({ atMs, board, incidents }) => {
      if (atMs < Date.parse("2026-11-22T14:00:00Z")) return false;
      board.incidents.splice(0);
      return incidents.splice(0).length > 0;
    },
  },
  {
    name: "an hour page says that an open hour has closed",
    kind: "closed",
    plant: ({ hours }) => {
      const open = hours
        .flatMap(({ verdict }) => verdict.datacenters)
        .find(({ closed, name }) => !closed && name === "sjc");
      if (open) open.closed = true;
      return open !== undefined;
    },
  },
  {
    name: "an hour is expected long after its incident expects to have caught up",
    kind: "forecast",
    plant: ({ atMs, hours, incidents }) => {
      const catchUp = incidents.find(
        ({ situation: { phase, phaseSince, recovery } }) =>
          phase === "recovering" &&
          Date.parse(phaseSince) < atMs &&
          recovery !== null &&
          recovery.p90At > recovery.asOf,
      );
      const waiting = hours.find(({ verdict: { eventType, hour } }) =>
        catchUp?.hours.some((each) => each.eventType === eventType && each.hour === hour),
      );
      if (waiting) {
        for (const each of waiting.verdict.datacenters) each.closed = each.name !== "sjc";
        const noon = "2026-11-23T12:00:00Z";
        waiting.verdict.forecast = { breachProbability: 0.9, closesAt: { p50: noon, p90: noon } };
      }
      return waiting !== undefined;
    },
  },
  {
    name: "a message says something else than the page",
    kind: "pages differ",
    plant: ({ sent }) => {
      const said = sent.find(({ incident }) => incident?.situation)?.incident?.situation;
      if (said) said.sentence = "No hour affected yet.";
      return said !== undefined;
    },
  },
  {
    name: "a sentence that no template has",
    kind: "unknown sentence",
    plant: (moment) =>
      everywhere(moment, late(moment), (situation) => {
        situation.sentence += " All will be fine.";
      }),
  },
  {
    name: "something that is yet to come is said to have happened",
    kind: "future as past",
    plant: (moment) =>
      everywhere(moment, late(moment), ({ cause }) => {
        cause.sentence =
          "sjc stopped sending messages of any type at 23:59 UTC. Check its hosts, its network and its connection to the queue.";
      }),
  },
];
