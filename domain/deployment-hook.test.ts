import { describe, expect, test } from "vitest";
import argocd from "../test/fixtures/hooks/argocd-sync.json" with { type: "json" };
import githubStatus from "../test/fixtures/hooks/github-deployment-status.json" with { type: "json" };
import githubRelease from "../test/fixtures/hooks/github-release.json" with { type: "json" };
import gitlabDeployment from "../test/fixtures/hooks/gitlab-deployment.json" with { type: "json" };
import gitlabPipeline from "../test/fixtures/hooks/gitlab-pipeline.json" with { type: "json" };
import spinnakerPipeline from "../test/fixtures/hooks/spinnaker-pipeline.json" with { type: "json" };
import spinnakerStage from "../test/fixtures/hooks/spinnaker-stage.json" with { type: "json" };
import { mapDelivery, parseDeploymentHook, readDelivery } from "./deployment-hook.ts";

const secret = { env: "TIDEMARK_SECRET_HOOK" };
const specOf = (mappings: object[]) => {
  const parsed = parseDeploymentHook({ provider: "github", secret, mappings });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.spec;
};
const faultsOf = (spec: unknown) => {
  const parsed = parseDeploymentHook(spec);
  return parsed.ok ? [] : parsed.faults.map(({ pointer, detail }) => `${pointer} ${detail}`);
};

describe("what a delivery announces", () => {
  test("GitHub: a successful status of a deployment, once for each deployment", () => {
    expect(readDelivery("github", githubStatus, "deployment_status").announced).toEqual([
      {
        subject: "acme/exporter/environments/prod-ams",
        version: "v4.2.0",
        deployedAt: new Date("2026-11-22T12:40:00Z"),
        deployedBy: "ada",
        url: "https://github.example.com/acme/exporter/actions/runs/901/job/77",
        id: "acme/exporter/deployments/5501",
      },
    ]);
  });

  test.each([
    ["a branch", { ref: "main" }, "9f1c3a7be2d0"],
    ["a full tag", { ref: "refs/tags/2026.11.22" }, "2026.11.22"],
    ["a version in the payload", { ref: "main", payload: { version: "4.9.9" } }, "4.9.9"],
    ["a payload that is text", { ref: "main", payload: "version" }, "9f1c3a7be2d0"],
  ])("GitHub: the version of a deployment of %s", (_, change, version) => {
    const body = { ...githubStatus, deployment: { ...githubStatus.deployment, ...change } };
    expect(readDelivery("github", body, "deployment_status").announced).toMatchObject([{ version }]);
  });

  test("GitHub: a release, when it is released", () => {
    expect(readDelivery("github", githubRelease, "release").announced).toMatchObject([
      { subject: "acme/exporter/releases", version: "v4.2.0", id: "acme/exporter/releases/70012" },
    ]);
    expect(readDelivery("github", { ...githubRelease, action: "published" }, "release").why).toContain("published");
  });

  test("GitLab: a deployment, and its time with an offset", () => {
    expect(readDelivery("gitlab", gitlabDeployment, null).announced).toEqual([
      {
        subject: "acme/exporter/environments/prod/fra",
        version: "279484c0",
        deployedAt: new Date("2026-11-22T12:45:00Z"),
        deployedBy: "grace",
        url: "https://gitlab.example.com/acme/exporter/-/jobs/796",
        id: "acme/exporter/jobs/796",
      },
    ]);
    const byApi = { ...gitlabDeployment, deployable_id: null, deployable_url: null };
    expect(readDelivery("gitlab", byApi, null).announced).toMatchObject([{ id: "acme/exporter/deployments/15" }]);
  });

  test("GitLab: of a pipeline, the jobs that deployed, and none that failed, stopped or tested", () => {
    expect(readDelivery("gitlab", gitlabPipeline, null).announced).toEqual([
      {
        subject: "acme/exporter/environments/prod/fra",
        version: "v4.2.1",
        deployedAt: new Date("2026-11-22T12:44:00Z"),
        deployedBy: "grace",
        url: "https://gitlab.example.com/acme/exporter/-/jobs/381",
        id: "acme/exporter/jobs/381",
      },
    ]);
  });

  test("Argo CD: a sync that succeeded, with the tag that its images share, else the revision", () => {
    expect(readDelivery("argocd", argocd, null).announced).toMatchObject([
      { subject: "delivery/exporter-ams/ams-1/exporter", version: "4.2.0", deployedBy: "ada" },
    ]);
    const two = { ...argocd, images: [...argocd.images, "registry.example.com/sidecar:1.0"] };
    expect(readDelivery("argocd", two, null).announced).toMatchObject([{ version: "1d5f4a7c0be3" }]);
    expect(
      readDelivery("argocd", { ...argocd, images: ["registry.example.com:5000/x"] }, null).announced,
    ).toMatchObject([{ version: "1d5f4a7c0be3" }]);
    expect(readDelivery("argocd", { ...argocd, version: "9.9" }, null).announced).toMatchObject([{ version: "9.9" }]);
  });

  test("Spinnaker: a pipeline that succeeded, and a stage of one, wrapped", () => {
    expect(readDelivery("spinnaker", spinnakerPipeline, null).announced).toMatchObject([
      {
        subject: "exporter/deploy to sjc",
        version: "4.2.0",
        deployedAt: new Date(1795351500000),
        deployedBy: "ada@example.com",
        id: "01JD9T2Q4E7K0Z8YV1M3R5N6PB",
      },
    ]);
    expect(readDelivery("spinnaker", spinnakerStage, null).announced).toMatchObject([
      { subject: "exporter/worldwide/Deploy to lon", version: "4.3.0", deployedAt: new Date(1795351400000) },
    ]);
  });

  test("Spinnaker: details and content as JSON text, as Echo flattens them", () => {
    const { details, content } = spinnakerPipeline;
    const flat = { details: JSON.stringify(details), content: JSON.stringify(content) };
    expect(readDelivery("spinnaker", flat, null).announced).toHaveLength(1);
    expect(readDelivery("spinnaker", { ...flat, content: "{" }, null).announced).toBeNull();
  });
});

