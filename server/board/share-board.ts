import type { Context } from "#server/access/index.ts";
import type { Database } from "#server/db/database.ts";
import { type BoardNow, readBoardNow } from "./read-board-now.ts";

/** The reading in progress, and the one after it. */
interface Readings {
  running: Promise<BoardNow>;
  next: Promise<BoardNow> | null;
}

const ofDatabase = new WeakMap<Database, Readings>();

/**
 * A board read after the request. Requests during a reading share the next one: however many there are, one
 * reading runs at a time, and no request gets older data.
 */
export function shareBoard(ctx: Context): Promise<BoardNow> {
  const readings = ofDatabase.get(ctx.database);
  if (!readings) return begin(ctx);
  readings.next ??= readings.running.then(
    () => begin(ctx),
    () => begin(ctx),
  );
  return readings.next;
}

function begin(ctx: Context): Promise<BoardNow> {
  const running = readBoardNow(ctx);
  const readings: Readings = { running, next: null };
  ofDatabase.set(ctx.database, readings);
  const end = () => {
    if (ofDatabase.get(ctx.database) === readings && !readings.next) ofDatabase.delete(ctx.database);
  };
  running.then(end, end);
  return running;
}
