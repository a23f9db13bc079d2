import { CliError } from "./cli-error.ts";
import type { Connection } from "./connection.ts";

/** RFC 9457, as in Tidemark's answers. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { pointer?: string; parameter?: string; line?: number; detail: string }[];
}

export interface Call {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly body?: string;
  readonly contentType?: string;
}

/** Refused by the API, with its problem. */
export class ApiRefusal extends CliError {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** One call; returns its JSON, null if there is no body. Throws ApiRefusal, or CliError if Tidemark does not answer. */
export async function callApi<Body>(connection: Connection, path: string, call: Call = {}): Promise<Body> {
  const response = await request(connection, path, call);
  const text = await response.text();
  if (response.ok) return (text === "" ? null : JSON.parse(text)) as Body;
  throw new ApiRefusal(readProblem(response.status, text));
}

/** The raw answer. Throws CliError if there is none. */
export async function request({ url, token }: Connection, path: string, call: Call = {}): Promise<Response> {
  const { method = "GET", body, contentType = "application/json" } = call;
  try {
    return await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": contentType }) },
      ...(body === undefined ? {} : { body }),
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new CliError(
      `Tidemark does not answer at ${url} (${cause}). Start it with \`npm start\`, or set TIDEMARK_URL.`,
    );
  }
}

export function readProblem(status: number, text: string): Problem {
  try {
    const problem = JSON.parse(text) as Partial<Problem>;
    if (typeof problem.detail === "string") return { title: "", ...problem, status, detail: problem.detail };
  } catch {
    // Something in front of Tidemark answered: a proxy's page is no help.
  }
  return {
    title: "",
    status,
    detail: `The answer was ${status} and not Tidemark's. Check that TIDEMARK_URL names Tidemark.`,
  };
}
