import { expect, test } from "vitest";
import type { CauseJson } from "#domain/api/explanation.ts";
import type { VerdictJson } from "#domain/api/verdict.ts";
import { waitingFirst } from "./waiting-first.ts";

const causes = ["lon", "sjc", null].map((datacenter) => ({ datacenter }) as CauseJson);
const datacenters = [
  { name: "lon", closed: true },
  { name: "sjc", closed: false },
] as VerdictJson["datacenters"];
const order = (closedAt: string | null) =>
  waitingFirst(causes, { closedAt, datacenters }).map((each) => each.datacenter);

test("what an open hour waits for comes before what has closed it", () => {
  expect(order(null)).toEqual(["sjc", null, "lon"]);
});

test("of a closed hour the likeliest comes first", () => {
  expect(order("2026-11-22T15:30:00Z")).toEqual(["lon", "sjc", null]);
});
