// Public API of backup: the database in one file, and back, with PostgreSQL's own programs.

export { createBackup } from "./create-backup.ts";
export type { Manifest } from "./manifest.ts";
export { refuseDistributed } from "./open-server.ts";
export { restoreBackup } from "./restore-backup.ts";
