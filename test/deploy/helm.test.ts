import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import packageJson from "../../package.json" with { type: "json" };
import { mayHave, processNames, processTable, root } from "./process-table.ts";
import { chartFolder, helm, type Manifest, type Rendered, renderChart } from "./render-chart.ts";
import { validateManifest } from "./validate-manifest.ts";

type Values = Record<string, unknown>;
const readYaml = (file: string) => parse(readFileSync(join(chartFolder, file), "utf8"));
const isValid = new Ajv({ strict: false, allErrors: true }).compile(
  JSON.parse(readFileSync(join(chartFolder, "values.schema.json"), "utf8")) as object,
);
const defaults = readYaml("values.yaml") as Values & { processes: Record<string, Values> };

const queue = { PUBSUB_PROJECT_ID: "my-project" };
const page = readFileSync(join(root, "docs/installing.md"), "utf8");
/** Sets of values, each with what it is about. */
const sets: Record<string, Values> = {
  defaults: {},
  "a queue": { settings: queue },
  "the values of docs/installing.md": parse(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "") as Values,
  everything: {
    image: {
      repository: "registry.example.com/tidemark",
      digest: `sha256:${"a".repeat(64)}`,
      pullSecrets: ["registry"],
    },
    settings: {
      ...queue,
      TIDEMARK_PUBLIC_URL: "https://example.com/tidemark",
      TIDEMARK_OIDC_ISSUER: "https://id.example.com",
      PORT: "8080",
    },
    channelSecrets: ["TIDEMARK_SECRET_PAGER"],
    databaseCa: { configMap: "database-ca" },
    defaults: {
      nodeSelector: { "kubernetes.io/arch": "amd64" },
      tolerations: [{ key: "dedicated", operator: "Exists" }],
      podAnnotations: { "example.com/team": "data" },
      podLabels: { team: "data" },
      extraVolumes: [{ name: "kafka", secret: { secretName: "kafka-tls" } }],
      extraVolumeMounts: [{ name: "kafka", mountPath: "/etc/tidemark/kafka", readOnly: true }],
    },
    processes: { ingest: { googleServiceAccount: "tidemark-ingest@my-project.iam.gserviceaccount.com" } },
    ingress: { enabled: true, className: "nginx", tlsSecret: "tls", annotations: { a: "b" } },
    autoscaling: { web: { enabled: true }, ingest: { enabled: true }, evaluate: { enabled: true } },
    networkPolicy: {
      enabled: true,
      healthFrom: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } }],
    },
    serviceMonitor: { enabled: true, tokenSecret: "tidemark-metrics", labels: { release: "prometheus" } },
    podMonitor: { enabled: true, labels: { release: "prometheus" } },
  },
  "Kafka's backlog": {
    settings: { KAFKA_BROKERS: "kafka:9092" },
    autoscaling: {
      ingest: { enabled: true, metric: { name: "kafka_lag", matchLabels: { group: "tidemark-ingest" } } },
    },
    networkPolicy: { enabled: true },
  },
};

function over(under: Values, above: Values): Values {
  const merged = { ...under };
  for (const [key, value] of Object.entries(above)) {
    const below = merged[key];
    const nests = [value, below].every((each) => typeof each === "object" && each !== null && !Array.isArray(each));
    merged[key] = nests ? over(below as Values, value as Values) : value;
  }
  return merged;
}

describe("the schema of the values", () => {
  const errorsOf = (values: Values) => {
    isValid(over(defaults, values));
    return (isValid.errors ?? []).map(({ instancePath, params }) => `${instancePath} ${JSON.stringify(params)}`);
  };

  test.each(Object.entries(sets))("takes %s", (_, values) => expect(errorsOf(values)).toEqual([]));

  test.each([
    ["a misspelt setting", { settings: { TIDEMARK_PUBLIC_ULR: "https://example.com" } }],
    ["a secret among the settings", { settings: { DATABASE_URL: "postgres://…" } }],
    ["a setting that is no text", { settings: { PORT: 3000 } }],
    ["a misspelt value", { ingres: {} }],
    ["a process that is none", { processes: { notifier: { replicas: 1 } } }],
    ["a moving tag", { image: { tag: "latest" } }],
    ["a secret of Tidemark's own for channels", { channelSecrets: ["TIDEMARK_SECRET_AUDIT_WEBHOOK"] }],
    ["fewer than no replicas", { processes: { web: { replicas: -1 } } }],
  ])("refuses %s", (_, values) => expect(errorsOf(values)).not.toEqual([]));

  test("knows every setting of a process that is no secret", () => {
    const schema = JSON.parse(readFileSync(join(chartFolder, "values.schema.json"), "utf8"));
    const expected = [...new Set(Object.values(processTable).flatMap(({ settings }) => settings))].sort();
    expect(schema.properties.settings.propertyNames.enum).toEqual(expected);
  });
});

