import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";

/** Limit on a document's nodes after expanding every alias: more would take seconds to check, or exhaust memory. */
export const maxExpandedNodes = 500_000;
/** Deeper is no catalogue, and would overflow the stack. */
export const maxDepth = 100;

/** A document that cannot be read as a value: what is wrong, and where in the text. */
export class Unexpandable extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

interface Expanded {
  readonly value: unknown;
  /** Its nodes and all nested ones, aliases expanded. */
  readonly nodes: number;
}

/**
 * The document's value, with merge keys (`<<`). An anchor's value is built once and shared by its aliases, so ten thousand aliases of one
 * anchor cost no more than ten thousand nodes; their expanded size is counted and limited. Throws Unexpandable.
 */
export function expandDocument(document: Document): unknown {
  const anchors = new Map<string, Expanded | null>();
  return expand(document.contents as Node | null, anchors, 0).value;
}

function expand(node: Node | null, anchors: Map<string, Expanded | null>, depth: number): Expanded {
  const offset = node?.range?.[0] ?? 0;
  if (depth > maxDepth) throw new Unexpandable(`is nested more than ${maxDepth} levels deep`, offset);
  if (isAlias(node)) {
    const named = anchors.get(node.source);
    if (named) return named;
    const why = named === null ? "refers to itself" : "has no anchor before it";
    throw new Unexpandable(`alias *${node.source} ${why}`, offset);
  }
  const anchor = node && "anchor" in node ? (node.anchor as string | undefined) : undefined;
  // null while read: an alias inside would never end.
  if (anchor !== undefined) anchors.set(anchor, null);
  const expanded = expandValue(node, anchors, depth);
  bound(expanded.nodes, offset);
  if (anchor !== undefined) anchors.set(anchor, expanded);
  return expanded;
}

function bound(nodes: number, offset: number): void {
  if (nodes <= maxExpandedNodes) return;
  const limit = maxExpandedNodes.toLocaleString("en-US");
  const message = `has more than ${limit} values once its aliases are expanded. Split it, or nest fewer aliases`;
  throw new Unexpandable(message, offset);
}

function expandValue(node: Node | null, anchors: Map<string, Expanded | null>, depth: number): Expanded {
  if (isSeq(node)) {
    let nodes = 1;
    const value = node.items.map((item) => {
      const each = expand(isPair(item) ? null : (item as Node | null), anchors, depth + 1);
      nodes += each.nodes;
      bound(nodes, node.range?.[0] ?? 0);
      return each.value;
    });
    return { value, nodes };
  }
  if (isMap(node)) return mapOf(node, anchors, depth);
  return { value: isScalar(node) ? node.value : null, nodes: 1 };
}

function mapOf(map: YAMLMap, anchors: Map<string, Expanded | null>, depth: number): Expanded {
  const own: [string, unknown][] = [];
  const merged: [string, unknown][] = [];
  const keys = new Set<string>();
  let nodes = 1;
  for (const pair of map.items as Pair<Node | null, Node | null>[]) {
    const key = keyOf(pair.key, anchors);
    const { value, nodes: below } = expand(pair.value, anchors, depth + 1);
    nodes += 1 + below;
    // Check before merging: a merge copies, an alias shares.
    bound(nodes, pair.key?.range?.[0] ?? 0);
    if (key === "<<") merged.push(...mergedEntries(value, pair));
    else {
      if (keys.has(key)) throw new Unexpandable(`has the key "${key}" twice`, pair.key?.range?.[0] ?? 0);
      keys.add(key);
      own.push([key, value]);
    }
  }
  // The first value for a key wins: the map's own, then the merged ones in order.
  return { value: Object.fromEntries([...merged.reverse(), ...own]), nodes };
}

function keyOf(key: Node | null, anchors: Map<string, Expanded | null>): string {
  const value = isAlias(key) ? anchors.get(key.source)?.value : isScalar(key) ? key.value : undefined;
  if (value === null || value === undefined || typeof value === "object") {
    throw new Unexpandable("has a key that is not a string", key?.range?.[0] ?? 0);
  }
  if (isScalar(key) && key.anchor !== undefined) anchors.set(key.anchor, { value, nodes: 1 });
  return String(value);
}

function mergedEntries(value: unknown, pair: Pair<Node | null, Node | null>): [string, unknown][] {
  const sources = Array.isArray(value) ? value : [value];
  if (sources.some((source) => typeof source !== "object" || source === null || Array.isArray(source))) {
    throw new Unexpandable("merges (<<) a value that is not a map", pair.key?.range?.[0] ?? 0);
  }
  return sources.flatMap((source) => Object.entries(source as object));
}
