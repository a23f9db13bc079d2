import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HourStory } from "#test/hour-story.ts";
import { type NotifyProcess, startWorker } from "#test/notify-process.ts";
import { rollUpAll } from "#test/slo.ts";
import { type SmtpReceiver, startSmtpReceiver } from "#test/smtp-receiver.ts";
import { until } from "#test/until.ts";

// The processes, PostgreSQL and the mail server are real. October and November 2026 are frozen, and no one was notified yet.
const undo: (() => Promise<unknown>)[] = [];
const env = { TIDEMARK_PUBLIC_URL: "https://tidemark.example.com", TIDEMARK_CLOCK: "2026-12-03T01:10:00Z 1x" };
let story: HourStory;
let smtp: SmtpReceiver;

beforeEach(async () => {
  smtp = await startSmtpReceiver();
  undo.push(() => smtp.stop());
  story = await HourStory.begin({ now: "2026-10-05T00:30:00Z", activeFrom: "2026-10-05T01:00:00Z" });
  undo.push(() => story.end());
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function channels(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const smtpAt = { host: "127.0.0.1", port: smtp.port, tls: "none" };
    const body = { type: "email", to: ["managers@example.com"], smtp: smtpAt, monthlyDigest: true };
    await story.api.call("PUT", `/api/v1/channels/managers-${index}`, { body });
  }
  await story.at("2026-12-03T00:00:00Z");
  await rollUpAll(story);
}

function start(worker: "notify" | "maintain"): NotifyProcess {
  const process = startWorker(worker, story.test.url, env);
  undo.push(() => process.kill());
  return process;
}

async function untilSent(count: number): Promise<void> {
  await until(`${count} digests are sent`, async () => {
    const { rows } = await story.test.database.sql.query<{ state: string }>("SELECT state FROM delivery");
    return (rows.length === count && rows.every(({ state }) => state === "sent")) || JSON.stringify(rows);
  });
}

/** What any of them would send again is sent by then. */
async function untilAllLookedAgain(processes: number): Promise<void> {
  const { sql } = story.test.database;
  const { rows } = await sql.query<{ now: Date }>("SELECT clock_timestamp() AS now");
  await until("every process reported, and digests and messages to send were looked for again", async () => {
    const { rows: turns } = await sql.query<object>(
      `SELECT count(DISTINCT instance) FILTER (WHERE reported_at > $1)::int AS processes,
              count(*) FILTER (WHERE turn = 'send-notifications' AND completed_at > $1)::int AS notifying,
              bool_or(turn = 'digests' AND completed_at > $1) AS digests
         FROM worker_turn`,
      [rows[0]?.now],
    );
    const wanted = JSON.stringify([{ processes, notifying: processes / 2, digests: true }]);
    return JSON.stringify(turns) === wanted || JSON.stringify(turns);
  });
}

const keys = () => smtp.mails.map((mail) => mail.header("X-Tidemark-Dedup-Key") ?? "");

test("two of every worker that start at the same moment send each month once to each channel", async () => {
  await channels(3);
  for (const worker of ["maintain", "maintain", "notify", "notify"] as const) start(worker);
  await untilSent(6);
  await untilAllLookedAgain(4);
  expect(keys().sort()).toEqual(
    ["2026-10", "2026-11"].flatMap((month) => [0, 1, 2].map((index) => `tidemark-digest-${month}-managers-${index}`)),
  );
});

test("a worker that dies after the mail server took a mail, and before that is written, sends the same message again", async () => {
  await channels(1);
  let first = start("notify");
  smtp.onMail(async () => {
    smtp.onMail(() => null);
    await first.kill();
    first = start("notify");
    return null;
  });
  start("maintain");
  await untilSent(2);
  // Mail systems drop what they had already by its Message-ID.
  const ids = smtp.mails.map((mail) => mail.header("Message-ID"));
  expect(ids.filter((id) => id === ids[0])).toHaveLength(2);
  expect(new Set(ids).size).toBe(2);
  expect(new Set(keys()).size).toBe(2);
});

test("workers killed again and again while they decide and send: no month is lost, and none is decided twice", async () => {
  await channels(8);
  start("notify");
  for (let round = 0; round < 8; round += 1) {
    const [maintain, notify] = [start("maintain"), start("notify")];
    await sleep(500 + 150 * round);
    await Promise.all([maintain.kill(), notify.kill()]);
  }
  start("maintain");
  await untilSent(16);
  expect(new Set(keys()).size).toBe(16);
  const { rows } = await story.test.database.sql.query(
    "SELECT delivery_id FROM slo_digest WHERE delivery_id IS NOT NULL",
  );
  expect(rows).toHaveLength(16);
});
