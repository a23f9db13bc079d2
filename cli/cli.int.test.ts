import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimForTest } from "#test/catalogue.ts";
import { commandEnv } from "#test/command-env.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { outputOf } from "#test/output-of.ts";
import { type ServedApi, serveApi } from "#test/serve-api.ts";
import { openTestApi, type TestApi, testAdminToken } from "#test/test-api.ts";

let test: TestDatabase;
let api: TestApi;
let server: ServedApi;
let folder: string;
let onRequest = () => {};

beforeEach(async () => {
  test = await createTestDatabase();
  api = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z") });
  server = await serveApi(api.fetch, () => onRequest());
  folder = await mkdtemp(join(tmpdir(), "tidemark-cli-"));
});
afterEach(async () => {
  await server.stop();
  await api.close();
  await test.drop();
  await rm(folder, { recursive: true });
});

const main = join(import.meta.dirname, "main.ts");

function start(args: string[], env: Record<string, string> = {}): ChildProcess {
  const settings = { TIDEMARK_URL: server.url, TIDEMARK_TOKEN: testAdminToken, TIDEMARK_DATA_DIR: folder };
  return spawn(process.execPath, [main, ...args], { cwd: folder, env: commandEnv({ ...settings, ...env }) });
}

async function run(args: string[], options: { env?: Record<string, string>; input?: string } = {}) {
  const child = start(args, options.env);
  child.stdin?.end(options.input ?? "");
  return outputOf(child);
}

const eventType = (name: string, spec = "") =>
  `apiVersion: tidemark/v1\nkind: EventType\nmetadata: { name: ${name} }\nspec: { owner: music, tier: high, ${spec} }\n`;

describe("apply", () => {
  it("applies a folder with all below it in one go, then has nothing to change", async () => {
    const catalog = join(folder, "catalog");
    await mkdir(join(catalog, "types"), { recursive: true });
    await writeFile(
      join(catalog, "types/end-song.yaml"),
      `${eventType("EndSong", "datacenters: [ams]")}---\n${eventType("Skip")}`,
    );
    await writeFile(
      join(catalog, "ams.json"),
      JSON.stringify(
        { apiVersion: "tidemark/v1", kind: "Datacenter", metadata: { name: "ams" }, spec: {} },
        null,
        "\t",
      ),
    );
    await writeFile(join(catalog, "notes.txt"), "not: [read");
    const dry = await run(["apply", "-f", "catalog", "--dry-run"]);
    expect(dry).toMatchObject({ code: 0, stderr: "" });
    expect(dry.stdout).toContain("Dry run: 3 created. Nothing was changed.");
    const first = await run(["apply", "-f", "catalog"]);
    expect(first.stdout).toContain('+ EventType EndSong\n    owner: music\n    tier: high\n    datacenters: ["ams"]\n');
    expect(first.stdout).toContain("Applied: 3 created.");
    const second = await run(["apply", "-f", "catalog"]);
    expect(second).toEqual({ code: 0, stdout: "No changes: all 3 documents match the catalogue.\n", stderr: "" });
  });

  it("shows what a field was and becomes, from the standard input", async () => {
    expect((await run(["apply", "-f", "-"], { input: eventType("Skip") })).code).toBe(0);
    const { stdout } = await run(["apply", "-f", "-", "--dry-run"], { input: eventType("Skip", "deadline: 3h") });
    expect(stdout).toContain("~ EventType Skip\n    deadline: 3h\n");
  });

  it("says what a claim does to the past before it applies it, and nothing of a claim from now on", async () => {
    const claim = (from: string) => ({ input: eventType("Skip", `activeFrom: "${from}"`) });
    const fromNow = await run(["apply", "-f", "-"], claim("2026-11-22T13:00:00Z"));
    expect(fromNow).toMatchObject({ code: 0, stderr: "" });
    const fromTheDayBefore = await run(["apply", "-f", "-"], claim("2026-11-21T13:00:00Z"));
    expect(fromTheDayBefore.stderr).toBe(
      "EventType Skip: 24 new verdicts. These hours are past: they count in service levels, which mark the type as claimed later.\n",
    );
    expect(fromTheDayBefore.stdout).toContain("Applied: 1 updated.");
    const fromNowAgain = await run(["apply", "-f", "-"], claim("2026-11-22T13:00:00Z"));
    expect(fromNowAgain.stderr).toBe("EventType Skip: 24 verdicts removed.\n");
  });

  it("names the file and line of each fault, exits 1 and applies nothing", async () => {
    await mkdir(join(folder, "faulty"));
    await writeFile(join(folder, "faulty/a.yaml"), eventType("Fine"));
    await writeFile(join(folder, "faulty/b.yaml"), `# a comment\n${eventType("Bad").replace("high", "golden")}`);
    const { code, stderr } = await run(["apply", "-f", "faulty"]);
    expect(code).toBe(1);
    expect(stderr).toContain(`${join("faulty", "b.yaml")}:5: /spec/tier must be an existing tier`);
    expect((await run(["wait", "Fine", "2026-11-22T12", "--timeout", "1s"])).code).toBe(2);
  });

  it("says what to do without a file, a token or a server", async () => {
    expect((await run(["apply", "-f", "nowhere.yaml"])).stderr).toBe('File or folder "nowhere.yaml" not found.\n');
    expect((await run(["token", "list"], { env: { TIDEMARK_TOKEN: "" } })).stderr).toContain("Set TIDEMARK_TOKEN");
    const away = await run(["token", "list"], { env: { TIDEMARK_URL: "http://127.0.0.1:1" } });
    expect(away).toMatchObject({ code: 1, stderr: expect.stringContaining("is unreachable at http://127.0.0.1:1") });
    expect((await run(["token", "list"], { env: { TIDEMARK_TOKEN: "no-token-of-theirs" } })).stderr).toContain(
      "unknown, expired or revoked",
    );
    expect((await run(["token", "list"], { env: { PORT: "many" } })).stderr).toBe(
      'PORT is "many": expected a port number from 1 to 65535.\n',
    );
  });
});

