import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { childEnvironment } from "#server/config.ts";
import { getJson } from "#test/product/start-product.ts";
import { until } from "#test/until.ts";
import type { Machine } from "./network.ts";

export type Worker =
  | "supervisor"
  | "web"
  | "ingest"
  | "evaluate"
  | "alert"
  | "notify"
  | "forecast"
  | "collect"
  | "maintain";

export interface FleetProcess {
  machine: Machine;
  pid: number;
  /** What it logged, newest last. */
  output(): string;
  /** SIGTERM; returns the exit code. */
  stop(): Promise<number | null>;
  /** kill -9 */
  kill(): Promise<void>;
}

export interface Fleet {
  token: string;
  start(machine: Machine, worker: Worker, settings?: Record<string, string>): FleetProcess;
  /** The same of another checkout: `command` is a script in its folder, and its arguments. */
  startIn(
    folder: string,
    machine: Machine,
    command: readonly string[],
    settings?: Record<string, string>,
  ): FleetProcess;
  /** The web process of a machine: waits until it serves. */
  startWeb(machine: Machine, settings?: Record<string, string>): Promise<FleetProcess>;
  /** Waits until what was started on the machine serves. */
  untilServing(process: FleetProcess): Promise<void>;
  urlOf(machine: Machine): string;
  get<T>(machine: Machine, path: string): Promise<T>;
  send(machine: Machine, method: string, path: string, body: unknown, type?: string): Promise<Response>;
  /** Kills what still runs. */
  end(): Promise<void>;
}

const root = join(import.meta.dirname, "../..");
export const fleetPort = 3000;
const mostOutput = 200_000;

/** Single processes of Tidemark on machines of a network; `settings` are those of all. */
export function createFleet(settings: Record<string, string>): Fleet {
  const token = `tm_${randomBytes(24).toString("base64url")}`;
  const running = new Set<FleetProcess>();
  // However this process ends: a supervisor does not end with its stdin, as a worker does.
  process.once("exit", () => {
    for (const each of running) void each.kill();
  });
  const urlOf = (machine: Machine) => `http://${machine.address}:${fleetPort}`;
  const startIn: Fleet["startIn"] = (folder, machine, command, own = {}) => {
    const env = childEnvironment({
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      HOST: "0.0.0.0",
      PORT: String(fleetPort),
      TIDEMARK_ADMIN_TOKEN: token,
      TIDEMARK_LOG_FORMAT: "json",
      PUBSUB_PROJECT_ID: null,
      PUBSUB_EMULATOR_HOST: null,
      ...settings,
      ...own,
    });
    const process = startProcess({ machine, command, env, folder });
    running.add(process);
    return process;
  };
  const start: Fleet["start"] = (machine, worker, own) => startIn(root, machine, [`workers/${worker}/main.ts`], own);
  const untilServing = (process: FleetProcess) =>
    until(`what was started on ${process.machine.name} serves`, async () => {
      const url = `${urlOf(process.machine)}/readyz?serving`;
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
      return answer?.ok === true || process.output();
    });
  return {
    token,
    start,
    startIn,
    untilServing,
    async startWeb(machine, own) {
      const web = start(machine, "web", own);
      await untilServing(web);
      return web;
    },
    urlOf,
    get: (machine, path) => getJson(`${urlOf(machine)}/api/v1${path}`, token),
    async send(machine, method, path, body, type = "application/json") {
      const headers = { authorization: `Bearer ${token}`, "content-type": type };
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const answer = await fetch(`${urlOf(machine)}/api/v1${path}`, { method, headers, body: text });
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
      return answer;
    },
    async end() {
      await Promise.all([...running].map((process) => process.kill()));
    },
  };
}

interface Start {
  machine: Machine;
  /** A script and its arguments, for this process's Node. */
  command: readonly string[];
  env: NodeJS.ProcessEnv;
  folder: string;
}

export function startProcess({ machine, command, env, folder }: Start): FleetProcess {
  const [program, ...parts] = machine.inside([process.execPath, ...command]);
  // Its stdin ends with this process, and it with its stdin.
  const child = spawn(program, parts, { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-mostOutput);
    });
  child.stdin.on("error", () => undefined);
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return {
    machine,
    pid: child.pid ?? 0,
    output: () => said,
    stop() {
      child.kill("SIGTERM");
      return exited;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
