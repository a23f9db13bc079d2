/** What a token may do; `admin` may do all of it. */
export const scopes = ["ingest", "read", "respond", "write", "admin"] as const;
export type Scope = (typeof scopes)[number];
