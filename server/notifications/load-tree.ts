import { routingTreeName } from "#domain/catalogue.ts";
import { defaultRoutingTree, parseRoutingTree, type RoutingTree } from "#domain/routing.ts";
import type { Sql } from "#server/db/database.ts";

/** Read with every change of an alert, and changed a few times a year: what was read from the same text stands. */
let read: { text: string; tree: RoutingTree } | null = null;

/**
 * The stored tree, else the one that comes with the product. One that this version cannot read, which applying it would have
 * refused, throws: to send pages by another tree would be to send them to the wrong people.
 */
export async function loadTree(sql: Sql): Promise<RoutingTree> {
  // By its name: a row of another, which applying refuses, sends no page.
  const { rows } = await sql.query<{ text: string }>("SELECT spec::text AS text FROM routing_tree WHERE name = $1", [
    routingTreeName,
  ]);
  const text = rows[0]?.text;
  if (text === undefined) return defaultRoutingTree;
  if (read?.text === text) return read.tree;
  const parsed = parseRoutingTree(JSON.parse(text));
  if (!parsed.ok) {
    const faults = parsed.faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join("; ");
    throw new Error(`The stored routing tree cannot be used: ${faults}. Apply it again.`);
  }
  read = { text, tree: parsed.spec };
  return parsed.spec;
}
