import { join } from "node:path";
import type { RoutesTestJson } from "#domain/api/routing.ts";
import { explainRoutes, type Labels } from "#domain/routing.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { Invalid } from "#server/errors.ts";
import { TooMuchWork, WorkThread } from "#server/process/work-thread.ts";
import type { DraftQuestion, DraftReading } from "./explain-draft.ts";
import { loadTree } from "./load-tree.ts";

export interface RoutesTest {
  readonly labels: Labels;
  /** A draft's spec, instead of the stored tree. */
  readonly tree?: unknown;
}

// The product runs from its repository; a bundler must not look for the file.
const thread = new WorkThread<DraftQuestion, DraftReading>({
  file: join(process.cwd(), "server/notifications/explain-draft-thread.ts"),
  withinMs: 5_000,
  mostWaiting: 16,
  advice: "Use fewer or shorter expressions, or shorter labels.",
});

/** Where an alert with these labels would go. A draft is a person's work in progress, and what it costs is not known before: it needs `respond`. */
export async function testRoutes({ ctx, input }: Call<RoutesTest>): Promise<RoutesTestJson> {
  requireScope(ctx, input.tree === undefined ? "read" : "respond");
  const { labels, tree } = input;
  const now = ctx.clock.now();
  if (tree === undefined) return explainRoutes(await loadTree(ctx.database.sql), labels, now);
  const read = await thread.run({ tree, labels, now }).catch(refuseWork);
  if (read.ok) return read.found;
  const faults = read.faults.map(({ pointer, detail }) => ({ pointer: `/tree${pointer}`, detail }));
  throw new Invalid("The tree cannot be used.", faults);
}

function refuseWork(error: unknown): never {
  if (error instanceof TooMuchWork)
    throw new Invalid("The tree cannot be tested.", [{ pointer: "/tree", detail: error.message }]);
  throw error;
}
