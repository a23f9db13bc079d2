import type { RoutesTestJson } from "#domain/api/routing.ts";
import { explainRoutes, type Labels, parseRoutingTree } from "#domain/routing.ts";

export interface DraftQuestion {
  readonly tree: unknown;
  readonly labels: Labels;
  readonly now: Date;
}

export type DraftReading =
  | { readonly ok: true; readonly found: RoutesTestJson }
  | { readonly ok: false; readonly faults: readonly { pointer: string; detail: string }[] };

/** Where a draft of the routing tree sends labels. Plain data in and out, which crosses threads. */
export function explainDraft({ tree, labels, now }: DraftQuestion): DraftReading {
  const parsed = parseRoutingTree(tree);
  return parsed.ok
    ? { ok: true, found: explainRoutes(parsed.spec, labels, now) }
    : { ok: false, faults: parsed.faults };
}
