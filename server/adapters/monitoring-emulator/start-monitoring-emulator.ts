import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import {
  type AnyRequest,
  CallAnswerer,
  type InjectedFault,
  type MonitoringCall,
  type MonitoringMethod,
} from "./answer-calls.ts";
import { serviceSeries } from "./create-time-series.ts";
import { Descriptors, isCustom, type MetricDescriptor } from "./descriptors.ts";
import { RpcFault } from "./fault.ts";
import { openHttpDoor } from "./http-door.ts";
import type { MonitoringEmulatorOptions } from "./options.ts";
import { pointOfJson, seriesToJson, type TimeSeriesJson } from "./series.ts";
import { SeriesStore } from "./store.ts";
import { metricService } from "./wire.ts";

/** The codes of its answers, for whoever has it fail. */
export { status } from "@grpc/grpc-js";

export interface MonitoringEmulator {
  /** host:port. */
  host: string;
  /** Where series can be put over HTTP, if the options asked for it. */
  doorUrl: string | null;
  /** Series of Google's own metrics, in the JSON of its REST API; the resource's label project_id says whose they are. */
  put(...series: TimeSeriesJson[]): void;
  /** Every series of a custom metric that was written, newest point first. */
  written(): TimeSeriesJson[];
  /** Those of custom metrics. */
  descriptors(project: string): MetricDescriptor[];
  fail(fault: InjectedFault): void;
  /** Every call since the start, or since the last `forgetCalls`. */
  calls(): MonitoringCall[];
  forgetCalls(): void;
  stop(): void;
}

const largestRequestBytes = 64 * 1024 * 1024;

/**
 * Cloud Monitoring's MetricService on loopback, made from the protos in the package of Google's client: it enforces the documented limits
 * and answers in the documented order and delay. For tests and the demo: Google has no emulator of it. It keeps everything in memory.
 */
export async function startMonitoringEmulator(options: MonitoringEmulatorOptions): Promise<MonitoringEmulator> {
  const store = new SeriesStore(options.retentionMs ?? 26 * 3_600_000);
  const descriptors = new Descriptors();
  const answerer = new CallAnswerer(options, store, descriptors);
  const server = new Server({ "grpc.max_receive_message_length": largestRequestBytes });
  server.addService(metricService(), Object.fromEntries(answerer.methods.map((name) => [name, unary(name, answerer)])));
  const port = await bind(server, options.port ?? 0);
  const put = (series: readonly TimeSeriesJson[], project?: string) => {
    for (const one of series.map((each) => serviceSeries({ ...each, points: each.points.map(pointOfJson) }, project))) {
      store.add(one);
    }
  };
  const door = options.door ? await openHttpDoor((project, series) => put(series, project)) : null;
  return {
    host: `127.0.0.1:${port}`,
    doorUrl: door?.url ?? null,
    put: (...series) => put(series),
    written: () => store.ofCustomMetrics().map(seriesToJson),
    descriptors: (project) => descriptors.list(project, "").filter(({ type }) => isCustom(type)),
    fail: (fault) => answerer.fail(fault),
    calls: () => [...answerer.calls],
    forgetCalls: () => answerer.forgetCalls(),
    stop: () => {
      door?.stop();
      server.forceShutdown();
    },
  };
}

function unary(method: MonitoringMethod, answerer: CallAnswerer) {
  return (call: ServerUnaryCall<AnyRequest, object>, reply: sendUnaryData<object>) => {
    try {
      reply(null, answerer.answer(method, call.request));
    } catch (error) {
      reply(error instanceof RpcFault ? error.toServiceError() : (error as Error));
    }
  };
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
}
