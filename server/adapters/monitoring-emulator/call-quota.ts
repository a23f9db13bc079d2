import { status } from "@grpc/grpc-js";
import { RpcFault } from "./fault.ts";

/** Calls a minute and project, in whole minutes of the emulator's clock. */
export class CallQuota {
  readonly #metric: string;
  readonly #limit: number;
  readonly #used = new Map<string, { minute: number; calls: number }>();

  constructor(metric: string, limit: number) {
    this.#metric = metric;
    this.#limit = limit;
  }

  take(project: string, nowMs: number): void {
    const minute = Math.floor(nowMs / 60_000);
    const used = this.#used.get(project);
    const calls = used?.minute === minute ? used.calls + 1 : 1;
    this.#used.set(project, { minute, calls });
    if (calls <= this.#limit) return;
    throw new RpcFault(
      status.RESOURCE_EXHAUSTED,
      `Quota exceeded for quota metric '${this.#metric}' and limit '${this.#metric} per minute' of service 'monitoring.googleapis.com' for consumer 'projects/${project}'.`,
    );
  }
}
