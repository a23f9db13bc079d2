import { afterEach, describe, expect, it } from "vitest";
import { addHours, parseHour } from "#domain/hour.ts";
import { codeOf } from "#simulator/drill/truth.ts";
import {
  badDeployment,
  deadHost,
  type Incident,
  lossyHost,
  networkCut,
  queueBacklog,
  retryStorm,
  silentClients,
  silentDatacenter,
  skewedClocks,
  stalledExporter,
} from "#simulator/incidents.ts";
import { nextPatch } from "#simulator/releases.ts";
import { makeSimulation, type SimulationTerms } from "#simulator/simulation.ts";
import { AlertDrill, type DrilledIncident } from "#test/alert-drill.ts";

const startAt = parseHour("2026-11-02T00") as Date;
/** Enough history to learn from what is usual. */
const drillsAt = addHours(startAt, 72);
const apartHours = 14;
const types = 10;
const typesWithTwoOfPayments = 13;

/** One of each kind, one after the other, as long and as bad as the demo's. */
const script: SimulationTerms["incidents"] = (fleet) => {
  const during = (index: number, dc: string, minutes: number) => {
    const fromAt = new Date(addHours(drillsAt, index * apartHours + 1).getTime() + 20 * 60_000);
    return { id: `${index}`, dc, fromAt, toAt: new Date(fromAt.getTime() + minutes * 60_000) };
  };
  const ownedBy = (...owners: string[]) =>
    fleet.eventTypes.filter(({ owner }) => owners.includes(owner)).map(({ name }) => name);
  const deployment = during(3, "ash", 150);
  return [
    networkCut(during(0, "sto", 95)),
    silentDatacenter(during(1, "gcp-eu", 150)),
    stalledExporter(during(2, "lon", 70)),
    badDeployment({ ...deployment, version: nextPatch(fleet, "ash", "exporter", deployment.fromAt) }),
    queueBacklog(during(4, "gcp-eu", 240)),
    lossyHost({ ...during(5, "ash", 25), share: 1 / 12, eventTypes: ownedBy("ads") }),
    retryStorm({ ...during(6, "sjc", 40), share: 0.03, eventTypes: ownedBy("playlists") }),
    skewedClocks({ ...during(7, "lon", 130), share: 0.015, eventTypes: ownedBy("mobile") }),
    // Every hour closes in time with all its events: only their low number shows it.
    silentClients({ ...during(8, "ash", 360), share: 0.8, eventTypes: ownedBy("royalties") }),
    // Of a type whose losses are tickets: it pages by what it uses up of the month's budget.
    lossyHost({ ...during(9, "sjc", 38), share: 1, eventTypes: ownedBy("content") }),
  ];
};

/** One host counts events of two types, and dies: every hour of them looks balanced, and only its missing counts show it. */
const death: SimulationTerms["incidents"] = (fleet) => {
  const fromAt = new Date(addHours(startAt, 31).getTime() + 20 * 60_000);
  const toAt = new Date(fromAt.getTime() + 200 * 60_000);
  const eventTypes = fleet.eventTypes.filter(({ expectReporters }) => expectReporters).map(({ name }) => name);
  expect(eventTypes).toHaveLength(2);
  return [deadHost({ id: "dead", dc: "lon", fromAt, toAt, eventTypes })];
};

let drill: AlertDrill;
afterEach(() => drill.test.drop());

interface Score {
  kind: string;
  dc: string;
  pages: number;
  noticedAfter: string;
  code: string;
  named: boolean;
  resolvedAfter: string;
  rules: string;
}

function score(incident: Incident, pages: readonly DrilledIncident[], until: Date): Score {
  const own = pages.filter(({ openedAt }) => openedAt >= incident.fromAt && openedAt < until);
  const [first] = own;
  const minutes = (at: Date | null | undefined) =>
    at ? `${Math.round((at.getTime() - incident.fromAt.getTime()) / 60_000)} min` : "never";
  const { code, datacenter, stage } = first?.cause ?? { code: "none", datacenter: null, stage: null };
  return {
    kind: incident.kind,
    dc: incident.dc,
    pages: own.length,
    noticedAfter: minutes(first?.openedAt),
    code: own.map((page) => page.cause.code).join(" + ") || code,
    named: code === codeOf[incident.kind] && datacenter === incident.cause.dc && stage === incident.cause.stage,
    resolvedAfter: minutes(first?.resolvedAt),
    rules: own.flatMap(({ rules, causeKey }) => [causeKey, ...rules]).join(" "),
  };
}

describe("drills", () => {
  it("every kind of scripted incident is one page that names its cause", { timeout: 900_000 }, async () => {
    const simulation = makeSimulation({ seed: 7, types, startAt, liveAt: drillsAt, incidents: script });
    drill = await AlertDrill.begin(simulation);
    await drill.liveUntil(drillsAt, 60);
    const scores: Score[] = [];
    for (const [index, incident] of simulation.incidents.entries()) {
      await drill.liveUntil(incident.fromAt, 30);
      await drill.liveUntil(incident.toAt, 5);
      await drill.liveUntil(addHours(incident.toAt, 3), 10);
      const until = simulation.incidents[index + 1]?.fromAt ?? addHours(incident.toAt, 9);
      await drill.liveUntil(until, 30);
      scores.push(score(incident, await drill.pages(), until));
    }
    console.table(scores);
    expect(await drill.pages().then((all) => all.filter(({ openedAt }) => openedAt < drillsAt))).toEqual([]);
    expect(scores.map(({ kind, pages, named }) => ({ kind, pages, named }))).toEqual(
      simulation.incidents.map(({ kind }) => ({ kind, pages: 1, named: true })),
    );
    const rulesOf = (index: number) => scores[index]?.rules.split(" ") ?? [];
    expect(rulesOf(8)).toContain("volume-drop-high");
    expect(rulesOf(9)).toEqual(expect.arrayContaining(["budget-burn", "events-lost-low"]));
    expect(scores.filter(({ resolvedAfter }) => resolvedAfter === "never")).toEqual([]);
  });

  it("a dead host that leaves every hour balanced is one page for all its types, by the reporters it took along", {
    timeout: 600_000,
  }, async () => {
    const simulation = makeSimulation({
      seed: 7,
      types: typesWithTwoOfPayments,
      startAt,
      liveAt: startAt,
      incidents: death,
    });
    const [incident] = simulation.incidents as [Incident];
    drill = await AlertDrill.begin(simulation);
    // A day shows who usually reports.
    await drill.liveUntil(addHours(startAt, 31), 60);
    await drill.liveUntil(incident.toAt, 10);
    await drill.liveUntil(addHours(incident.toAt, 9), 30);
    const pages = await drill.pages();
    console.table([score(incident, pages, addHours(incident.toAt, 9))]);
    expect(pages).toMatchObject([
      {
        causeKey: "datacenter/lon/unreported",
        rules: ["reporters-missing"],
        state: "resolved",
        cause: { code: codeOf["dead-host"], datacenter: incident.cause.dc, stage: incident.cause.stage },
      },
    ]);
    const { component, instance } = incident.cause;
    expect(pages[0]?.cause).toMatchObject({ component, instance });
  });
});
