import { describe, expect, it } from "vitest";
import { makeFleet } from "./fleet.ts";
import { badDeployment, lossyHost } from "./incidents.ts";
import { nextPatch, releasesIn, runningAt } from "./releases.ts";

const fleet = makeFleet({ seed: 1, types: 1 });
const fromAt = new Date("2026-11-09T00:00:00Z");
const toAt = new Date("2026-11-16T00:00:00Z");

describe("releases", () => {
  it("roll each component out once a week, one datacenter after the other", () => {
    const releases = releasesIn(fleet, [], fromAt, toAt);
    expect(releases.length).toBe(15);
    const exporters = releases.filter(({ component }) => component === "exporter");
    expect(exporters.map(({ dc }) => dc)).toEqual(["lon", "ash", "sjc", "sto", "gcp-eu"]);
    expect(exporters.map(({ deployedAt }) => deployedAt.toISOString().slice(0, 16))[0]).toBe("2026-11-11T09:00");
    expect(new Set(exporters.map(({ version }) => version)).size).toBe(1);
  });

  it("are what runs from then on, and not before", () => {
    const [release] = releasesIn(fleet, [], fromAt, toAt);
    const running = (at: Date) =>
      runningAt(fleet, [], { dc: release!.dc, component: "pubsub-bridge", instance: "pubsub-bridge-1", at });
    expect(running(release!.deployedAt)).toEqual({ version: release!.version, startedAt: release!.deployedAt });
    expect(running(new Date(release!.deployedAt.getTime() - 1)).version).not.toBe(release!.version);
  });

  it("that go wrong run until they are rolled back", () => {
    const during = {
      id: "bad",
      dc: "ash",
      fromAt: new Date("2026-11-13T20:00:00Z"),
      toAt: new Date("2026-11-13T22:00:00Z"),
    };
    const before = nextPatch(fleet, "ash", "exporter", during.fromAt).replace(/1$/, "0");
    const bad = badDeployment({ ...during, version: nextPatch(fleet, "ash", "exporter", during.fromAt) });
    const running = (time: string) =>
      runningAt(fleet, [bad], {
        dc: "ash",
        component: "exporter",
        instance: "exporter-1",
        at: new Date(`2026-11-13T${time}:00Z`),
      });
    expect(["19:59", "20:00", "21:59", "22:00"].map((time) => running(time).version)).toEqual([
      before,
      bad.cause.version,
      bad.cause.version,
      before,
    ]);
    expect(running("22:00").startedAt).toEqual(during.toAt);
    const said = releasesIn(fleet, [bad], during.fromAt, during.toAt).map(({ version, deployedBy }) => [
      version,
      deployedBy,
    ]);
    expect(said).toEqual([[before, "data-delivery (rollback)"]]);
  });

  it("do not change when a host starts again, but its start does", () => {
    const dead = lossyHost({
      id: "dead",
      dc: "sto",
      fromAt: new Date("2026-11-13T20:00:00Z"),
      toAt: new Date("2026-11-13T20:30:00Z"),
      share: 0.1,
    });
    const running = (instance: string) =>
      runningAt(fleet, [dead], {
        dc: "sto",
        component: "event-service",
        instance,
        at: new Date("2026-11-14T00:00:00Z"),
      });
    expect(running("event-service-2")).toEqual({ ...running("event-service-1"), startedAt: dead.toAt });
  });
});