describe("token", () => {
  it("prints a token that works, lists it, rotates it and revokes it", async () => {
    const made = await run(["token", "create", "--name", "loader", "--scopes", "read,ingest", "--expires", "90d"]);
    expect(made.stderr).toContain('Token "loader" has the scopes read, ingest until 2027-02-20T13:20:00.000Z.');
    const token = made.stdout.trim();
    expect(token).toMatch(/^tm_[\w-]{43}$/);
    expect((await api.call("GET", "/api/v1/event-types", { token })).status).toBe(200);
    const listed = await run(["token", "list"]);
    expect(listed.stdout).not.toContain(token);
    const id = /^(\S+)\s+loader\s+read,ingest/m.exec(listed.stdout)?.[1] ?? "";
    const rotated = await run(["token", "rotate", id, "--overlap", "1h"]);
    expect(rotated.stderr).toContain('"loader" has a new secret; the one before works until 2026-11-22T14:20:00.000Z.');
    const secrets = [token, rotated.stdout.trim()];
    for (const each of secrets) {
      expect((await api.call("GET", "/api/v1/event-types", { token: each })).status).toBe(200);
    }
    expect((await run(["token", "revoke", id])).stdout).toBe(`${id} is revoked.\n`);
    for (const each of secrets) {
      expect((await api.call("GET", "/api/v1/event-types", { token: each })).status).toBe(401);
    }
    expect((await run(["token", "list"])).stdout).toMatch(/loader +read,ingest .* revoked by admin .* admin$/m);
    const limits = ["--datacenter", "ams-*", "--datacenter", "lon", "--event-type", "EndSong"];
    await run(["token", "create", "--name", "limited", "--scopes", "ingest", ...limits]);
    expect((await run(["token", "list"])).stdout).toMatch(/limited +ingest +ams-\*,lon +EndSong/);
    expect((await run(["token", "create", "--name", "x", "--scopes", "fly"])).stderr).toContain('"fly" is not a scope');
  });
});

