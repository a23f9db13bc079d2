export interface SealedTable {
  readonly table: string;
  /** The primary key, which the values are bound to. */
  readonly key: string;
  readonly columns: readonly string[];
  /** If no key opens a value any more: what Tidemark can do without, or make again. */
  readonly expendable: "row" | readonly string[];
  /** Which rows are the newest; created_at if left out. */
  readonly newestBy?: string;
  /** Columns that mean nothing without it. */
  readonly alongside?: readonly string[];
  /** What to do about it otherwise. */
  readonly remedy: string;
}

const byDropping = "`npx tidemark secrets rotate --drop-lost` drops it";

/** Everything in the database that Tidemark must be able to read again and no one else may. Hashes of tokens and cookies are not. */
export const sealedTables: readonly SealedTable[] = [
  {
    table: "subscription",
    key: "id",
    columns: ["secret", "previous_secret"],
    expendable: ["previous_secret"],
    alongside: ["previous_secret_until"],
    remedy:
      "its messages wait; rotate the webhook's secret on its consumer's page and give the new one to the receiver",
  },
  {
    table: "deployment_hook",
    key: "name",
    columns: ["secret", "previous_secret"],
    newestBy: "updated_at",
    expendable: ["previous_secret"],
    alongside: ["previous_secret_until"],
    remedy:
      "its deliveries are refused; rotate the hook's secret on its page and enter the new one at the release tool",
  },
  {
    table: "secret_key",
    key: "name",
    columns: ["secret"],
    expendable: "row",
    remedy: `${byDropping}, and browsers sign in again`,
  },
  {
    table: "session",
    key: "id",
    columns: ["oidc_id_token"],
    expendable: ["oidc_id_token"],
    remedy: `${byDropping}; the session goes on without it`,
  },
];
