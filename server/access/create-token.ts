import { randomUUID } from "node:crypto";
import type { Scope } from "#domain/access/scope.ts";
import type { WithDates } from "#domain/api/shared.ts";
import type { TokenJson } from "#domain/api/tokens.ts";
import { recordAct } from "#server/audit/index.ts";
import { Invalid } from "#server/errors.ts";
import { lockActorNames, refuseTokenName } from "./actor-names.ts";
import { type Call, type IngestLimits, requireScope } from "./context.ts";
import { hashToken, mintToken } from "./token.ts";
import { factsOfToken } from "./token-facts.ts";

export interface TokenRequest extends IngestLimits {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date | null;
  /** Who answers for it; null: whoever creates it. */
  readonly owner: string | null;
  /** Whose event types, rules, channels and consumers it may change; those without an owner it may always change. Empty: no limit. */
  readonly teams: readonly string[];
}

/** A token as listed: without its secret. */
export type TokenInfo = WithDates<
  TokenJson,
  "createdAt" | "expiresAt" | "rotatedAt" | "previousUntil" | "revokedAt" | "lastUsedAt"
>;

/** Creates a token. Only this response contains `token`: the database stores its hash. */
export async function createToken({ ctx, input }: Call<TokenRequest>): Promise<TokenInfo & { token: string }> {
  requireScope(ctx, "admin");
  const now = ctx.clock.now();
  if (input.expiresAt && input.expiresAt <= now) {
    const detail = `must be later than now, which is ${now.toISOString()}`;
    throw new Invalid("The token would already be expired.", [{ pointer: "/expiresAt", detail }]);
  }
  if (
    input.datacenters.length + input.eventTypes.length > 0 &&
    !input.scopes.some((scope) => scope === "ingest" || scope === "write")
  ) {
    const detail = "must include ingest or write: datacenters and eventTypes limit what a token may ingest or change";
    throw new Invalid("The limits would have no effect.", [{ pointer: "/scopes", detail }]);
  }
  if (input.teams.length > 0 && (!input.scopes.includes("write") || input.scopes.includes("admin"))) {
    const detail =
      "must include write and not admin: teams limit what a token may change, and an administrator's token is not limited";
    throw new Invalid("The limit to teams would have no effect.", [{ pointer: "/scopes", detail }]);
  }
  const token = mintToken();
  const info: TokenInfo = {
    id: randomUUID(),
    name: input.name,
    scopes: [...new Set(input.scopes)],
    createdAt: now,
    createdBy: ctx.actor,
    owner: input.owner ?? ctx.actor,
    teams: [...new Set(input.teams)],
    expiresAt: input.expiresAt,
    rotatedAt: null,
    previousUntil: null,
    revokedAt: null,
    revokedBy: null,
    lastUsedAt: null,
    datacenters: [...input.datacenters],
    eventTypes: [...input.eventTypes],
  };
  await ctx.database.transaction(async (tx) => {
    await lockActorNames(tx);
    const refused = await refuseTokenName(tx, input.name);
    if (refused !== null) throw new Invalid(refused, [{ pointer: "/name", detail: refused }]);
    await tx.prisma.apiToken.create({ data: { ...info, hash: hashToken(token) } });
    await recordAct(tx, ctx, { act: "token.created", name: info.name, after: factsOfToken(info) });
  });
  return { ...info, token };
}