describe("people and sessions", () => {
  it("invites a person by a link that signs in, lists their session, ends it, and disables them", async () => {
    expect((await run(["people"])).stdout).toBe("No people. `npx tidemark people invite` invites one.\n");
    const invited = await run(["people", "invite", "Ada Lind", "--role", "responder", "--team", "payments"]);
    expect(invited).toMatchObject({ code: 0, stderr: "" });
    const link = new URL(invited.stdout.trim().split("\n").at(-1) ?? "");
    expect(`${link.origin}${link.pathname}`).toBe(`${server.url}/sign-in/link`);
    const signIn = async (code: string) =>
      (
        await fetch(`${server.url}/api/v1/session/link`, {
          method: "POST",
          headers: { "content-type": "application/json", "user-agent": "Test\u0009Browser" },
          body: JSON.stringify({ code }),
        })
      ).status;
    expect(await signIn(link.hash.slice(1))).toBe(200);
    expect((await run(["people", "list"])).stdout).toMatch(
      /Ada Lind +responder +payments +links +20\S+ \S+ +1 +enabled/,
    );
    const listed = await run(["sessions", "--person", "Ada Lind"]);
    expect(listed.stdout).toMatch(/Ada Lind .*Test Browser/);
    expect((await run(["sessions", "end", "--person", "Ada Lind"])).stdout).toBe("1 session of Ada Lind ended.\n");
    expect((await run(["sessions"])).stdout).toBe("No browser is signed in.\n");
    expect((await run(["people", "teams", "Ada Lind", "ads", "payments"])).stdout).toBe(
      "Ada Lind is in ads, payments.\n",
    );
    expect((await run(["people", "teams", "Ada Lind"])).stdout).toBe("Ada Lind is in no team.\n");
    expect((await run(["people", "disable", "Ada Lind"])).stdout).toBe("Ada Lind is disabled.\n");
    expect(await run(["people", "link", "Ada Lind"])).toMatchObject({ code: 1, stdout: "" });
    expect((await run(["people", "enable", "Ada Lind"])).stdout).toBe("Ada Lind is enabled.\n");
    const again = new URL((await run(["people", "link", "Ada Lind"])).stdout.trim().split("\n").at(-1) ?? "");
    expect(await signIn(again.hash.slice(1))).toBe(200);
  });

  it("says what is wrong with a name, a role, and an end of nothing", async () => {
    expect((await run(["people", "invite", "Tidemark"])).stderr).toContain("Choose another one.");
    expect((await run(["people", "invite", "Ada", "--role", "owner"])).stderr).toContain(
      "viewer, responder, editor, admin",
    );
    expect((await run(["people", "disable", "Nora"])).stderr).toContain('No person is called "Nora".');
    expect((await run(["sessions", "end"])).stderr).toContain("Give either an id or --person.");
  });
});

describe("silence", () => {
  it("is previewed, created, extended, listed, edited and ended", async () => {
    const matchers = ['datacenter="ams"', 'severity=~"page|ticket"'];
    const dry = await run(["silence", "add", ...matchers, "--reason", "New switches", "--dry-run"]);
    expect(dry.stdout).toContain("It would silence 0 firing alerts.");
    const made = await run(["silence", "add", ...matchers, "--reason", "New switches", "--for", "2h"]);
    expect(made.stdout).toContain("is active and ends at 2026-11-22T15:20:00Z.");
    const id = /^Silence (\S+)/.exec(made.stdout)?.[1] ?? "";
    expect((await run(["silence", "extend", id, "--for", "1h"])).stdout).toContain("ends at 2026-11-22T16:20:00Z");
    expect((await run(["silence", "list"])).stdout).toContain("New switches");
    const recurrence = '[{weekdays: [sunday], times: [{startTime: "02:00", endTime: "04:00"}]}]';
    const edits = ["--reason", "Newer switches", "--until", "2026-12-22T00:00:00Z", "--recurrence", recurrence];
    const edited = await run(["silence", "edit", id, 'datacenter="lon"', ...edits, "--json"]);
    expect(JSON.parse(edited.stdout)).toMatchObject({
      matchers: ['datacenter="lon"'],
      startsAt: "2026-11-22T13:20:00Z",
      endsAt: "2026-12-22T00:00:00Z",
      recurrence: [{ weekdays: ["sunday"], times: [{ startTime: "02:00", endTime: "04:00" }] }],
      reason: "Newer switches",
    });
    const once = await run(["silence", "edit", id, "--for", "4h", "--no-recurrence", "--json"]);
    expect(JSON.parse(once.stdout)).toMatchObject({
      matchers: ['datacenter="lon"'],
      endsAt: "2026-11-22T17:20:00Z",
      recurrence: null,
      reason: "Newer switches",
    });
    expect((await run(["silence", "edit", id])).stderr).toContain("Nothing to change.");
    expect((await run(["silence", "expire", id])).stdout).toBe(`Expired silence ${id}.\n`);
    expect((await run(["silence", "list"])).stdout).toBe("No silences.\n");
    expect((await run(["silence", "extend", id, "--for", "1h"])).stderr).toContain("The silence is over.");
    expect((await run(["silence", "edit", id, "--reason", "Late"])).stderr).toContain("The silence is over.");
    const nowhere = await run(["silence", "add", "datacenter", "--for", "2h", "--reason", "Power."]);
    expect(nowhere.stderr).toMatch(/^The silence was not created\.\n {2}\/matchers\/0: must /);
  });
});

