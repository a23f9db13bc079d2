import { addHours, formatHour, type Hour, hourEnd } from "#domain/hour.ts";
import { type CloudEventJson, cloudEvent } from "./cloud-event.ts";

/** The product's clock when the tests begin; it then runs at real speed. */
export const drillStartsAt = "2026-11-20T13:20:00Z";

/** The fleet's types (fleet.yaml) by the datacenters that report them. */
const typesOf: Record<string, string[]> = {
  lon: ["EndSong", "PlayStart", "AdImpression", "SearchQuery", "PlaylistEdit", "SkipTrack", "RoyaltyStatement"],
  ash: ["EndSong", "PlayStart", "AdImpression", "SearchQuery", "SkipTrack", "RoyaltyStatement"],
  sjc: ["EndSong"],
  sto: ["PlaylistEdit"],
};
const firstHour = new Date("2026-11-19T00:00:00Z");
const endedHours = Array.from({ length: 37 }, (_, index) => addHours(firstHour, index));
/** The hour in which one problem after the other began. */
const troubledHour = "2026-11-20T10";
const sjcSilentFrom = "2026-11-20T11:52:00Z";
const closesAfterMs = 13 * 60_000;

/** The datacenters that keep sending heartbeats during the tests: all but sjc. */
export const livingDatacenters = ["lon", "ash", "sto"];

/** All of the fleet's reports up to the start of the drill's clock. */
export function tellDrillDay(): CloudEventJson[] {
  const closings = Object.keys(typesOf).flatMap((dc) => endedHours.flatMap((hour) => tellHour(dc, hour)));
  return [...closings, tellDeployment(), ...lastWordsOfSjc(), ...runningHour(), tellUnclaimed()];
}

export function heartbeat(dc: string, time: string): CloudEventJson {
  const startedAt = "2026-11-18T09:30:00Z";
  return cloudEvent("heartbeat", time, { dc, component: "exporter", instance: `${dc}-1`, version: "4.2.0", startedAt });
}

/** An hour's counts and the watermark that closes it, 13 minutes after its end. */
function tellHour(dc: string, hour: Hour): CloudEventJson[] {
  const at = new Date(hourEnd(hour).getTime() + closesAfterMs).toISOString();
  if (dc === "sjc" && at > sjcSilentFrom) return [];
  const types = typesOf[dc] ?? [];
  const counts = (stage: Stage) => types.flatMap((eventType) => countOf(dc, eventType, formatHour(hour), stage) ?? []);
  const marks = types.map((eventType) => ({ eventType, watermark: watermarkOf(dc, eventType, hour) }));
  return [
    ...stages.map((stage) => cloudEvent("counters", at, { dc, stage, reporter: `${dc}-1`, reports: counts(stage) })),
    cloudEvent("watermark", at, { dc, marks }),
  ];
}

const stages = ["produced", "published", "delivered"] as const;
type Stage = (typeof stages)[number];

function countOf(dc: string, eventType: string, hour: string, stage: Stage) {
  const produced = 6_000 + 100 * eventType.length + 10 * dc.charCodeAt(0) + Number(hour.slice(11)) * 40;
  if (hour !== troubledHour) return { eventType, hour, events: produced };
  if (eventType === "PlaylistEdit" && dc === "sto" && stage === "produced") return null;
  if (eventType === "AdImpression" && dc === "ash" && stage === "delivered")
    return { eventType, hour, events: produced - 360 };
  if (eventType === "SearchQuery" && dc === "lon" && stage === "delivered")
    return { eventType, hour, events: produced + 90 };
  return { eventType, hour, events: produced };
}

function watermarkOf(dc: string, eventType: string, hour: Hour): string {
  const end = hourEnd(hour);
  const isBehind = dc === "ash" && eventType === "SkipTrack" && hour.getTime() === endedHours.at(-1)?.getTime();
  return (isBehind ? new Date(end.getTime() - 29 * 60_000) : end).toISOString();
}

/** It stopped in the middle of an hour that the others have closed since. */
function lastWordsOfSjc(): CloudEventJson[] {
  const reports = (events: number) => [{ eventType: "EndSong", hour: "2026-11-20T11", events }];
  const said = (stage: Stage, events: number) =>
    cloudEvent("counters", sjcSilentFrom, { dc: "sjc", stage, reporter: "sjc-1", reports: reports(events) });
  const marks = [{ eventType: "EndSong", watermark: "2026-11-20T11:38:00Z" }];
  return [
    said("produced", 5_210),
    said("delivered", 4_980),
    cloudEvent("watermark", sjcSilentFrom, { dc: "sjc", marks }),
    heartbeat("sjc", sjcSilentFrom),
  ];
}

function runningHour(): CloudEventJson[] {
  return livingDatacenters.flatMap((dc) => {
    const reports = (typesOf[dc] ?? []).map((eventType) => ({ eventType, hour: "2026-11-20T13", events: 1_900 }));
    const said = { dc, stage: "produced", reporter: `${dc}-1`, reports };
    return [cloudEvent("counters", drillStartsAt, said), heartbeat(dc, drillStartsAt)];
  });
}

/** Hours before it fell silent: not a likely cause. */
function tellDeployment(): CloudEventJson {
  const release = { component: "exporter", version: "4.2.1", deployedBy: "release-train" };
  return cloudEvent("deployment", "2026-11-20T08:05:00Z", { dc: "sjc", ...release });
}

/** Of an unclaimed type. */
function tellUnclaimed(): CloudEventJson {
  const reports = [{ eventType: "PodcastPing", hour: troubledHour, events: 74 }];
  return cloudEvent("counters", drillStartsAt, { dc: "lon", stage: "produced", reporter: "lon-1", reports });
}
