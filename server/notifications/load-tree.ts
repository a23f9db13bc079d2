import { routingTreeName } from "#domain/catalogue.ts";
import { defaultRoutingTree, parseStoredTree, type RoutingTree } from "#domain/routing.ts";
import type { Sql } from "#server/db/database.ts";

/** Read with every alert change but rarely changed: the parsed tree is cached by its text, which only SQL returns unparsed. */
let read: { text: string; tree: RoutingTree } | null = null;

/**
 * The stored tree, else the built-in one. Throws if this version cannot read the stored tree, although applying
 * refuses such trees: another tree would page the wrong people.
 */
export async function loadTree(sql: Sql): Promise<RoutingTree> {
  // By name: a row of another name, which applying refuses, is ignored.
  const { rows } = await sql.query<{ text: string }>("SELECT spec::text AS text FROM routing_tree WHERE name = $1", [
    routingTreeName,
  ]);
  const text = rows[0]?.text;
  if (text === undefined) return defaultRoutingTree;
  if (read?.text === text) return read.tree;
  const parsed = parseStoredTree(JSON.parse(text));
  if (!parsed.ok) {
    const faults = parsed.faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join("; ");
    throw new Error(`The stored routing tree is invalid: ${faults}. Apply it again.`);
  }
  read = { text, tree: parsed.spec };
  return parsed.spec;
}