describe("wait", () => {
  beforeEach(async () => {
    await api.call("PUT", "/api/v1/event-types/Waited", { body: { owner: "music", tier: "high" } });
  });

  it("an unknown type → 2; a wrong hour → 1; not ready in time → 3 with one line about why", async () => {
    expect(await run(["wait", "Nothing", "2026-11-22T12"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"Nothing"'),
    });
    expect((await run(["wait", "Waited", "noon"])).code).toBe(1);
    const late = await run(["wait", "Waited", "2026-11-22T13", "--timeout", "2s"]);
    expect(late.code).toBe(3);
    expect(late.stderr.trim().split("\n")).toHaveLength(2);
    expect(late.stderr).toContain("2026-11-22T13");
  });

  it("ready → 0, also when it becomes so meanwhile and the server was away", async () => {
    const child = start(["wait", "Waited", "2026-11-22T13", "--timeout", "60s"]);
    const ended = new Promise((resolve) => child.on("close", resolve));
    await new Promise<void>((resolve) => child.stderr?.once("data", () => resolve()));
    await server.stop();
    await server.start();
    await test.database.sql.query(
      `UPDATE verdict SET state = 'complete', revision = 1, settled = true, known = true, closed_at = '2026-11-22T14:05Z', next_due_at = NULL
        WHERE event_type_id = (SELECT id FROM event_type WHERE name = 'Waited')`,
    );
    expect(await ended).toBe(0);
    const { code, stdout } = await run(["wait", "Waited", "2026-11-22T13", "--timeout", "5s"]);
    expect([code, stdout]).toEqual([0, "Waited 2026-11-22T13 is ready: complete, closed at 2026-11-22T14:05:00Z.\n"]);
  });
});

describe("replay", () => {
  const event = (id: number, events: unknown = 1) =>
    JSON.stringify({
      specversion: "1.0",
      type: "tidemark.counters.v1",
      source: "test",
      id: `r${id}`,
      time: "2026-11-22T12:30:00Z",
      data: {
        dc: "ams",
        stage: "produced",
        reporter: `replay-${id}`,
        reports: [{ eventType: "Replayed", hour: "2026-11-22T12", events }],
      },
    });
  const committed = async () => {
    const { rows } = await test.database.sql.query(
      "SELECT count(*)::int AS reports FROM report WHERE event_type_id = (SELECT id FROM event_type WHERE name = 'Replayed')",
    );
    return rows[0]?.reports as number;
  };

  it("sends a packed file while the server restarts in the middle, and loses nothing", async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => event(index));
    await writeFile(join(folder, "events.jsonl.gz"), gzipSync(lines.join("\n")));
    let requests = 0;
    onRequest = () => {
      requests += 1;
      if (requests !== 3) return;
      void server.stop().then(() => setTimeout(() => void server.start(), 700));
    };
    const { code, stdout } = await run(["replay", "events.jsonl.gz"]);
    onRequest = () => {};
    expect(code).toBe(0);
    expect(stdout).toMatch(/^5,000 events committed in [\d.]+ s\.\n$/);
    expect(await committed()).toBe(5_000);
  });

  it("names the line of each refused event, sends the others and exits 1", async () => {
    await writeFile(
      join(folder, "faulty.jsonl"),
      [event(10_001), "", event(10_002, -1), event(10_003), event(10_004, "x")].join("\n"),
    );
    const { code, stderr } = await run(["replay", "faulty.jsonl"]);
    expect(code).toBe(1);
    expect(stderr).toContain("faulty.jsonl:3: /data/reports/0/events must be");
    expect(stderr).toContain("faulty.jsonl:5: /data/reports/0/events must be");
    expect(stderr).toContain("2 events committed");
    expect(await committed()).toBe(2);
  });

  it("sends large events in as many requests as the product needs to read them", async () => {
    const reports = Array.from({ length: 4_000 }, (_, index) => ({
      eventType: `Large-${index}`,
      hour: "2026-11-22T12",
      events: 1,
      note: "x".repeat(180),
    }));
    const large = { ...JSON.parse(event(30_000)), data: { dc: "ams", stage: "produced", reporter: "large", reports } };
    await writeFile(join(folder, "large.jsonl"), Array.from({ length: 18 }, () => JSON.stringify(large)).join("\n"));
    expect(await run(["replay", "large.jsonl"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^18 events committed/),
    });
  });

  it("sends hours of more months than one request may name in several", async () => {
    const eventType = "Replayed";
    await claimForTest(test.database.sql, {
      datacenters: ["ams"],
      eventTypes: [eventType],
      activeFrom: "2016-01-01T00:00:00Z",
    });
    const before = await committed();
    const ofYears = (id: number, first: number) => {
      const { data, ...rest } = JSON.parse(event(id));
      const hours = Array.from({ length: 30 }, (_, month) =>
        new Date(Date.UTC(first, month)).toISOString().slice(0, 13),
      );
      return JSON.stringify({
        ...rest,
        data: { ...data, reports: hours.map((hour) => ({ ...data.reports[0], eventType, hour })) },
      });
    };
    await writeFile(join(folder, "years.jsonl"), [ofYears(30_001, 2016), ofYears(30_002, 2019)].join("\n"));
    expect(await run(["replay", "years.jsonl"])).toMatchObject({ code: 0, stderr: "" });
    expect(await committed()).toBe(before + 60);
  });

  it("a line that is no JSON, a file that is cut off or missing → 1 with a sentence", async () => {
    await writeFile(join(folder, "broken.jsonl"), `${event(1)}\n{`);
    expect(await run(["replay", "broken.jsonl"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Line 2 is not a JSON object"),
    });
    await writeFile(
      join(folder, "cut.jsonl.gz"),
      gzipSync(Array.from({ length: 2_000 }, (_, index) => event(index)).join("\n")).subarray(0, 3_000),
    );
    expect(await run(["replay", "cut.jsonl.gz"])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/cut\.jsonl\.gz|unexpected end of file/),
    });
    expect((await run(["replay", "missing.jsonl"])).stderr).toBe('File "missing.jsonl" not found.\n');
  });

  it("keeps the pace of the events' times", async () => {
    const later = event(20_002).replace("12:30:00Z", "12:30:30Z");
    await writeFile(join(folder, "paced.jsonl"), `${event(20_001)}\n${later}`);
    const startedAtMs = performance.now();
    expect((await run(["replay", "paced.jsonl", "--speed", "15"])).code).toBe(0);
    expect(performance.now() - startedAtMs).toBeGreaterThan(2_000);
  });
});

