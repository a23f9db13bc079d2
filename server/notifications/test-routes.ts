import type { RoutesTestJson } from "#domain/api/routing.ts";
import { explainRoutes, type Labels, parseRoutingTree, type RoutingTree } from "#domain/routing.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { Invalid } from "#server/errors.ts";
import { loadTree } from "./load-tree.ts";

export interface RoutesTest {
  readonly labels: Labels;
  /** A draft's spec, instead of the stored tree. */
  readonly tree?: unknown;
}

/** Where an alert with these labels would go. */
export async function testRoutes({ ctx, input }: Call<RoutesTest>): Promise<RoutesTestJson> {
  requireScope(ctx, "read");
  const tree = input.tree === undefined ? await loadTree(ctx.database.sql) : readDraft(input.tree);
  return explainRoutes(tree, input.labels, ctx.clock.now());
}

function readDraft(spec: unknown): RoutingTree {
  const parsed = parseRoutingTree(spec);
  if (parsed.ok) return parsed.spec;
  const faults = parsed.faults.map(({ pointer, detail }) => ({ pointer: `/tree${pointer}`, detail }));
  throw new Invalid("The tree cannot be used.", faults);
}
