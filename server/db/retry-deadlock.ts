import { sqlStateOf } from "./database-errors.ts";

const attempts = 5;

/**
 * Runs `work` again when its transaction was rolled back as one of a deadlock. One PostgreSQL has none, because rows are locked in one
 * order everywhere. On Citus two writers may still hold one shard each and wait for the other.
 */
export async function retryDeadlock<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (sqlStateOf(error) !== "40P01" || attempt === attempts) throw error;
    }
  }
}