describe("routes test", () => {
  const tree = `apiVersion: tidemark/v1
kind: RoutingTree
metadata: { name: default }
spec:
  route:
    receiver: everyone
    routes:
      - { matchers: ['severity="page"'], receiver: on-call, continue: true }
      - { matchers: ['datacenter=~"ams|lon"'], receiver: network }
  receivers: [{ name: everyone }, { name: on-call }, { name: network }]
`;

  it("prints the receivers of a file's tree, with nothing running", async () => {
    await writeFile(join(folder, "tree.yaml"), tree);
    const alone = { env: { TIDEMARK_URL: "http://127.0.0.1:1" } };
    const paged = ["routes", "test", "--tree", "tree.yaml", "severity=page", "datacenter=ams"];
    expect(await run(paged, alone)).toEqual({ code: 0, stdout: "on-call,network\n", stderr: "" });
    expect((await run(["routes", "test", "--tree", "tree.yaml"], alone)).stdout).toBe("everyone\n");
    expect((await run([...paged, "--verify", "on-call, network"], alone)).code).toBe(0);
    expect(await run([...paged, "--verify", "on-call"], alone)).toMatchObject({
      code: 1,
      stderr: "Receivers are on-call,network, expected on-call.\n",
    });
  });

  it("names what is wrong with a file's tree, and with labels", async () => {
    await writeFile(join(folder, "bad-tree.yaml"), tree.replace("receiver: network }", "receiver: netwrk }"));
    const { code, stderr } = await run(["routes", "test", "--tree", "bad-tree.yaml", "severity=page"]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^bad-tree\.yaml:9: \/spec\/route\/routes\/1\/receiver must be one/),
    ]);
    await writeFile(join(folder, "no-tree.yaml"), eventType("Treeless"));
    expect((await run(["routes", "test", "--tree", "no-tree.yaml"])).stderr).toBe(
      "no-tree.yaml has no RoutingTree document.\n",
    );
    expect((await run(["routes", "test", "severity"])).stderr).toBe(
      '"severity" is not a label. Write label=value, like severity=page.\n',
    );
  });

  it("asks Tidemark for its own tree, and says more as JSON", async () => {
    const { stdout } = await run(["routes", "test", "--json", "severity=page", "cause=datacenter/ams/late"]);
    expect(JSON.parse(stdout)).toMatchObject({
      receivers: ["on-call"],
      routes: [{ groupLabels: { cause: "datacenter/ams/late" }, groupWaitSeconds: 0, channels: [], muted: null }],
    });
  });
});

