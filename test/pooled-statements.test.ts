import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needsSession } from "#server/db/needs-session.ts";

const root = join(import.meta.dirname, "..");
const files = globSync("{server,workers,cli,scripts,app}/**/*.{ts,tsx}", { cwd: root }).filter(
  (path) => !/^server\/db\/(generated\/|needs-session)|\.test\.tsx?$/.test(path),
);

/** What they say goes to PostgreSQL itself: over DATABASE_DIRECT_URL. */
const direct = {
  "server/db/citus/place-tables.ts": ["SET without LOCAL", "a session's advisory lock"],
  "server/db/notifications.ts": ["LISTEN"],
  "server/db/schema-engine.ts": ["a session's advisory lock"],
  "server/db/session.ts": ["SET without LOCAL"],
};

test("a statement that needs a session is only where connections are direct", () => {
  expect(files.length).toBeGreaterThan(500);
  const found = files.map((path) => [path, sessionWide(readFileSync(join(root, path), "utf8"))] as const);
  expect(Object.fromEntries(found.filter(([, what]) => what.length > 0))).toEqual(direct);
});

test("a planted one is found, also in the middle of a file", () => {
  const planted = 'const a = "Set it.";\nawait tx.query(`SELECT pg_advisory_lock($1)`);\nawait tx.query("LISTEN x");';
  expect(sessionWide(planted)).toEqual(["a session's advisory lock", "LISTEN"]);
});

function sessionWide(source: string): string[] {
  const literals = source.match(/`(?:[^`\\]|\\.)*`|"(?:[^"\\\n]|\\.)*"/g) ?? [];
  const statements = literals
    .map((text) => text.slice(1, -1))
    .filter((text) => /^\s*(?:--[^\n]*\n\s*)*[A-Z]{3,}\b/.test(text));
  return [...new Set(statements.map(needsSession).filter((what) => what !== null))];
}
