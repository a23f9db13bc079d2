import { expect, test } from "vitest";
import { consumerWords, furthestBehind, mutedWord, placeWords, trendClause } from "./incident-card-words.ts";

test("where: the datacenters, and the stage if it is known", () => {
  expect(placeWords({ datacenters: ["sjc"], stage: "published" })).toBe("sjc; stage published");
  expect(placeWords({ datacenters: ["ash", "gcp-eu", "lon", "sjc", "sto"], stage: null })).toBe(
    "ash, gcp-eu, lon and 2 others",
  );
  expect(placeWords({ datacenters: [], stage: null })).toBe("no single datacenter");
});
test("consumers: how many, the first by name, and how many others", () => {
  expect(consumerWords({ consumers: [], consumerCount: 0 })).toBe("none known");
  expect(consumerWords({ consumers: ["royalties"], consumerCount: 1 })).toBe("1: royalties");
  expect(consumerWords({ consumers: ["a", "b", "c", "d"], consumerCount: 4 })).toBe("4: a, b, c, d");
  expect(consumerWords({ consumers: ["a", "b", "c", "d", "e"], consumerCount: 31 })).toBe("31: a, b, c and 28 others");
});
test("a trend is said where the expected end moved", () => {
  expect([trendClause("steady"), trendClause("later")]).toEqual(["", ", later than expected before"]);
  expect([mutedWord("mute-time"), mutedWord("silenced")]).toEqual(["mute time", "silenced"]);
});
test("the lag drawn is that of the incident's datacenter that is furthest behind", () => {
  const place = (name: string, lagSeconds: number | null) => ({ name, lagSeconds });
  const all = [place("ash", 9_000), place("lon", 60), place("sjc", 600), place("sto", null)];
  expect(furthestBehind(all, { datacenters: ["lon", "sjc", "sto"] })?.name).toBe("sjc");
  expect(furthestBehind(all, { datacenters: ["sto"] })).toBeNull();
});
