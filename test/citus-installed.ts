import { existsSync } from "node:fs";

/** Citus in Debian's PostgreSQL 15. Nothing fetches it: no package has it. */
export const hasCitus = existsSync("/usr/share/postgresql/15/extension/citus.control");
export const needsCitus = { meta: { needs: "Citus in Debian's PostgreSQL 15 (CONTRIBUTING.md says how)" } };