test("the chart's version of the app is the package's, and it has values for each process", () => {
  expect(readYaml("Chart.yaml")).toMatchObject({ appVersion: packageJson.version, apiVersion: "v2" });
  expect(Object.keys(defaults.processes).sort()).toEqual(processNames);
  for (const [name, process] of Object.entries(defaults.processes)) {
    const { resources } = process as { resources: { requests: Values; limits: Values } };
    // A limit of CPU would slow what is late already; one of memory ends a leak.
    expect(Object.keys(resources.limits), name).toEqual(["memory"]);
    expect(Object.keys(resources.requests), name).toEqual(["cpu", "memory"]);
  }
});

describe.skipIf(!helm)("rendered", { meta: { needs: "go" } }, () => {
  // What is skipped is described all the same.
  const nothing: Rendered = { manifests: [], notes: "" };
  const render = (name: string) => (helm === null ? nothing : renderChart(sets[name] ?? expect.unreachable()));
  const ofKind = (manifests: Manifest[], kind: string) => manifests.filter((each) => each.kind === kind);
  const podsOf = (manifests: Manifest[]) =>
    [...ofKind(manifests, "Deployment"), ...ofKind(manifests, "Job")].map((each) => ({
      name: each.metadata.labels["app.kubernetes.io/component"] ?? "",
      labels: each.spec.template.metadata.labels as Record<string, string>,
      pod: each.spec.template.spec,
      container: each.spec.template.spec.containers[0],
    }));
  const selects = (selector: Record<string, string>, labels: Record<string, string>) =>
    Object.entries(selector).every(([key, value]) => labels[key] === value);

  describe.each(Object.keys(sets))("with %s", (name) => {
    const { manifests, notes } = render(name);
    const pods = podsOf(manifests);

    test("every manifest is as Kubernetes' schemas want it, and no name is given twice", async () => {
      const names = manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
      expect(new Set(names).size).toBe(names.length);
      for (const manifest of manifests.filter(({ kind }) => !/^(Service|Pod)Monitor$/.test(kind))) {
        expect(await validateManifest(manifest), `${manifest.kind}/${manifest.metadata.name}`).toEqual([]);
      }
    });

    test("each process is a Deployment of its own whose command is a file", () => {
      const hasQueue = Object.keys((sets[name]?.settings as Values | undefined) ?? {}).some((each) =>
        /^(PUBSUB|KAFKA)/.test(each),
      );
      const expected = [...processNames.filter((each) => each !== "ingest" || hasQueue), "migrate"].sort();
      expect(pods.map((pod) => pod.name).sort()).toEqual(expected);
      for (const { name: process, container } of pods) {
        const file = process === "migrate" ? "scripts/migrate.ts" : `workers/${process}/main.ts`;
        expect(container.args).toEqual([file]);
        expect(existsSync(join(root, file)), file).toBe(true);
        expect(container.image).toMatch(/@sha256:[0-9a-f]{64}$|:(?!latest)[\w.-]+$/);
      }
      for (const { spec } of ofKind(manifests, "Deployment"))
        expect(selects(spec.selector.matchLabels, spec.template.metadata.labels)).toBe(true);
    });

    test("each process has only what it reads, and secrets by reference alone", () => {
      for (const { name: process, container } of pods) {
        const variables = container.env as { name: string; value?: string; valueFrom?: { secretKeyRef: Values } }[];
        expect(
          variables.filter((each) => !mayHave(process, each.name)),
          process,
        ).toEqual([]);
        expect(new Set(variables.map((each) => each.name)).size).toBe(variables.length);
        const secrets = Object.values(processTable).flatMap((row) => row.secrets);
        for (const { name: variable, value, valueFrom } of variables) {
          if (secrets.includes(variable) || variable.startsWith("TIDEMARK_SECRET_")) {
            expect(valueFrom?.secretKeyRef).toMatchObject({ name: "tidemark", key: variable });
          } else expect(typeof value, variable).toBe("string");
        }
        expect(
          variables.find((each) => each.name === "DATABASE_URL")?.valueFrom?.secretKeyRef.optional,
        ).toBeUndefined();
      }
      expect(ofKind(manifests, "Secret")).toEqual([]);
    });

    test("pods are confined, and their volumes are there", () => {
      for (const { pod, container } of pods) {
        expect(pod).toMatchObject({
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
        });
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
        const volumes = pod.volumes.map((each: { name: string }) => each.name);
        for (const mount of container.volumeMounts) expect(volumes).toContain(mount.name);
        expect(container.resources.requests).toHaveProperty("memory");
      }
    });

    test("probes and rules name ports that exist, and the pod outlives its drain", () => {
      for (const { name: process, pod, container } of pods.filter((each) => each.name !== "migrate")) {
        const ports = container.ports.map((each: { name: string }) => each.name);
        for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe])
          expect(ports).toContain(probe.httpGet.port);
        expect(container.readinessProbe.httpGet.path).toMatch(/^\/readyz/);
        const rules = ofKind(manifests, "NetworkPolicy").filter((each) =>
          selects(each.spec.podSelector.matchLabels, { ...container.labels, ...pod.labels }),
        );
        for (const { spec } of rules) for (const rule of spec.ingress) expect(ports).toContain(rule.ports[0].port);
        // 5 s before SIGTERM for the web process, and 10 s after it for each.
        expect(pod.terminationGracePeriodSeconds, process).toBeGreaterThanOrEqual(20);
      }
      for (const { spec } of ofKind(manifests, "Service")) {
        const [served] = pods.filter(({ labels }) => selects(spec.selector, labels));
        expect(served?.container.ports.map((each: { name: string }) => each.name)).toContain(spec.ports[0].targetPort);
      }
    });

    test("what selects pods selects those of one process, and what is referred to exists", () => {
      const targets = pods.map(({ labels }) => labels);
      const selectors = [
        ...ofKind(manifests, "PodDisruptionBudget").map(({ spec }) => spec.selector.matchLabels),
        ...ofKind(manifests, "Service").map(({ spec }) => spec.selector),
        ...ofKind(manifests, "NetworkPolicy").map(({ spec }) => spec.podSelector.matchLabels),
      ];
      for (const selector of selectors) expect(targets.filter((labels) => selects(selector, labels))).toHaveLength(1);
      const namesOf = (kind: string) => ofKind(manifests, kind).map(({ metadata }) => metadata.name);
      for (const { spec } of ofKind(manifests, "HorizontalPodAutoscaler"))
        expect(namesOf("Deployment")).toContain(spec.scaleTargetRef.name);
      for (const { spec } of ofKind(manifests, "Deployment"))
        expect(namesOf("ServiceAccount")).toContain(spec.template.spec.serviceAccountName);
      for (const { spec } of ofKind(manifests, "Ingress"))
        expect(namesOf("Service")).toContain(spec.rules[0].http.paths[0].backend.service.name);
      for (const { spec } of ofKind(manifests, "ServiceMonitor"))
        expect(
          ofKind(manifests, "Service").filter(({ metadata }) => selects(spec.selector.matchLabels, metadata.labels)),
        ).toHaveLength(1);
      for (const { spec } of ofKind(manifests, "PodMonitor")) {
        const [{ key, values }] = spec.selector.matchExpressions;
        const scraped = pods.filter(
          ({ labels }) => selects(spec.selector.matchLabels, labels) && !values.includes(labels[key]),
        );
        expect(scraped.map((each) => each.name).sort()).toEqual(
          pods
            .map((each) => each.name)
            .filter((each) => each !== "web" && each !== "migrate")
            .sort(),
        );
        for (const { container } of scraped)
          expect(container.ports.map((each: { name: string }) => each.name)).toContain(
            spec.podMetricsEndpoints[0].port,
          );
      }
    });

    test("migrations run before anything else, with nothing of the release", () => {
      const [job] = ofKind(manifests, "Job");
      expect(job?.metadata.annotations).toMatchObject({ "helm.sh/hook": "pre-install,pre-upgrade" });
      expect(job?.spec.template.spec.serviceAccountName).toBeUndefined();
    });

    test("the notes have no gap", () => expect(notes).not.toMatch(/<no value>|\{\{|map\[/));
  });

  const deployment = (values: Values, process: string) =>
    ofKind(renderChart(values).manifests, "Deployment").find(({ metadata }) => metadata.name === `tidemark-${process}`)
      ?.spec;

  test("only processes that send or take what channels name get their secrets", () => {
    const pods = podsOf(render("everything").manifests);
    const having = (variable: string) =>
      pods
        .filter(({ container }) => container.env.some((each: { name: string }) => each.name === variable))
        .map(({ name }) => name);
    expect(having("TIDEMARK_SECRET_PAGER").sort()).toEqual(["collect", "notify", "web"]);
    expect(having("TIDEMARK_ADMIN_TOKEN")).toEqual(["web"]);
    expect(having("TIDEMARK_OIDC_CLIENT_SECRET")).toEqual(["web"]);
    expect(having("TIDEMARK_ENCRYPTION_KEY").sort()).toEqual(["notify", "web"]);
    expect(having("DATABASE_URL")).toHaveLength(pods.length);
  });

  test("a process can be stopped with no replicas, and is not given the default instead", () => {
    expect(deployment({ processes: { collect: { replicas: 0 } } }, "collect").replicas).toBe(0);
  });

  test("the autoscaler decides how many replicas, by the backlog of the subscription", () => {
    const values = {
      settings: { ...queue, PUBSUB_SUBSCRIPTION: "projects/p/subscriptions/events@eu-pubsub.googleapis.com:443,b" },
    };
    const { manifests } = renderChart({ ...values, autoscaling: { ingest: { enabled: true, backlog: 2_000_000 } } });
    expect(ofKind(manifests, "HorizontalPodAutoscaler").map(({ spec }) => spec.metrics[0])).toEqual([
      {
        type: "External",
        external: {
          metric: {
            name: "pubsub.googleapis.com|subscription|num_undelivered_messages",
            selector: { matchLabels: { "resource.labels.subscription_id": "events" } },
          },
          target: { type: "AverageValue", averageValue: "2000000" },
        },
      },
    ]);
    expect(
      ofKind(manifests, "Deployment").find(({ metadata }) => metadata.name.endsWith("ingest"))?.spec.replicas,
    ).toBeUndefined();
  });

  test("evaluate scales by how long the oldest fact has waited, which more replicas do not divide", () => {
    const evaluate = {
      enabled: true,
      backlogSeconds: 90,
      maxReplicas: 4,
      metric: { matchLabels: { namespace: "prod" } },
    };
    const { manifests } = renderChart({ autoscaling: { evaluate } });
    const [scaler] = ofKind(manifests, "HorizontalPodAutoscaler").map(({ spec }) => spec);
    expect([scaler.scaleTargetRef.name, scaler.maxReplicas]).toEqual(["tidemark-evaluate", 4]);
    expect(scaler.metrics).toEqual([
      {
        type: "External",
        external: {
          metric: { name: "tidemark_judge_backlog_age_seconds", selector: { matchLabels: { namespace: "prod" } } },
          target: { type: "Value", value: "90" },
        },
      },
    ]);
    expect(deployment({ autoscaling: { evaluate } }, "evaluate").replicas).toBeUndefined();
  });

  test("the pages answer under the names of their Service", () => {
    const env = deployment({}, "web").template.spec.containers[0].env as { name: string; value: string }[];
    const names = "tidemark,tidemark.prod,tidemark.prod.svc,tidemark.prod.svc.cluster.local";
    expect(env.find(({ name }) => name === "TIDEMARK_ALLOWED_HOSTS")?.value).toBe(names);
  });

  test("an ingress without a public URL is refused with what to do", () => {
    expect(() => renderChart({ ingress: { enabled: true } })).toThrow("settings.TIDEMARK_PUBLIC_URL is required");
  });

  test("a release of another name keeps its names apart", () => {
    const { manifests } = renderChart({}, "blue");
    expect(manifests.every(({ metadata }) => metadata.name.startsWith("blue-tidemark"))).toBe(true);
  });
});

test("a field that Kubernetes does not know is found", async () => {
  const labels = { a: "b" };
  const spec = { maxUnavailable: 1, selektor: {}, selector: { matchLabels: { a: "b", c: "d" } } };
  const budget = { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: "x", labels }, spec };
  expect(await validateManifest(budget)).toEqual(["/spec/selektor is not a known field."]);
  expect(await validateManifest({ ...budget, spec: { selector: { matchLabels: { a: 1 } } } })).toHaveLength(1);
});
