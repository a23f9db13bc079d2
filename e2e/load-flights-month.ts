import pg from "pg";
import { openDatabase } from "#server/db/database.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { loadJanuary } from "#test/load-january.ts";

/** A second database beside a product's, with the whole month of flights in it: returns its URL. */
export async function loadFlightsMonth(productUrl: string): Promise<string> {
  const url = new URL(productUrl);
  url.pathname = "/flights_month";
  const admin = new pg.Client({ connectionString: productUrl });
  await admin.connect();
  await admin.query("CREATE DATABASE flights_month");
  await admin.end();
  await migrateDatabase(url.href);
  const database = openDatabase(url.href, { applicationName: "tidemark e2e flights month" });
  await loadJanuary(database);
  await database.close();
  return url.href;
}
