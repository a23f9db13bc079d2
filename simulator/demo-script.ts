import type { Hour } from "#domain/hour.ts";
import type { Fleet } from "./fleet.ts";
import {
  badDeployment,
  deadHost,
  type Incident,
  lossyHost,
  networkCut,
  queueBacklog,
  retryStorm,
  silentDatacenter,
  skewedClocks,
  stalledExporter,
} from "./incidents.ts";
import { nextPatch } from "./releases.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const scriptDays = 14;

/**
 * What goes wrong in the demo: eleven incidents over the history (fewer if it is short), San Jose cut off when the live
 * part starts; some minutes later a lost host's events come back and a bad deployment starts in London, and after that
 * another small one every few hours.
 */
export function demoIncidents(fleet: Fleet, startAt: Hour, liveAt: Date): Incident[] {
  return [
    ...pastIncidents(fleet, startAt, liveAt),
    ...presentIncidents(fleet, liveAt),
    ...laterIncidents(fleet, liveAt),
  ];
}

/** Nothing goes wrong: for tests and load runs. */
export function calm(): Incident[] {
  return [];
}

function pastIncidents(fleet: Fleet, startAt: Hour, liveAt: Date): Incident[] {
  const historyMs = liveAt.getTime() - startAt.getTime();
  // Days before the live part, in a history of two weeks; a shorter one compresses the same story.
  const during = (id: string, dc: string, daysAgo: number, minutes: number) => {
    const fromAt = wholeMinute(liveAt.getTime() - (daysAgo / scriptDays) * historyMs);
    return { id, dc, fromAt, toAt: new Date(fromAt.getTime() + minutes * minuteMs) };
  };
  const deployment = during("ash-bad-exporter", "ash", 8.7, 150);
  const host = during("sto-dead-host", "sto", 2.2, 35);
  const past: Incident[] = [
    stalledExporter(during("lon-exporter-stall", "lon", 13, 170)),
    lossyHost({ ...during("ash-dead-host", "ash", 11.6, 25), share: 1 / 12, eventTypes: ownedBy(fleet, "ads") }),
    queueBacklog(during("gcp-eu-backlog", "gcp-eu", 10.1, 240)),
    badDeployment({ ...deployment, version: nextPatch(fleet, "ash", "exporter", deployment.fromAt) }),
    networkCut(during("sto-cut", "sto", 7.3, 95)),
    retryStorm({ ...during("sjc-retry-storm", "sjc", 6.2, 40), share: 0.03, eventTypes: ownedBy(fleet, "playlists") }),
    skewedClocks({
      ...during("lon-skewed-clocks", "lon", 4.6, 130),
      share: 0.015,
      eventTypes: ownedBy(fleet, "mobile"),
    }),
    silentDatacenter(during("gcp-eu-silent", "gcp-eu", 3.4, 150)),
    // Its hours look balanced: only the host's missing counts reveal it.
    deadHost({ ...during("lon-dead-payments-host", "lon", 2.8, 200), eventTypes: ownedBy(fleet, "payments") }),
    lossyHost({
      ...host,
      share: 0.1,
      eventTypes: ownedBy(fleet, "recommendations"),
      // Its disk is read during the demo: viewers see long-settled hours amended.
      returnsAt: wholeMinute(liveAt.getTime() + 4 * minuteMs),
    }),
    stalledExporter(during("ash-exporter-stall", "ash", 1.1, 70)),
  ];
  // Too short a history leaves no time to recover from them.
  return past.filter(
    ({ fromAt, toAt }) =>
      fromAt.getTime() >= startAt.getTime() + hourMs && toAt.getTime() <= liveAt.getTime() - 3 * hourMs,
  );
}

function presentIncidents(fleet: Fleet, liveAt: Date): Incident[] {
  const during = (id: string, dc: string, fromMinute: number, toMinute: number) => ({
    id,
    dc,
    fromAt: wholeMinute(liveAt.getTime() + fromMinute * minuteMs),
    toAt: wholeMinute(liveAt.getTime() + toMinute * minuteMs),
  });
  const deployment = during("lon-bad-exporter", "lon", 6, 55);
  return [
    // Long enough that the hour which is running at the start misses an hour's deadline, whatever the minute: the product is asked to
    // page for hours that end after the claim, and foresees it.
    networkCut(during("sjc-cut", "sjc", -58, 80)),
    badDeployment({ ...deployment, version: nextPatch(fleet, "lon", "exporter", deployment.fromAt) }),
  ];
}

const laterEveryMs = 5 * hourMs;
const laterCount = 134;

/** Four weeks of small trouble, so that a long-running demo stays interesting. */
function laterIncidents(fleet: Fleet, liveAt: Date): Incident[] {
  return Array.from({ length: laterCount }, (_, index) => {
    const { name: dc } = fleet.datacenters[(index * 2 + 3) % fleet.datacenters.length] ?? { name: "lon" };
    const fromAt = wholeMinute(liveAt.getTime() + 4 * hourMs + index * laterEveryMs);
    const lasting = (minutes: number) => ({
      id: `later-${index + 1}`,
      dc,
      fromAt,
      toAt: new Date(fromAt.getTime() + minutes * minuteMs),
    });
    const version = nextPatch(fleet, dc, "exporter", fromAt);
    const kinds = [
      () => stalledExporter(lasting(75)),
      () => queueBacklog(lasting(120)),
      () =>
        lossyHost({
          ...lasting(30),
          share: 0.08,
          eventTypes: ownedBy(fleet, "search"),
          returnsAt: new Date(fromAt.getTime() + 7 * hourMs),
        }),
      () => networkCut(lasting(50)),
      () => skewedClocks({ ...lasting(90), share: 0.012, eventTypes: ownedBy(fleet, "player") }),
      () => badDeployment({ ...lasting(60), version }),
      () => silentDatacenter(lasting(40)),
      () => deadHost({ ...lasting(200), eventTypes: ownedBy(fleet, "payments") }),
    ];
    return (kinds[index % kinds.length] as () => Incident)();
  });
}

function ownedBy(fleet: Fleet, owner: string): string[] {
  return fleet.eventTypes.filter((type) => type.owner === owner).map((type) => type.name);
}

function wholeMinute(ms: number): Date {
  return new Date(Math.floor(ms / minuteMs) * minuteMs);
}
