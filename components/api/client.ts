import createClient from "openapi-fetch";
import type { components, paths } from "#domain/api/paths.ts";
import { withBase } from "./base-path.ts";

/** A list as the API answers it. */
export interface ListJson<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** The API refused, or did not answer (status 0). Its message can be shown to users. */
export class ApiProblem extends Error {
  readonly status: number;
  /** What happened, without the single faults. */
  readonly detail: string;
  readonly faults: readonly Fault[];

  constructor(status: number, detail: string, faults: readonly Fault[] = []) {
    // Often the detail is the only fault: it is not said twice.
    super([detail, ...faults.filter((fault) => fault.detail !== detail).map(faultLine)].join("\n"));
    this.status = status;
    this.detail = detail;
    this.faults = faults;
  }
}

/** Why a call failed, without the single faults: they stand at their fields. */
export function detailOf(error: Error): string {
  return error instanceof ApiProblem ? error.detail : error.message;
}

/** One fault of an input, at a JSON pointer or in a parameter. */
export type Fault = NonNullable<components["schemas"]["Problem"]["errors"]>[number];

/** For calls that take longer than 20 s to answer, such as a channel's test. */
export function within(ms: number): (request: Request) => Promise<Response> {
  return (request) => fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(ms)]) });
}

/** The pages' API calls, typed by its description. The browser's session cookie is sent; what fails is thrown as ApiProblem. */
export const api = createClient<paths, "application/json">({
  baseUrl: withBase("/api/v1"),
  headers: { accept: "application/json" },
  fetch: within(20_000),
});
api.use({
  async onResponse({ response }) {
    if (!response.ok) throw await readProblem(response);
  },
  onError({ request }) {
    if (request.signal.aborted) return;
    return new ApiProblem(0, "Tidemark is unreachable. Check the network, and whether Tidemark is running.");
  },
});

/** What a call answers. */
export async function answerOf<Data>(call: Promise<{ data?: Data }>): Promise<Data> {
  return (await call).data as Data;
}

async function readProblem(response: Response): Promise<ApiProblem> {
  const problem: Partial<components["schemas"]["Problem"]> | null = await response.json().catch(() => null);
  const said = problem?.detail ?? problem?.title ?? `Tidemark answered ${response.status}.`;
  return new ApiProblem(response.status, said, problem?.errors ?? []);
}

function faultLine({ pointer, parameter, detail }: Fault): string {
  return `${pointer ?? parameter ?? ""} ${detail}`.trim();
}
