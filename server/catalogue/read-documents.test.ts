import { describe, expect, test } from "vitest";
import { Invalid } from "#server/errors.ts";
import { maxExpandedNodes } from "./expand-node.ts";
import { readDocuments } from "./read-documents.ts";

const valuesOf = async (text: string) => (await readDocuments(text)).map(({ value }) => value);
async function faultsOf(text: string) {
  const error = await readDocuments(text).catch((refusal: unknown) => refusal);
  expect(error).toBeInstanceOf(Invalid);
  return (error as Invalid).faults;
}

describe("aliases and merge keys", () => {
  test("ten thousand aliases of one anchor, merged or as they are", async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `- {<<: *spec, name: E${index}, labels: *labels}`);
    const text = `- {labels: &labels {team: a}, spec: &spec {owner: music, tier: high}}\n${lines.join("\n")}`;
    const values = await valuesOf(text);
    expect(values).toHaveLength(10_001);
    expect(values.at(-1)).toEqual({ owner: "music", tier: "high", name: "E9999", labels: { team: "a" } });
  });

  test("a map's own key beats a merged one, and the first of several merged maps the others", async () => {
    const text = "- &a {x: 1, y: 1}\n- &b {y: 2, z: 2}\n- {<<: [*a, *b], x: 3}\n- {z: 4, <<: *b}";
    expect((await valuesOf(text)).slice(2)).toEqual([
      { x: 3, y: 1, z: 2 },
      { z: 4, y: 2 },
    ]);
  });

  test("an alias names the nearest anchor before it", async () => {
    expect(await valuesOf("- &a 1\n- *a\n- &a 2\n- *a")).toEqual([1, 1, 2, 2]);
  });

  const bomb = (item: (name: string) => string) => {
    const lines = ["a0: &a0 {k: [x,x,x,x,x,x,x,x,x,x]}"];
    for (let level = 1; level < 12; level += 1) lines.push(`a${level}: &a${level} ${item(`a${level - 1}`)}`);
    return lines.join("\n");
  };

  test.each([
    ["lists", (name: string) => `[${Array(10).fill(`*${name}`).join(",")}]`],
    ["maps", (name: string) => `{${Array.from({ length: 10 }, (_, index) => `k${index}: *${name}`).join(",")}}`],
  ])("aliases of aliases without end, in %s → refused with the limit and the line", async (_, item) => {
    const [fault] = await faultsOf(bomb(item));
    expect(fault).toEqual({
      pointer: "",
      line: expect.any(Number),
      detail: expect.stringContaining(maxExpandedNodes.toLocaleString("en-US")),
    });
  });

  test("merging a large map over and over copies it: bounded too", async () => {
    const large = `- &a {${Array.from({ length: 1_000 }, (_, index) => `k${index}: 1`).join(",")}}`;
    const [fault] = await faultsOf([large, ...Array(1_000).fill("- {<<: *a}")].join("\n"));
    expect(fault?.detail).toContain(maxExpandedNodes.toLocaleString("en-US"));
  });

  test.each([
    ["- *nowhere", "alias *nowhere has no anchor before it"],
    ["- &a [*a]", "alias *a refers to itself"],
    ["- {<<: 1}", "merges (<<) a value that is not a map"],
    ["- {a: 1,\n   a: 2}", 'has the key "a" twice'],
    [`${"[".repeat(200)}${"]".repeat(200)}`, "is nested more than 100 levels deep"],
  ])("%s → %s", async (text, detail) => {
    expect(await faultsOf(text)).toEqual([{ pointer: "", line: expect.any(Number), detail }]);
  });
});

describe("a long text", () => {
  test("other work goes on while it is read", async () => {
    const text = Array.from(
      { length: 2_000 },
      (_, index) => `---\nkind: EventType\nmetadata: {name: E${index}}\n`,
    ).join("");
    let turns = 0;
    const count = setInterval(() => {
      turns += 1;
    }, 1);
    expect(await readDocuments(text)).toHaveLength(2_000);
    clearInterval(count);
    expect(turns).toBeGreaterThan(1);
  });

  test("a single document beyond all measure → refused with the limit", async () => {
    const [fault] = await faultsOf(`[${"x,".repeat(200_000)}x]`);
    expect(fault?.detail).toContain("more than 300,000 tokens");
  });
});