describe("doctor", () => {
  it("finds nothing wrong with a migrated database, and says what it looked at", async () => {
    const { stdout } = await run(["doctor", "--json"], { env: { DATABASE_URL: test.url } });
    const findings = JSON.parse(stdout) as { verdict: string; sentence: string }[];
    const wrong = findings.filter((finding) => finding.verdict === "bad").map((finding) => finding.sentence);
    // The test's server has no /readyz: that is all that is missed.
    expect(wrong).toEqual([expect.stringMatching(/^API: .* is not ready/)]);
    expect(findings.map((finding) => finding.sentence)).toContain("Schema: up to date, and unchanged by hand.");
  });

  it("names a database that does not answer, a setting that cannot be used, and a schema changed by hand", async () => {
    const away = await run(["doctor"], { env: { DATABASE_URL: "postgres://x:y@127.0.0.1:1/none" } });
    expect(away).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("✗ Database: No database server listens at"),
    });
    expect(away.stdout).not.toContain("x:y");
    expect((await run(["doctor"], { env: { PORT: "0" } })).stdout).toContain("✗ Settings: PORT");
    await test.database.sql.query("ALTER TABLE tier ADD COLUMN by_hand int");
    const drifted = await run(["doctor"], { env: { DATABASE_URL: test.url } });
    expect(drifted.stdout).toMatch(/✗ Schema: changed by hand[\s\S]*by_hand/);
  });
});

describe("deployments", () => {
  it("records a deployment once for each id, and compares what runs with it", async () => {
    const args = [
      "deployed",
      "exporter",
      "4.2.0",
      "--dc",
      "ams",
      "--id",
      "run-17",
      "--by",
      "ci",
      "--url",
      "https://ci.example.com/17",
    ];
    const expected = "exporter 4.2.0 is recorded as deployed at ams, id run-17.\n";
    expect(await run(args)).toEqual({ code: 0, stdout: expected, stderr: "" });
    expect(await run(args)).toEqual({ code: 0, stdout: expected, stderr: "" });
    const listed = await run(["deployments"]);
    expect(listed.stdout.trimEnd().split("\n")).toEqual([
      "DEPLOYED (UTC)    COMPONENT  VERSION  DATACENTER  BY",
      "2026-11-22 13:20  exporter   4.2.0    ams         ci",
    ]);
    const running = await run(["deployments", "running", "--json"]);
    expect(JSON.parse(running.stdout)).toMatchObject([
      { component: "exporter", datacenter: "ams", standing: "unseen", declared: { version: "4.2.0" } },
    ]);
    expect((await run(["deployments", "running"])).stdout).toContain("unseen");
  });

  it("says what is wrong with an instant", async () => {
    const { code, stderr } = await run(["deployed", "exporter", "4.2.0", "--at", "yesterday"]);
    expect(code).toBe(1);
    expect(stderr).toContain("/deployedAt");
  });
});
