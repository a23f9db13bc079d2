import { afterAll, beforeAll, expect, test } from "vitest";
import { markSent, recordAct, takeMessage } from "#server/audit/index.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { checkAuditStream } from "./check-audit-stream.ts";

let scratch: TestDatabase;
beforeAll(async () => {
  scratch = await createTestDatabase();
});
afterAll(() => scratch.drop());

const look = async (isSet: boolean) =>
  (await checkAuditStream(scratch.database, isSet)).map(({ verdict, sentence }) => `${verdict}: ${sentence}`);

test("doctor says whether the audit log's webhook keeps up", async () => {
  const { database } = scratch;
  expect(await look(false)).toEqual([]);
  expect(await look(true)).toEqual([expect.stringContaining("nothing was sent yet")]);
  await database.transaction((tx) => recordAct(tx, { actor: "Ada Lind" }, { act: "tier.changed", name: "high" }));
  const message = await takeMessage(database);
  expect(await look(true)).toEqual([expect.stringMatching(/^ok: Audit log/)]);
  // The log refuses changes: a trigger that rests for this statement makes its entry 12 minutes old.
  await database.sql.query("ALTER TABLE audit_entry DISABLE TRIGGER USER");
  await database.sql.query("UPDATE audit_entry SET at = clock_timestamp() - interval '12 min'");
  await database.sql.query("ALTER TABLE audit_entry ENABLE TRIGGER USER");
  expect(await look(true)).toEqual([expect.stringMatching(/^bad: .* has not accepted is 12 min old\./)]);
  await markSent(database.sql, message as NonNullable<typeof message>);
  expect(await look(true)).toEqual([expect.stringMatching(/^ok: Audit log/)]);
  expect(await look(false)).toEqual([expect.stringMatching(/^note: .* is not set now/)]);
});