describe("what announces nothing", () => {
  const trigger = (change: object) => {
    const { execution } = spinnakerPipeline.content;
    return { ...spinnakerPipeline, content: { execution: { ...execution, ...change } } };
  };
  test.each([
    ["github", { ...githubStatus, deployment_status: { state: "in_progress" } }, "deployment_status", "in_progress"],
    ["github", { zen: "Keep it logically awesome." }, "ping", "GitHub checks"],
    ["github", githubStatus, "push", "push is not"],
    ["gitlab", { ...gitlabDeployment, status: "running" }, null, "running"],
    ["gitlab", { object_kind: "note" }, null, "note is not"],
    ["argocd", { ...argocd, phase: "Running" }, null, "Running"],
    ["spinnaker", trigger({ status: "TERMINAL" }), null, "TERMINAL"],
    ["spinnaker", trigger({ trigger: { type: "manual" } }), null, "names no single version"],
    ["spinnaker", { details: { type: "orca:task:complete" } }, null, "orca:task:complete is not"],
  ] as const)("%s, %#: and it says why", (provider, body, event, why) => {
    const reading = readDelivery(provider, body, event);
    expect(reading.announced).toBeNull();
    expect(reading.why).toContain(why);
  });

  test.each(["github", "gitlab", "argocd", "spinnaker"] as const)("%s: any JSON at all", (provider) => {
    for (const body of [
      null,
      1,
      "x",
      [],
      {},
      { deployment: null },
      { details: [] },
      { __proto__: { phase: "Succeeded" } },
    ])
      expect(readDelivery(provider, body, "deployment_status").announced).toBeNull();
  });

  test("a link that is not http is left out", () => {
    const body = { ...argocd, url: "javascript:alert(1)" };
    expect(readDelivery("argocd", body, null).announced).toMatchObject([{ url: null }]);
  });
});

describe("mappings", () => {
  const announced = (subject: string) => ({
    subject,
    version: "1",
    deployedAt: null,
    deployedBy: null,
    url: null,
    id: subject,
  });

  test("the first match decides, over the whole subject; what none matches is listed once", () => {
    const { mappings } = specOf([
      { match: "acme/(?<app>[a-z]+)/environments/prod-(?<dc>[a-z]+)", component: "$app", datacenter: "$dc" },
      { match: "acme/tools/.*", component: "tools" },
    ]);
    const subjects = ["acme/exporter/environments/prod-ams", "acme/tools/x", "x/acme/tools/x", "x/acme/tools/x"];
    const { deployments, notMapped } = mapDelivery(mappings, subjects.map(announced));
    expect(deployments.map(({ component, datacenter }) => [component, datacenter])).toEqual([
      ["exporter", "ams"],
      ["tools", null],
    ]);
    expect(notMapped).toEqual(["x/acme/tools/x"]);
  });

  test("a spec says what is wrong with it, and never repeats a secret", () => {
    const good = { provider: "github", secret, mappings: [{ match: ".*", component: "x" }] };
    expect(faultsOf({ ...good, provider: "jenkins" })[0]).toContain("must be one of github, gitlab, argocd, spinnaker");
    expect(faultsOf({ ...good, secret: "hunter2" }).join()).not.toContain("hunter2");
    expect(faultsOf({ ...good, mappings: [] })).toEqual([expect.stringContaining("must have a mapping")]);
    expect(faultsOf({ ...good, mappings: [{ match: "(", component: "x" }] })[0]).toContain("regular expression (RE2)");
    expect(faultsOf({ ...good, mappings: [{ match: "(?<a>x)", component: "$b" }] })).toEqual([
      "/mappings/0/component must name only groups of match ($a); found $b",
    ]);
  });
});
