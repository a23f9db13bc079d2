import { join } from "node:path";
import { type Config, childEnvironment, takesFromKafka } from "#server/config.ts";
import { pickEnvironment, rowOf } from "#server/settings/process-environment.ts";
import type { ProcessName } from "#server/settings/process-table.ts";
import type { Monitoring } from "./find-monitoring.ts";
import type { Pubsub } from "./find-pubsub.ts";
import type { ChildSpec } from "./keep-running.ts";

export interface SharedByChildren {
  /** The repository. */
  root: string;
  config: Config;
  databaseUrl: string;
  adminToken: string;
  pubsub: Pubsub;
  monitoring: Monitoring;
  /** One start instant of a drill's clock for all: each process would otherwise start it at its own launch. */
  clockStartedAtMs: number;
}

/**
 * Processes that do little at a time. V8 would let the young generation of their heap grow to what one burst, their start, needed, and keep
 * it: 20 to 30 MB each. Those that carry the load keep V8's own limit.
 */
const littleAtATime: readonly ProcessName[] = ["alert", "notify", "maintain", "collect"];
const youngGenerationFlag = "--max-semi-space-size=2";

/** For its requests in progress, after its drain. */
const webGraceMs = 10_000;

/** Every process of the product. */
export function childSpecs(shared: SharedByChildren): ChildSpec[] {
  const { config, pubsub } = shared;
  const takesFromQueue = pubsub.projectId !== null || takesFromKafka(config);
  const workers = !takesFromQueue ? [] : numbered("ingest", config.TIDEMARK_INGEST_WORKERS);
  const evaluators = numbered("evaluate", config.TIDEMARK_EVALUATE_WORKERS);
  const notifiers = numbered("notify", config.TIDEMARK_NOTIFY_WORKERS);
  const given = environmentOf(shared);
  const single = (["alert", "forecast", "maintain", "collect"] as const).flatMap((folder) => numbered(folder, 1));
  return [...numbered("web", 1), ...workers, ...evaluators, ...notifiers, ...single].map(({ name, folder }, index) => ({
    name,
    command: [
      ...(littleAtATime.includes(folder) ? [youngGenerationFlag] : []),
      join(shared.root, `workers/${folder}/main.ts`),
    ],
    env: {
      ...pickEnvironment(given, rowOf(folder)),
      ...clockStart(shared),
      ...(folder === "web" ? {} : health(config, index - 1)),
    },
    cwd: shared.root,
    pulses: true,
    ...(folder === "web" ? { graceMs: webGraceMs + config.TIDEMARK_DRAIN * 1000 } : {}),
  }));
}

/** A port for each worker, in their order; 0: a free one. */
function health({ TIDEMARK_HEALTH_HOST, TIDEMARK_HEALTH_PORT: first }: Config, index: number): Record<string, string> {
  return { TIDEMARK_HEALTH_HOST, TIDEMARK_HEALTH_PORT: String(first === 0 ? 0 : first + index) };
}

function clockStart({ config, clockStartedAtMs }: SharedByChildren): Record<string, string> {
  return config.TIDEMARK_CLOCK === null ? {} : { TIDEMARK_CLOCK_STARTED_AT_MS: String(clockStartedAtMs) };
}

/** The demo's fleet: two weeks of history, then live. */
export function simulatorSpec(shared: SharedByChildren, url: string): ChildSpec {
  const { root, config, adminToken, pubsub, monitoring } = shared;
  const target = ["--url", url, "--token", adminToken];
  const through = pubsub.projectId ? ["--pubsub", pubsub.projectId, "--topic", config.PUBSUB_TOPIC] : [];
  const emulator = pubsub.projectId && pubsub.emulatorHost ? ["--emulator", pubsub.emulatorHost] : [];
  const { demo } = monitoring;
  const series = demo ? ["--monitoring", `${demo.url}/v3/projects/${demo.project}`] : [];
  const story = ["--history-days", "14", "--seed", "1", "--live"];
  return {
    name: "simulator",
    command: [join(root, "simulator/main.ts"), ...target, ...through, ...emulator, ...series, ...story],
    // Everything else it needs is on its command line.
    env: pickEnvironment(environmentOf(shared), { reads: [], callsGoogle: true }),
    cwd: root,
    once: true,
  };
}

function numbered(folder: ProcessName, count: number): { name: string; folder: ProcessName }[] {
  return Array.from({ length: count }, (_, index) => ({
    name: count === 1 ? folder : `${folder} ${index + 1}`,
    folder,
  }));
}

/** This process's environment with what it found out: each child gets its own part of it. */
function environmentOf(shared: SharedByChildren): NodeJS.ProcessEnv {
  const { config, databaseUrl, adminToken, pubsub, monitoring } = shared;
  return childEnvironment({
    DATABASE_URL: databaseUrl,
    TIDEMARK_ADMIN_TOKEN: adminToken,
    // The demo's default differs from the web process's own.
    TIDEMARK_DASHBOARD: config.TIDEMARK_DASHBOARD,
    TIDEMARK_LOG_FORMAT: "json",
    PUBSUB_PROJECT_ID: pubsub.projectId,
    PUBSUB_EMULATOR_HOST: pubsub.emulatorHost,
    MONITORING_EMULATOR_HOST: monitoring.emulatorHost,
    // Against the emulator, Google's client must not look for a GCE metadata server.
    ...(pubsub.emulatorHost === null ? {} : { METADATA_SERVER_DETECTION: "none" }),
    // A process that loads its modules on several threads would keep what each of them freed.
    MALLOC_ARENA_MAX: "2",
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
}
