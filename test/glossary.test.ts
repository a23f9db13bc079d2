import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { places } from "#components/ui/places.ts";
import { scopesOfRole } from "#domain/access/role.ts";
import { verdictStates } from "#domain/verdict.ts";

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/concepts.md"), "utf8");
/** The first cells of its tables, one term each, and what its text defines in bold. */
const terms = new Set([
  ...[...page.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = ""]) => cell.replaceAll("**", "").split(", ")),
  ...[...page.matchAll(/\*\*([^*]+)\*\*/g)].map(([, term = ""]) => term),
]);

/** Places of the navigation that are pages of many things, and no term. */
const pagesOfManyThings = ["Board", "Status", "Docs"];
const termOfPlace: Record<string, string> = { Rejected: "rejected message" };

test.each(places.map(({ name }) => name).filter((name) => !pagesOfManyThings.includes(name)))(
  "the glossary has what the page %s lists",
  (name) => {
    const term = termOfPlace[name] ?? name.toLowerCase();
    expect([...terms]).toContain([term, term.replace(/s$/, "")].find((each) => terms.has(each)) ?? term);
  },
);

test.each([
  ...["adopt", "approval", "audit log", "dataset", "deployment hook", "dismiss", "duty", "event type", "hour"],
  ...["inhibited", "lane", "layer", "lineage", "mapping", "matcher", "override", "resource", "role", "route"],
  ...["scope", "session", "silence", "snapshot", "source", "tier", "time interval", "token", "worker"],
  ...verdictStates,
])("the glossary has the term %s, which the screens use", (term) => {
  expect([...terms]).toContain(term);
});

// The web process answers, and the supervisor starts the others.
test("the glossary names every worker and every role", () => {
  const folders = globSync("workers/*/main.ts", { cwd: root }).map((file) => file.split("/")[1] ?? "");
  const [, workers = ""] = /^\| worker \| [^|]*: ([^|]+) \|/m.exec(page) ?? [];
  expect(workers.split(", ").sort()).toEqual(folders.filter((name) => !["web", "supervisor"].includes(name)).sort());
  const [, roles = ""] = /^\| role \| [^|:]*: ([^|.]+)\./m.exec(page) ?? [];
  for (const role of Object.keys(scopesOfRole)) expect(roles).toContain(role);
});
