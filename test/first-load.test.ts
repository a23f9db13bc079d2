import { join } from "node:path";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";
import { packageOf } from "./loaded-modules.ts";

const root = join(import.meta.dirname, "..");

/** The packages of which a view's first scripts hold anything; what it loads on demand is left out. */
async function packagesOf(view: string): Promise<string[]> {
  const bundle = await rolldown({
    input: join(root, view),
    cwd: root,
    platform: "browser",
    moduleTypes: { ".css": "empty" },
    logLevel: "silent",
  });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  const chunks = new Map(output.flatMap((part) => (part.type === "chunk" ? [[part.fileName, part] as const] : [])));
  const found = new Set<string>();
  const waiting = [...chunks.values()].filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName);
  for (const name of waiting) {
    const chunk = chunks.get(name);
    for (const [id, { renderedLength }] of Object.entries(chunk?.modules ?? {})) {
      const name = packageOf(id);
      if (name !== null && renderedLength > 0) found.add(name);
    }
    waiting.push(...(chunk?.imports ?? []).filter((each) => !waiting.includes(each)));
  }
  return [...found].toSorted();
}

const heavy = ["zod", "@mantine/dates", "recharts", "react-markdown", "yaml"];

test.each([
  "components/board/board.tsx",
  "components/alerts/incident-list.tsx",
  "components/alerts/incident-search.tsx",
  "components/incident/incident-view.tsx",
  "components/hours/hour-view.tsx",
  "components/hours/type-hours.tsx",
  "components/matrix/matrix.tsx",
  "components/datacenters/datacenter-view.tsx",
])(
  "%s draws without schemas, calendars, charts and documents, which are loaded when they are asked for",
  async (view) => {
    const packages = await packagesOf(view);
    expect(packages).toContain("react");
    expect(packages.filter((name) => heavy.includes(name))).toEqual([]);
  },
);
