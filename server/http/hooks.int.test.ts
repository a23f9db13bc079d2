import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  deploymentHookSchema,
  hookDeliverySchema,
  hookSecretSchema,
  type LoggedDeliveryJson,
} from "#domain/api/hooks.ts";
import { bodyLimits } from "#server/http/limit-body.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";

const fixtures = join(import.meta.dirname, "../../test/fixtures/hooks");
const signingKey = Buffer.from("0123456789abcdef0123456789abcdef");
const secrets = {
  TIDEMARK_SECRET_GITHUB: "github's secret",
  TIDEMARK_SECRET_GITLAB: "gitlab's token",
  TIDEMARK_SECRET_GITLAB_SIGNING: `whsec_${signingKey.toString("base64")}`,
  TIDEMARK_SECRET_ARGOCD: "argocd-token",
  TIDEMARK_SECRET_SPINNAKER: "spinnaker-password",
};

let test: TestDatabase;
let api: TestApi;

const read = (name: string) => readFile(join(fixtures, `${name}.json`), "utf8");
const hubSignature = (body: string, secret = secrets.TIDEMARK_SECRET_GITHUB) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

function gitlabSignature(body: string, { atSeconds = Math.floor(Date.now() / 1000), id = "msg-1" } = {}) {
  const signature = createHmac("sha256", signingKey).update(`${id}.${atSeconds}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(atSeconds), "webhook-signature": `v1,AAAA v1,${signature}` };
}

async function put(name: string, env: keyof typeof secrets | "TIDEMARK_SECRET_UNSET", more: object): Promise<void> {
  const body = { secret: { env }, ...more };
  const answer = await api.call("PUT", `/api/v1/deployment-hooks/${name}`, { body });
  expect(answer.status, await answer.text()).toBe(200);
}

async function deliver(name: string, body: string | Uint8Array, headers: Record<string, string>) {
  const json = { "content-type": "application/json", ...headers };
  const answer = await api.call("POST", `/api/v1/hooks/${name}`, { token: null, body, headers: json });
  return { status: answer.status, body: await answer.json() };
}

const environments = (component: string) => [
  { match: "acme/exporter/environments/prod[-/](?<dc>[a-z]+)", component, datacenter: "$dc" },
];
/** A hook of the test's own, whose counts and deployments are no other test's. */
const putGithub = (name: string) =>
  put(name, "TIDEMARK_SECRET_GITHUB", { provider: "github", mappings: environments(`from-${name}`) });

const github = async (body: string, event = "deployment_status", name = "github") =>
  deliver(name, body, {
    "x-github-event": event,
    "x-github-delivery": "d-1",
    "x-hub-signature-256": hubSignature(body),
  });

async function deployments(component: string): Promise<Record<string, unknown>[]> {
  const answer = await api.call("GET", `/api/v1/deployments?component=${component}`);
  return ((await answer.json()) as { items: Record<string, unknown>[] }).items;
}

beforeAll(async () => {
  test = await createTestDatabase();
  api = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z"), secrets });
  await putGithub("github");
  await put("gitlab", "TIDEMARK_SECRET_GITLAB", { provider: "gitlab", mappings: environments("from-gitlab") });
  await put("gitlab-signed", "TIDEMARK_SECRET_GITLAB_SIGNING", {
    provider: "gitlab",
    mappings: environments("from-gitlab-signed"),
  });
  await put("argocd", "TIDEMARK_SECRET_ARGOCD", {
    provider: "argocd",
    mappings: [{ match: "delivery/(?<app>[a-z]+)-(?<dc>[a-z]+)/.*", component: "argo-$app", datacenter: "$dc" }],
  });
  await put("spinnaker", "TIDEMARK_SECRET_SPINNAKER", {
    provider: "spinnaker",
    mappings: [
      { match: "exporter/deploy to (?<dc>[a-z]+)", component: "spinnaker-pipeline", datacenter: "$dc" },
      { match: "exporter/worldwide/Deploy to (?<dc>[a-z]+)", component: "spinnaker-stage", datacenter: "$dc" },
    ],
  });
  await put("unset", "TIDEMARK_SECRET_UNSET", { provider: "argocd", mappings: [{ match: ".*", component: "x" }] });
});
afterAll(async () => {
  await api.close();
  await test.drop();
});

describe("deliveries of each provider", () => {
  it("GitHub's signature records a deployment at its datacenter", async () => {
    const body = await read("github-deployment-status");
    const answer = await github(body);
    expect(answer.status).toBe(202);
    expect(hookDeliverySchema.parse(answer.body)).toEqual(answer.body);
    expect(answer.body).toMatchObject({ outcome: "recorded", detail: "1 deployment is recorded." });
    expect(await deployments("from-github")).toMatchObject([
      {
        component: "from-github",
        datacenter: "ams",
        version: "v4.2.0",
        deployedAt: "2026-11-22T12:40:00.000Z",
        deployedBy: "ada",
        url: "https://github.example.com/acme/exporter/actions/runs/901/job/77",
      },
    ]);
  });

  it("GitLab's token, and the pipeline event of the same job records nothing more", async () => {
    const headers = { "x-gitlab-token": secrets.TIDEMARK_SECRET_GITLAB };
    expect((await deliver("gitlab", await read("gitlab-deployment"), headers)).status).toBe(202);
    const pipeline = JSON.parse(await read("gitlab-pipeline"));
    pipeline.builds[1].id = 796;
    expect((await deliver("gitlab", JSON.stringify(pipeline), headers)).body.outcome).toBe("recorded");
    expect(await deployments("from-gitlab")).toMatchObject([{ version: "279484c0", datacenter: "fra" }]);
  });

  it("GitLab's signing token, among several signatures; then the plain token is not enough", async () => {
    const body = await read("gitlab-pipeline");
    expect((await deliver("gitlab-signed", body, gitlabSignature(body))).body.outcome).toBe("recorded");
    const plain = { "x-gitlab-token": secrets.TIDEMARK_SECRET_GITLAB_SIGNING };
    expect((await deliver("gitlab-signed", body, plain)).status).toBe(401);
    const old = gitlabSignature(body, { atSeconds: Math.floor(Date.now() / 1000) - 301 });
    expect((await deliver("gitlab-signed", body, old)).status).toBe(401);
    expect((await deliver("gitlab-signed", `${body} `, gitlabSignature(body))).status).toBe(401);
  });

  it("Argo CD's bearer token", async () => {
    const headers = { authorization: `Bearer ${secrets.TIDEMARK_SECRET_ARGOCD}` };
    expect((await deliver("argocd", await read("argocd-sync"), headers)).body.outcome).toBe("recorded");
    expect(await deployments("argo-exporter")).toMatchObject([{ version: "4.2.0", datacenter: "ams" }]);
  });

  it("Spinnaker's password or bearer token, for pipelines and for stages", async () => {
    const password = Buffer.from(`echo:${secrets.TIDEMARK_SECRET_SPINNAKER}`).toString("base64");
    const basic = { authorization: `Basic ${password}` };
    const bearer = { authorization: `Bearer ${secrets.TIDEMARK_SECRET_SPINNAKER}` };
    expect((await deliver("spinnaker", await read("spinnaker-pipeline"), basic)).body.outcome).toBe("recorded");
    expect((await deliver("spinnaker", await read("spinnaker-stage"), bearer)).body.outcome).toBe("recorded");
    expect(await deployments("spinnaker-pipeline")).toMatchObject([{ version: "4.2.0", datacenter: "sjc" }]);
    expect(await deployments("spinnaker-stage")).toMatchObject([{ version: "4.3.0", datacenter: "lon" }]);
  });
});

describe("what is repeated, not mapped, or announces nothing", () => {
  it("a replayed delivery records nothing and leaves no second audit entry", async () => {
    await putGithub("replayed");
    const body = (await read("github-deployment-status")).replaceAll("5501", "5502").replaceAll("prod-ams", "prod-rep");
    for (let times = 0; times < 3; times += 1)
      expect((await github(body, "deployment_status", "replayed")).body.outcome).toBe("recorded");
    expect(await deployments("from-replayed")).toMatchObject([{ datacenter: "rep" }]);
    const entries = (await (await api.call("GET", "/api/v1/audit?act=deployment.recorded&limit=500")).json()) as {
      items: { actor: string; actorKind: string; door: string; after: { id: string; datacenter: string } }[];
    };
    const mine = entries.items.filter(({ after }) => after.id === "acme/exporter/deployments/5502");
    expect(mine).toMatchObject([
      { actor: "hook replayed", actorKind: "service", door: "hook", after: { datacenter: "rep" } },
    ]);
  });

  it("replays at the same time are one deployment", async () => {
    await putGithub("raced");
    const body = (await read("github-deployment-status")).replaceAll("5501", "5503").replaceAll("prod-ams", "prod-par");
    const answers = await Promise.all(Array.from({ length: 8 }, () => github(body, "deployment_status", "raced")));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(202));
    expect(await deployments("from-raced")).toMatchObject([{ datacenter: "par" }]);
  });

  it("what no mapping matches is 202, names the subject, and is counted", async () => {
    await putGithub("releases");
    const body = await read("github-release");
    const answer = await github(body, "release", "releases");
    expect(answer).toMatchObject({
      status: 202,
      body: { outcome: "not_mapped", recorded: [], notMapped: ["acme/exporter/releases"] },
    });
    expect(answer.body.detail).toContain('No mapping of the hook matches "acme/exporter/releases"');
    await github(body, "release", "releases");
    const hook = await (await api.call("GET", "/api/v1/deployment-hooks/releases")).json();
    expect(deploymentHookSchema.safeParse(hook).error).toBeUndefined();
    expect(hook).toMatchObject({
      secretIsSet: true,
      notMapped: 2,
      lastDeliveryAt: "2026-11-22T13:20:00.000Z",
      notMappedSubjects: [{ subject: "acme/exporter/releases", deliveries: 2 }],
    });
  });

  it("of subjects that are not mapped the newest hundred are kept", async () => {
    await putGithub("busy");
    const release = JSON.parse(await read("github-release"));
    for (let index = 0; index < 103; index += 1) {
      release.repository.full_name = `acme/r${index}`;
      await github(JSON.stringify(release), "release", "busy");
    }
    const hook = (await (await api.call("GET", "/api/v1/deployment-hooks/busy")).json()) as {
      notMappedSubjects: object[];
    };
    expect(hook.notMappedSubjects).toHaveLength(100);
  });

  it("what is no finished deployment is 202 and says why; so is everything at a disabled hook", async () => {
    expect(await github("{}", "ping")).toMatchObject({ status: 202, body: { outcome: "ignored" } });
    const mappings = [{ match: ".*", component: "never" }];
    await put("off", "TIDEMARK_SECRET_ARGOCD", { provider: "argocd", mappings, enabled: false });
    const headers = { authorization: `Bearer ${secrets.TIDEMARK_SECRET_ARGOCD}` };
    const answer = await deliver("off", await read("argocd-sync"), headers);
    expect(answer).toMatchObject({ status: 202, body: { detail: "Nothing was recorded: the hook is disabled." } });
    expect(await deployments("never")).toEqual([]);
  });
});

describe("what is refused", () => {
  it("the same answer for a wrong secret, none, an unknown hook and a hook whose variable is not set", async () => {
    const body = await read("github-deployment-status");
    const answers = [
      await deliver("github", body, { "x-hub-signature-256": hubSignature(body, "guess") }),
      await deliver("github", body, { "x-hub-signature-256": `sha256=${"0".repeat(63)}` }),
      await deliver("github", body, {}),
      await deliver("nowhere", body, { "x-hub-signature-256": hubSignature(body) }),
      await deliver("unset", body, { authorization: "Bearer " }),
      await deliver("unset", body, { authorization: "Bearer x" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(401));
    expect(new Set(answers.map(({ body: { detail } }) => detail)).size).toBe(1);
    const hook = await (await api.call("GET", "/api/v1/deployment-hooks/unset")).json();
    expect(hook).toMatchObject({ secretIsSet: false, deliveries: 0 });
  });

  it("refuses a body that is not JSON, only after its signature was checked", async () => {
    const broken = "payload=%7B%7D";
    expect((await deliver("github", broken, { "x-hub-signature-256": hubSignature(broken, "guess") })).status).toBe(
      401,
    );
    const answer = await github(broken);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].detail).toContain("application/json");
  });

  it("refuses a body over the limit", async () => {
    const body = " ".repeat(bodyLimits.hook + 1);
    expect((await deliver("github", body, { "x-hub-signature-256": hubSignature(body) })).status).toBe(413);
  });

  it("a deployment more than ten minutes ahead of now, which the sender can see", async () => {
    const body = (await read("github-deployment-status"))
      .replaceAll("5501", "5504")
      .replaceAll("2026-11-22T12:40:00Z", "2026-11-22T13:31:00Z");
    const answer = await github(body);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: "/deployedAt" }] } });
  });

  it("deliveries to a hook that was deleted", async () => {
    await put("gone", "TIDEMARK_SECRET_ARGOCD", { provider: "argocd", mappings: [{ match: ".*", component: "gone" }] });
    expect((await api.call("DELETE", "/api/v1/deployment-hooks/gone")).status).toBe(204);
    const headers = { authorization: `Bearer ${secrets.TIDEMARK_SECRET_ARGOCD}` };
    expect((await deliver("gone", await read("argocd-sync"), headers)).status).toBe(401);
    expect((await api.call("GET", "/api/v1/deployment-hooks/gone")).status).toBe(404);
    expect((await api.call("DELETE", "/api/v1/deployment-hooks/gone")).status).toBe(404);
  });
});

describe("a secret that Tidemark makes", () => {
  /** A hook without one. */
  async function create(name: string) {
    const at = `/api/v1/deployment-hooks/${name}`;
    const body = { provider: "argocd", mappings: [{ match: ".*", component: "made", datacenter: "ams" }] };
    expect((await api.call("PUT", at, { body })).status).toBe(200);
    return {
      at,
      body,
      rotate: async (overlap?: string) => {
        const answer = await api.call("POST", `${at}/rotate-secret`, {
          body: overlap === undefined ? {} : { overlap },
        });
        expect(answer.headers.get("cache-control")).toBe("no-store");
        return hookSecretSchema.parse(await answer.json()).secret;
      },
      sendWith: async (secret: string) =>
        (await deliver(name, await read("argocd-sync"), { authorization: `Bearer ${secret}` })).status,
      hook: async () => deploymentHookSchema.parse(await (await api.call("GET", at)).json()),
    };
  }

  it("works from its first rotation, is in no other answer, and gives way to the next after the overlap", async () => {
    const { hook, rotate, sendWith } = await create("made");
    expect(await hook()).toMatchObject({ secretIsSet: false, previousSecretUntil: null, lastDelivery: null });
    expect(await sendWith("guess")).toBe(401);
    const first = await rotate();
    expect(await sendWith(first)).toBe(202);
    const second = await rotate();
    expect([await sendWith(first), await sendWith(second)]).toEqual([202, 202]);
    expect(await hook()).toMatchObject({ secretIsSet: true, previousSecretUntil: "2026-11-23T13:20:00.000Z" });
    const third = await rotate("0s");
    expect([await sendWith(first), await sendWith(second), await sendWith(third)]).toEqual([401, 401, 202]);
    const audit = await (await api.call("GET", "/api/v1/audit?act=deployment_hook.secret_rotated")).text();
    const shown = JSON.stringify(await hook()) + audit;
    expect([first, second, third].filter((secret) => shown.includes(secret))).toEqual([]);
  });

  it("is kept while the hook is changed, and not made where the spec names a variable", async () => {
    const { at, body, rotate, sendWith } = await create("changed");
    const secret = await rotate("0s");
    await api.call("PUT", at, { body: { ...body, enabled: false } });
    expect(await sendWith(secret)).toBe(202);
    const refused = await api.call("POST", "/api/v1/deployment-hooks/github/rotate-secret", { body: {} });
    expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
      409,
      expect.stringContaining("TIDEMARK_SECRET_GITHUB"),
    ]);
    expect((await api.call("POST", `${at}/rotate-secret`, { body: { overlap: "31d" } })).status).toBe(400);
    expect((await api.call("POST", "/api/v1/deployment-hooks/none/rotate-secret", { body: {} })).status).toBe(404);
  });
});

describe("the log of deliveries", () => {
  const list = async (name: string, query = "") => {
    const answer = await api.call("GET", `/api/v1/deployment-hooks/${name}/deliveries${query}`);
    return (await answer.json()) as { items: LoggedDeliveryJson[]; nextCursor: string | null };
  };

  it("says what came of each, and to readers why one was refused", async () => {
    await put("logged", "TIDEMARK_SECRET_GITHUB", {
      provider: "github",
      mappings: [{ match: ".*prod-(?<dc>[a-z]+)", component: "logged", datacenter: "$dc" }],
    });
    const body = await read("github-deployment-status");
    const send = (text: string, event: string, secret = secrets.TIDEMARK_SECRET_GITHUB) =>
      deliver("logged", text, { "x-github-event": event, "x-hub-signature-256": hubSignature(text, secret) });
    await send(body, "deployment_status");
    await send("{}", "ping");
    await send(await read("github-release"), "release");
    await send("oops", "release");
    await send(body, "deployment_status", "guess");
    await deliver("logged", body, {});
    const { items } = await list("logged");
    expect(items.map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ["refused", "X-Hub-Signature-256 is missing. Enter the hook’s secret at GitHub."],
      ["refused", "X-Hub-Signature-256 does not match: GitHub signs with another secret."],
      ["refused", expect.stringContaining("The body is not JSON.")],
      ["not_mapped", 'No mapping of the hook matches "acme/exporter/releases".'],
      ["ignored", expect.stringContaining("GitHub checks that the hook answers")],
      ["recorded", "logged v4.2.0 at ams."],
    ]);
    const hook = await (await api.call("GET", "/api/v1/deployment-hooks/logged")).json();
    expect(hook).toMatchObject({ deliveries: 3, refused: 3, lastDelivery: { outcome: "refused" } });
    const { nextCursor } = await list("logged", "?limit=5");
    expect((await list("logged", `?limit=5&cursor=${nextCursor}`)).items).toMatchObject([{ outcome: "recorded" }]);
    expect((await api.call("GET", "/api/v1/deployment-hooks/none/deliveries")).status).toBe(404);
  });
});
