import type { status } from "@grpc/grpc-js";
import { CallQuota } from "./call-quota.ts";
import { type CreateRequest, createServiceTimeSeries, createTimeSeries } from "./create-time-series.ts";
import type { Descriptors, MetricDescriptor } from "./descriptors.ts";
import { RpcFault } from "./fault.ts";
import { knownMetrics } from "./known-metrics.ts";
import { type ListRequest, listTimeSeries, projectOf } from "./list-time-series.ts";
import type { MonitoringEmulatorOptions } from "./options.ts";
import type { SeriesStore } from "./store.ts";

/** The methods that are served, named as in Google's client; any other is answered UNIMPLEMENTED. */
export type MonitoringMethod =
  | "listTimeSeries"
  | "createTimeSeries"
  | "createServiceTimeSeries"
  | "createMetricDescriptor"
  | "listMetricDescriptors"
  | "getMetricDescriptor";

/** What the next calls of a method are answered with. */
export interface InjectedFault {
  /** Default: any. */
  method?: MonitoringMethod;
  /** An error instead of an answer … */
  code?: status;
  message?: string;
  /** … or, of listTimeSeries, an answer beside which these errors say that it may be incomplete. */
  executionErrors?: { code: status; message: string }[];
  /** How many calls. Default 1. */
  times?: number;
  /** The call is carried out, and answered with the error all the same, as if its answer was lost. */
  afterwards?: boolean;
}

export interface MonitoringCall {
  method: MonitoringMethod;
  /** projects/PROJECT, or a descriptor's name. */
  name: string;
  filter: string | null;
  /** How many series the request carried. */
  series: number;
  /** The status it was answered with, 0 for OK. */
  code: number;
  atMs: number;
}

/** What a request of any of the methods may hold, as the protos define it. */
export interface AnyRequest {
  name: string;
  filter?: string;
  timeSeries?: unknown[];
}

const internalError = 13;
const keptCalls = 20_000;

/** Carries out calls on what is stored, notes each, and fails those that a test asked to fail. */
export class CallAnswerer {
  readonly #methods: Record<MonitoringMethod, (request: never) => object>;
  readonly #faults: InjectedFault[] = [];
  readonly #now: () => number;
  #calls: MonitoringCall[] = [];

  constructor(options: MonitoringEmulatorOptions, store: SeriesStore, descriptors: Descriptors) {
    this.#now = options.now;
    this.#methods = methodsOf(options, store, descriptors);
  }

  get methods(): MonitoringMethod[] {
    return Object.keys(this.#methods) as MonitoringMethod[];
  }

  get calls(): readonly MonitoringCall[] {
    return this.#calls;
  }

  forgetCalls(): void {
    this.#calls = [];
  }

  fail(fault: InjectedFault): void {
    this.#faults.push({ ...fault });
  }

  answer(method: MonitoringMethod, request: AnyRequest): object {
    const { name, filter = null, timeSeries = [] } = request;
    const call = { method, name, filter, series: timeSeries.length, code: 0, atMs: this.#now() };
    this.#calls.push(call);
    if (this.#calls.length > keptCalls) this.#calls = this.#calls.slice(-keptCalls / 2);
    try {
      const fault = this.#takeFault(method);
      const failure =
        fault?.code === undefined ? null : new RpcFault(fault.code, fault.message ?? "Asked for by a test.");
      if (failure && !fault?.afterwards) throw failure;
      const answer = this.#methods[method](request as never);
      if (failure) throw failure;
      return fault?.executionErrors ? { ...answer, executionErrors: fault.executionErrors } : answer;
    } catch (error) {
      call.code = error instanceof RpcFault ? error.code : internalError;
      throw error;
    }
  }

  #takeFault(method: MonitoringMethod): InjectedFault | undefined {
    const index = this.#faults.findIndex((fault) => fault.method === undefined || fault.method === method);
    const fault = this.#faults[index];
    if (fault === undefined) return undefined;
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) this.#faults.splice(index, 1);
    return fault;
  }
}

function methodsOf(options: MonitoringEmulatorOptions, store: SeriesStore, descriptors: Descriptors) {
  const reads = new CallQuota("Time series queries", options.readsPerMinute ?? 6_000);
  const writes = new CallQuota("Time series ingestion requests", options.writesPerMinute ?? 60_000);
  const { now, minSpacingMs = 5_000 } = options;
  return {
    listTimeSeries: (request: ListRequest) => {
      const project = projectOf(request.name);
      reads.take(project, now());
      return listTimeSeries(request, {
        store,
        nowMs: now(),
        delayMs: (type) => 1000 * (options.delaySeconds?.(type) ?? knownMetrics.get(type)?.delaySeconds ?? 0),
        projectsSeenFrom: (scoping) => [scoping, ...(options.scopes?.[scoping] ?? [])],
        hasDescriptor: (type) => descriptors.find(project, type) !== undefined,
      });
    },
    createTimeSeries: (request: CreateRequest) => {
      writes.take(projectOf(request.name), now());
      createTimeSeries(request, { store, descriptors, nowMs: now(), minSpacingMs });
      return {};
    },
    createServiceTimeSeries: (request: CreateRequest) => {
      createServiceTimeSeries(request, store);
      return {};
    },
    createMetricDescriptor: (request: { name: string; metricDescriptor: Omit<MetricDescriptor, "name"> }) =>
      descriptors.create(projectOf(request.name), request.metricDescriptor),
    listMetricDescriptors: (request: { name: string; filter: string }) => ({
      metricDescriptors: descriptors.list(projectOf(request.name), request.filter),
      nextPageToken: "",
    }),
    getMetricDescriptor: (request: { name: string }) => descriptors.get(request.name),
  };
}
