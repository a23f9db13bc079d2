import type { z } from "zod";

/** The names of a list's items. Each that is there again is a fault of its own. */
export function uniqueNames(
  list: readonly { readonly name: string }[],
  field: string,
  context: z.RefinementCtx,
): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const [index, { name }] of list.entries()) {
    if (seen.has(name)) {
      const message = `must have a unique name; found "${name}" again`;
      context.addIssue({ code: "custom", path: [field, index, "name"], message });
    }
    seen.add(name);
  }
  return seen;
}
