import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { readRuntime } from "#server/process/runtime-file.ts";
import type { Product } from "#test/product/start-product.ts";

/** `tidemark apply`, and as if that had been done a day ago: hours that ended before the claim do not page. */
export async function applyYesterday(product: Product, yaml: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-bench-page-"));
  try {
    await writeFile(join(folder, "bench.yaml"), yaml);
    await product.tidemark("apply", "-f", join(folder, "bench.yaml"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const runtime = await readRuntime(product.dataFolder);
  const client = new pg.Client({ connectionString: runtime?.databaseUrl ?? "" });
  await client.connect();
  try {
    await client.query("UPDATE event_type SET claimed_at = claimed_at - interval '1 day' WHERE owner = 'paged'");
  } finally {
    await client.end();
  }
}
