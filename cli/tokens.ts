import { alignColumns } from "#domain/align-columns.ts";
import type { StatusJson } from "#domain/api/board.ts";
import type { Scope } from "#server/access/index.ts";
import { callApi } from "./call-api.ts";
import { findConnection } from "./connection.ts";

interface Token {
  readonly id: string;
  readonly name: string;
  readonly scopes: string[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly datacenters: readonly string[];
  readonly eventTypes: readonly string[];
}

export interface NewToken extends Token {
  readonly token: string;
}

export async function createToken(options: {
  name: string;
  scopes: readonly Scope[];
  expiresSeconds: number | null;
  datacenters: readonly string[];
  eventTypes: readonly string[];
}): Promise<NewToken> {
  const connection = await findConnection();
  let expiresAt: string | null = null;
  if (options.expiresSeconds !== null) {
    // By the product's clock, which decides expiry: in a drill it differs from this machine's.
    const { now } = await callApi<StatusJson>(connection, "/status");
    expiresAt = new Date(Date.parse(now) + options.expiresSeconds * 1000).toISOString();
  }
  const { expiresSeconds: _, ...asked } = options;
  const body = JSON.stringify({ ...asked, expiresAt });
  return callApi<NewToken>(connection, "/tokens", { method: "POST", body });
}

export async function listTokens(): Promise<Token[]> {
  const connection = await findConnection();
  const tokens: Token[] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: Token[]; nextCursor: string | null } = await callApi(connection, `/tokens?limit=500${more}`);
    tokens.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return tokens;
}

export async function revokeToken(id: string): Promise<void> {
  await callApi(await findConnection(), `/tokens/${encodeURIComponent(id)}`, { method: "DELETE" });
}

/** One line per token, in columns. */
export function writeTokens(tokens: readonly Token[]): string[] {
  if (tokens.length === 0) return ["There are no tokens yet. `npx tidemark token create` makes one."];
  const day = (instant: string | null, otherwise: string) => instant?.slice(0, 16).replace("T", " ") ?? otherwise;
  const rows = tokens.map((token) => [
    token.id,
    token.name,
    token.scopes.join(","),
    token.datacenters.join(",") || "all",
    token.eventTypes.join(",") || "all",
    day(token.createdAt, ""),
    token.revokedAt ? "revoked" : day(token.expiresAt, "never"),
    day(token.lastUsedAt, "never"),
  ]);
  return alignColumns([
    ["ID", "NAME", "SCOPES", "DATACENTERS", "EVENT TYPES", "CREATED", "EXPIRES", "LAST USED"],
    ...rows,
  ]);
}
