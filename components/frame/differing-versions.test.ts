import { expect, test } from "vitest";
import { differingVersions } from "./differing-versions.ts";

const at = (name: string, ...versions: (readonly [component: string, version: string | null])[]) => ({
  name,
  versions: versions.map(([component, version]) => ({ component, version, instances: 1 })),
});
const say = (...datacenters: Parameters<typeof differingVersions>[0]) =>
  [...differingVersions(datacenters)].map(
    ([name, all]) =>
      `${name}: ${all.map((each) => `${each.component} ${each.versions}${each.isOdd ? "!" : ""}`).join(", ")}`,
  );

test("the same versions everywhere are not worth a word", () => {
  expect(say(at("ash", ["exporter", "4.2.0"]), at("lon", ["exporter", "4.2.0"]))).toEqual([]);
});
test("a component that differs is named at every datacenter, and the odd one is marked", () => {
  expect(
    say(
      at("ash", ["exporter", "4.2.0"], ["bridge", "2.0.0"]),
      at("lon", ["exporter", "4.2.0"], ["bridge", "2.0.0"]),
      at("sjc", ["exporter", "4.2.1"], ["bridge", "2.0.0"]),
    ),
  ).toEqual(["ash: exporter 4.2.0", "lon: exporter 4.2.0", "sjc: exporter 4.2.1!"]);
});
test("two versions at one datacenter differ from one", () => {
  expect(
    say(
      at("ash", ["exporter", "4.2.0"]),
      at("lon", ["exporter", "4.2.0"]),
      at("sjc", ["exporter", "4.2.1"], ["exporter", "4.2.0"]),
    ),
  ).toEqual(["ash: exporter 4.2.0", "lon: exporter 4.2.0", "sjc: exporter 4.2.0 and 4.2.1!"]);
});
test("of two datacenters neither is the odd one", () => {
  expect(say(at("ash", ["exporter", "4.2.0"]), at("lon", ["exporter", "4.2.1"]))).toEqual([
    "ash: exporter 4.2.0",
    "lon: exporter 4.2.1",
  ]);
});
test("an unreported version differs from none", () => {
  expect(say(at("ash", ["exporter", "4.2.0"]), at("lon", ["exporter", null]))).toEqual([]);
});
