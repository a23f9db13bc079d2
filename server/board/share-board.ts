import type { Context } from "#server/access/index.ts";
import type { Database } from "#server/db/database.ts";
import { type BoardNow, takeBoard } from "./take-board.ts";

/** The reading under way, and the one that begins when it ends. */
interface Readings {
  running: Promise<BoardNow>;
  next: Promise<BoardNow> | null;
}

const ofDatabase = new WeakMap<Database, Readings>();

/**
 * A board that was read after it was asked for. All who ask while one is read get the next, together: however many look on, one
 * is read at a time, and nobody is shown what was so before.
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
  const running = takeBoard(ctx);
  const readings: Readings = { running, next: null };
  ofDatabase.set(ctx.database, readings);
  const end = () => {
    if (ofDatabase.get(ctx.database) === readings && !readings.next) ofDatabase.delete(ctx.database);
  };
  running.then(end, end);
  return running;
}
