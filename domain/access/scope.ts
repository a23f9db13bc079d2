/** What a token may do; `admin` includes all. */
export const scopes = ["ingest", "read", "respond", "write", "admin"] as const;
export type Scope = (typeof scopes)[number];
