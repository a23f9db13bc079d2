import QuickLRU from "quick-lru";
import type { Origin } from "#domain/audit/origin.ts";
import { recordAct } from "#server/audit/index.ts";
import type { Database } from "#server/db/database.ts";
import type { SignedIn } from "./context.ts";

const mostAddresses = 100;
const forgottenAfterDays = 90;

interface TokenUse {
  readonly actor: string;
  readonly caller: SignedIn;
  readonly from: Origin;
}

/**
 * Records when a token is used from an address for the first time. What this process has seen costs a look in memory, and nothing waits
 * for the rest. Of a token 100 addresses are remembered; when they are used up, those of more than 90 days ago make room, or no more are.
 */
export function createAddressNotice(database: Database, onFailed?: (error: unknown) => void): (use: TokenUse) => void {
  const seen = new QuickLRU<string, true>({ maxSize: 10_000 });
  return (use) => {
    const { caller, from } = use;
    if (caller.kind === "person" || from.address === null) return;
    const token = caller.kind === "token" ? caller.tokenId : "admin";
    const key = `${token} ${from.address}`;
    if (seen.has(key)) return;
    seen.set(key, true);
    remember(database, { ...use, token, address: from.address }).catch((error: unknown) => {
      seen.delete(key);
      onFailed?.(error);
    });
  };
}

async function remember(database: Database, use: TokenUse & { token: string; address: string }): Promise<void> {
  const { token, address } = use;
  const known = await database.prisma.tokenAddress.findUnique({ where: { token_address: { token, address } } });
  if (known) return;
  await database.transaction(async (tx) => {
    if ((await tx.prisma.tokenAddress.count({ where: { token } })) >= mostAddresses) {
      const { rowCount } = await tx.query(
        "DELETE FROM token_address WHERE token = $1 AND first_seen_at < clock_timestamp() - make_interval(days => $2)",
        [token, forgottenAfterDays],
      );
      if (rowCount === 0) return;
    }
    const { rowCount } = await tx.query(
      // another process may have been first
      "INSERT INTO token_address (token, address) VALUES ($1, $2) ON CONFLICT DO NOTHING",
      [token, address],
    );
    if (rowCount === 1) await recordAct(tx, use, { act: "token.used_from_new_address", name: use.actor });
  });
}
