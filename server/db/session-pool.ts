import pg from "pg";
import { Session, type SessionOptions } from "./session.ts";

export interface SessionPoolOptions extends Pick<SessionOptions, "work" | "heartbeat" | "pooled"> {
  applicationName: string;
  maxConnections: number;
  /** How long a statement waits for one of them, or for the server to accept one. */
  waitMs?: number | undefined;
  types?: pg.CustomTypesConfig;
}

const connectMs = 10_000;

/** A pool of sessions. It connects at the first statement; a broken connection is replaced. */
export function openSessionPool(url: string, options: SessionPoolOptions): pg.Pool {
  const { work, heartbeat, pooled = false, applicationName, maxConnections, types } = options;
  const config: pg.PoolConfig & Pick<SessionOptions, "work" | "heartbeat" | "pooled"> = {
    connectionString: url,
    application_name: applicationName,
    max: maxConnections,
    connectionTimeoutMillis: options.waitMs ?? connectMs,
    Client: Session as unknown as pg.PoolConfig["Client"],
    work,
    pooled,
    ...(heartbeat === undefined ? {} : { heartbeat }),
    ...(types === undefined ? {} : { types }),
  };
  const pool = new pg.Pool(config);
  // The pool replaces an idle connection that breaks; the next statement reports a lasting failure.
  pool.on("error", () => undefined);
  return pool;
}
