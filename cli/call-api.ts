import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "#domain/api/paths.ts";
import type { NotReadyRangeJson } from "#domain/api/ready.ts";
import { commandLineAgent } from "#domain/audit/origin.ts";
import { CliError } from "./cli-error.ts";
import { type Connection, findConnection } from "./connection.ts";

/** RFC 9457, as in Tidemark's answers; a range that is not ready lists its hours. */
type Problem = Pick<components["schemas"]["Problem"], "title" | "status" | "detail" | "errors"> &
  Partial<NotReadyRangeJson>;

/** Refused by the API, with its problem; the message has each of its faults. */
export class ApiRefusal extends CliError {
  readonly problem: Problem;

  constructor(problem: Problem, exitCode?: number) {
    super([problem.detail, ...(problem.errors ?? []).map(writeFault)].join("\n"), exitCode);
    this.problem = problem;
  }
}

function writeFault({ pointer, parameter, detail }: NonNullable<Problem["errors"]>[number]): string {
  const where = pointer || parameter;
  return `  ${where ? `${where}: ` : ""}${detail}`;
}

export type Api = Client<paths, "application/json">;

/** Tidemark's calls, typed by its description. They throw ApiRefusal, or CliError if Tidemark does not answer. */
export function openApi({ url, token }: Connection, fetch?: (request: Request) => Promise<Response>): Api {
  const headers = { authorization: `Bearer ${token}`, "user-agent": commandLineAgent };
  const api: Api = createClient({ baseUrl: `${url}/api/v1`, headers, ...(fetch ? { fetch } : {}) });
  api.use({
    async onResponse({ response }) {
      if (!response.ok) throw new ApiRefusal(readProblem(response.status, await response.text()));
    },
    onError({ error }) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      const start = "Start it with `npm start`, or set TIDEMARK_URL.";
      return new CliError(`Tidemark is unreachable at ${url} (${cause}). ${start}`);
    },
  });
  return api;
}

/** What one call answers, from the Tidemark that the settings name. */
export async function ask<Data>(call: (api: Api) => Promise<{ data?: Data }>): Promise<Data> {
  return (await call(openApi(await findConnection()))).data as Data;
}

/** Every page of a list. */
export function askAll<Item>(
  readPage: (
    api: Api,
    page: { limit: number; cursor?: string },
  ) => Promise<{
    data?: { items: Item[]; nextCursor: string | null };
  }>,
): Promise<Item[]> {
  const askFrom = async (cursor?: string): Promise<Item[]> => {
    const { items, nextCursor } = await ask((api) => readPage(api, { limit: 500, ...(cursor ? { cursor } : {}) }));
    return nextCursor === null ? items : [...items, ...(await askFrom(nextCursor))];
  };
  return askFrom();
}

function readProblem(status: number, text: string): Problem {
  try {
    const problem = JSON.parse(text) as Partial<Problem>;
    if (typeof problem.detail === "string") return { title: "", ...problem, status, detail: problem.detail };
  } catch {
    // Something in front of Tidemark answered: a proxy's page is no help.
  }
  return {
    title: "",
    status,
    detail: `Got status ${status}, and not from Tidemark. Check TIDEMARK_URL.`,
  };
}
