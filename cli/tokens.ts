import { alignColumns } from "#domain/align-columns.ts";
import type { components } from "#domain/api/paths.ts";
import { ask, askAll } from "./call-api.ts";

type Token = components["schemas"]["Token"];

export async function createToken({
  expiresSeconds,
  ...asked
}: Pick<components["schemas"]["TokenRequest"], "name" | "scopes" | "owner" | "teams" | "datacenters" | "eventTypes"> & {
  expiresSeconds: number | null;
}) {
  let expiresAt: string | null = null;
  if (expiresSeconds !== null) {
    // By the product's clock, which decides expiry: in a drill it differs from this machine's.
    const { now } = await ask((api) => api.GET("/status"));
    expiresAt = new Date(Date.parse(now) + expiresSeconds * 1000).toISOString();
  }
  return ask((api) => api.POST("/tokens", { body: { ...asked, expiresAt } }));
}

export function listTokens(): Promise<Token[]> {
  return askAll((api, query) => api.GET("/tokens", { params: { query } }));
}

export function rotateToken(id: string, overlap: string) {
  return ask((api) => api.POST("/tokens/{id}/rotate", { params: { path: { id } }, body: { overlap } }));
}

export async function revokeToken(id: string): Promise<void> {
  await ask((api) => api.DELETE("/tokens/{id}", { params: { path: { id } } }));
}

/** One line per token, in columns. */
export function writeTokens(tokens: readonly Token[]): string[] {
  if (tokens.length === 0) return ["No tokens. `npx tidemark token create` creates one."];
  const day = (instant: string | null, otherwise: string) => instant?.slice(0, 16).replace("T", " ") ?? otherwise;
  const rows = tokens.map((token) => [
    token.id,
    token.name,
    token.scopes.join(","),
    token.datacenters.join(",") || "all",
    token.eventTypes.join(",") || "all",
    day(token.createdAt, ""),
    token.revokedBy ? `revoked by ${token.revokedBy}` : token.revokedAt ? "revoked" : day(token.expiresAt, "never"),
    day(token.lastUsedAt, "never"),
    token.teams.join(",") || "all",
    token.owner,
  ]);
  return alignColumns([
    ["ID", "NAME", "SCOPES", "DATACENTERS", "EVENT TYPES", "CREATED", "EXPIRES", "LAST USED", "TEAMS", "OWNER"],
    ...rows,
  ]);
}
