import { describe, expect, test } from "vitest";
import { parseChannel, secretsOf } from "../channel.ts";

const good = {
  pagerduty: { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_PD" } },
  hook: { type: "slack", url: { env: "TIDEMARK_SECRET_SLACK_URL" } },
  bot: { type: "slack", token: { env: "TIDEMARK_SECRET_SLACK_TOKEN" }, channel: "#data" },
  signing: {
    type: "slack",
    url: { env: "TIDEMARK_SECRET_SLACK_URL" },
    signingSecret: { env: "TIDEMARK_SECRET_SIGNING" },
  },
  teams: { type: "teams", url: { env: "TIDEMARK_SECRET_TEAMS_URL" } },
  opsgenie: {
    type: "opsgenie",
    apiKey: { env: "TIDEMARK_SECRET_GENIE" },
    url: "https://api.eu.opsgenie.com",
    responders: [{ type: "team", name: "data" }],
  },
  webhook: {
    type: "webhook",
    url: "https://example.com/a?b=c",
    secrets: [{ env: "TIDEMARK_SECRET_NEW" }, { env: "TIDEMARK_SECRET_OLD" }],
    allowPrivate: true,
  },
  secretUrl: { type: "webhook", url: { env: "TIDEMARK_SECRET_HOOK_URL" } },
  email: {
    type: "email",
    to: ["a@example.com"],
    smtp: { host: "mail.example.com", user: "u", password: { env: "TIDEMARK_SECRET_SMTP" } },
  },
  alertmanager: {
    type: "alertmanager",
    url: "http://am:9093",
    basicAuth: { username: "u", password: { env: "TIDEMARK_SECRET_AM" } },
  },
};

function faultsOf(spec: object): [string, string][] {
  const parsed = parseChannel(spec);
  return parsed.ok ? [] : parsed.faults.map(({ pointer, detail }) => [pointer, detail]);
}

test.each(Object.entries(good))("%s is understood", (_, spec) => {
  expect(parseChannel(spec)).toMatchObject({ ok: true, spec: { ...spec, enabled: true } });
});

test("what is left out has its default", () => {
  expect(parseChannel(good.pagerduty)).toMatchObject({ spec: { url: "https://events.pagerduty.com" } });
  const { type, apiKey } = good.opsgenie;
  expect(parseChannel({ type, apiKey })).toMatchObject({ spec: { url: "https://api.opsgenie.com", responders: [] } });
  expect(parseChannel(good.secretUrl)).toMatchObject({ spec: { secrets: [], allowPrivate: false } });
  expect(parseChannel(good.email)).toMatchObject({ spec: { smtp: { tls: "starttls" } } });
});

test.each([
  [undefined, null],
  [false, null],
  [true, {}],
  [{}, {}],
  [{ tier: "high" }, { tier: "high" }],
  [
    { tier: "high", owner: "payments" },
    { tier: "high", owner: "payments" },
  ],
])("a monthlyDigest of %j is %j", (monthlyDigest, expected) => {
  const spec = monthlyDigest === undefined ? good.email : { ...good.email, monthlyDigest };
  expect(parseChannel(spec)).toMatchObject({ ok: true, spec: { monthlyDigest: expected } });
});

test.each([
  ["yes", "/monthlyDigest", 'must be true, false, or the scope of the service levels: {tier, owner}; found "yes"'],
  [null, "/monthlyDigest", "must be true, false, or the scope of the service levels: {tier, owner}; found null"],
  [{ tier: 5 }, "/monthlyDigest/tier", expect.stringContaining("found 5")],
  [{ team: "x" }, "/monthlyDigest/team", "is not a known field; known fields: tier, owner"],
])("a monthlyDigest of %j is refused", (monthlyDigest, pointer, detail) => {
  expect(faultsOf({ ...good.email, monthlyDigest })).toEqual([[pointer, detail]]);
});

test("no other channel sends a digest", () => {
  expect(faultsOf({ ...good.hook, monthlyDigest: true }).map(([at]) => at)).toEqual(["/monthlyDigest"]);
});

test("a channel's secrets are the variables that it names", () => {
  expect(Object.values(good).map(secretsOf)).toEqual([
    ["TIDEMARK_SECRET_PD"],
    ["TIDEMARK_SECRET_SLACK_URL"],
    ["TIDEMARK_SECRET_SLACK_TOKEN"],
    ["TIDEMARK_SECRET_SLACK_URL", "TIDEMARK_SECRET_SIGNING"],
    ["TIDEMARK_SECRET_TEAMS_URL"],
    ["TIDEMARK_SECRET_GENIE"],
    ["TIDEMARK_SECRET_NEW", "TIDEMARK_SECRET_OLD"],
    ["TIDEMARK_SECRET_HOOK_URL"],
    ["TIDEMARK_SECRET_SMTP"],
    ["TIDEMARK_SECRET_AM"],
  ]);
});

describe("a secret in a file is refused, and not repeated", () => {
  const secret = "s3cr3t-value";
  test.each([
    [{ ...good.pagerduty, routingKey: secret }, "/routingKey"],
    [{ ...good.hook, url: `https://hooks.slack.com/${secret}` }, "/url"],
    [{ ...good.bot, token: { value: secret } }, "/token"],
    [{ ...good.webhook, secrets: [secret] }, "/secrets/0"],
    [{ ...good.webhook, url: `https://user:${secret}@example.com` }, "/url"],
    [{ ...good.email, smtp: { host: "m", password: secret } }, "/smtp/password"],
    [{ ...good.alertmanager, basicAuth: { username: "u", password: secret } }, "/basicAuth/password"],
  ])("%#", (spec, pointer) => {
    const faults = faultsOf(spec);
    expect(faults.map(([at]) => at)).toEqual([pointer]);
    expect(JSON.stringify(faults)).not.toContain(secret);
  });
});

test.each([
  [{ type: "pager" }, "/type"],
  [{}, "/type"],
  [{ ...good.hook, token: { env: "TIDEMARK_SECRET_A" } }, ""],
  [{ type: "slack" }, ""],
  [{ ...good.webhook, url: "ftp://example.com" }, "/url"],
  [{ ...good.pagerduty, routingKey: { env: "not a name" } }, "/routingKey"],
  [{ ...good.pagerduty, routingKey: { env: "PATH" } }, "/routingKey"],
  [{ ...good.pagerduty, routingKey: { env: "AWS_SECRET_ACCESS_KEY" } }, "/routingKey"],
  [{ ...good.pagerduty, routingKey: { env: "TIDEMARK_ADMIN_TOKEN" } }, "/routingKey"],
  [{ ...good.webhook, url: { env: "DATABASE_URL" } }, "/url"],
  [{ ...good.email, to: [] }, "/to"],
  [{ ...good.email, to: ["a, b@example.com"] }, "/to/0"],
  [{ ...good.email, smtp: { host: "m", port: 0 } }, "/smtp/port"],
  [{ ...good.alertmanager, secret: 1 }, "/secret"],
])("%j is refused at %j", (spec, pointer) => {
  expect(faultsOf(spec).map(([at]) => at)).toEqual([pointer]);
});
