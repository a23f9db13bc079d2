import type { GoogleAuth } from "google-auth-library";
import { isCount, isObject } from "#domain/protocol/values.ts";
import type { PartitionRow } from "#domain/source.ts";
import { askJson, RefusedQuestion } from "./ask-json.ts";
import type { Egress } from "./egress.ts";

export interface BigQueryOptions {
  /** Default: Google's service. */
  readonly endpoint?: string;
  readonly egress: Egress;
  /** An access token. */
  readonly token: () => Promise<string | null>;
}

export interface PartitionQuery {
  readonly project: string;
  readonly dataset: string;
  readonly location?: string | undefined;
  /** The first partition, as `20261120`. */
  readonly from: string;
  /** Only these tables; undefined: all of the dataset. */
  readonly only?: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/** What is wrong with BigQuery or its answer, in a sentence that says what to do. */
export class BigQueryError extends Error {}

const google = "https://bigquery.googleapis.com";
const rowsAPage = 10_000;
/** A dataset of 1,000 tables has 31 days of hours in 744,000 partitions: read fewer days. */
const maxRows = 100_000;
const waitMs = 10_000;
const mostWaits = 4;

/** Tokens of the machine's own Google credentials, to read metadata. */
export function googleToken(): () => Promise<string | null> {
  const scopes = ["https://www.googleapis.com/auth/bigquery.readonly"];
  let auth: GoogleAuth | null = null;
  return async () => {
    try {
      auth ??= new (await import("google-auth-library")).GoogleAuth({ scopes });
      return (await auth.getAccessToken()) ?? null;
    } catch (error) {
      const why = error instanceof Error ? error.message.split("\n")[0] : "";
      throw new BigQueryError(`This machine has no Google credentials (${why}). Set GOOGLE_APPLICATION_CREDENTIALS.`);
    }
  };
}

/** Row counts of partitions, from BigQuery's own metadata: https://cloud.google.com/bigquery/docs/information-schema-partitions */
export async function readPartitions(
  options: BigQueryOptions,
  query: PartitionQuery,
): Promise<{ rows: PartitionRow[]; calls: number }> {
  const { endpoint = google } = options;
  const base = `${endpoint}/bigquery/v2/projects/${encodeURIComponent(query.project)}/queries`;
  let calls = 0;
  const ask = async (method: "GET" | "POST", url: string, body?: object) => {
    query.signal.throwIfAborted();
    calls += 1;
    try {
      const token = await options.token();
      return pageOf(await askJson({ method, url, token, egress: options.egress, ...(body ? { body } : {}) }));
    } catch (error) {
      throw error instanceof RefusedQuestion ? explain(error, query) : error;
    }
  };
  let page = await ask("POST", base, requestOf(query));
  const rows: PartitionRow[] = [];
  for (let waits = 0; ; ) {
    if (!page.isComplete) {
      waits += 1;
      if (waits > mostWaits)
        throw new BigQueryError(`BigQuery did not finish the query within ${(waits * waitMs) / 1000} s.`);
    } else {
      rows.push(...page.rows);
      if (rows.length > maxRows)
        throw new BigQueryError(
          `The dataset has more than ${maxRows.toLocaleString("en-US")} partitions in this time. Shorten lookback, or name tables in only.`,
        );
      if (page.pageToken === null) return { rows, calls };
    }
    page = await ask("GET", `${base}/${encodeURIComponent(page.jobId)}?${nextPage(page, query)}`);
  }
}

function requestOf({ project, dataset, location, from, only }: PartitionQuery): object {
  const filter = only === undefined ? "" : " AND table_name IN UNNEST(@only)";
  return {
    query: `SELECT table_name, partition_id, total_rows, UNIX_MILLIS(last_modified_time)
FROM \`${project}.${dataset}.INFORMATION_SCHEMA.PARTITIONS\`
WHERE (REGEXP_CONTAINS(partition_id, r'^[0-9]{8}([0-9]{2})?$') AND partition_id >= @from
    OR partition_id = '__UNPARTITIONED__')${filter}`,
    useLegacySql: false,
    maxResults: rowsAPage,
    timeoutMs: waitMs,
    ...(location === undefined ? {} : { location }),
    parameterMode: "NAMED",
    queryParameters: [
      { name: "from", parameterType: { type: "STRING" }, parameterValue: { value: from } },
      ...(only === undefined
        ? []
        : [
            {
              name: "only",
              parameterType: { type: "ARRAY", arrayType: { type: "STRING" } },
              parameterValue: { arrayValues: only.map((value) => ({ value })) },
            },
          ]),
    ],
  };
}

interface ResultPage {
  readonly isComplete: boolean;
  readonly rows: readonly PartitionRow[];
  readonly pageToken: string | null;
  readonly jobId: string;
  readonly location: string | undefined;
}

function pageOf(answer: unknown): ResultPage {
  if (!isObject(answer) || typeof answer.jobComplete !== "boolean") throw unreadable("jobComplete is missing");
  const { jobReference, pageToken, rows = [] } = answer;
  const { jobId, location } = isObject(jobReference) ? jobReference : {};
  if (!Array.isArray(rows)) throw unreadable("rows is not a list");
  const isLast = pageToken === undefined || pageToken === "";
  if (typeof jobId !== "string" && !(answer.jobComplete && isLast)) throw unreadable("jobReference.jobId is missing");
  return {
    isComplete: answer.jobComplete,
    rows: rows.map(rowOf),
    pageToken: typeof pageToken === "string" && !isLast ? pageToken : null,
    jobId: typeof jobId === "string" ? jobId : "",
    location: typeof location === "string" ? location : undefined,
  };
}

/** `{f: [{v}, …]}`; integers are text. */
function rowOf(row: unknown): PartitionRow {
  const cells = isObject(row) && Array.isArray(row.f) ? row.f.map((cell) => (isObject(cell) ? cell.v : null)) : [];
  const [table, partition, rows, modifiedMs] = cells;
  const count = Number(rows ?? 0);
  const modifiedAt = new Date(Number(modifiedMs ?? Number.NaN));
  if (typeof table !== "string" || typeof partition !== "string")
    throw unreadable("a row names no table and partition");
  if (!isCount(count) || Number.isNaN(modifiedAt.getTime()) || modifiedAt.getTime() < 0)
    throw unreadable(`partition ${partition} of ${table} has no valid row count and time`);
  return { table, partition, rows: count, modifiedAt };
}

function nextPage({ pageToken, location }: ResultPage, query: PartitionQuery): string {
  const place = location ?? query.location;
  return new URLSearchParams({
    maxResults: String(rowsAPage),
    timeoutMs: String(waitMs),
    ...(place === undefined ? {} : { location: place }),
    ...(pageToken === null ? {} : { pageToken }),
  }).toString();
}

function unreadable(what: string): BigQueryError {
  return new BigQueryError(`BigQuery's answer cannot be read: ${what}.`);
}

/** Google's errors: `{error: {message, errors: [{reason}]}}`. */
function explain({ status, body }: RefusedQuestion, { project, dataset }: PartitionQuery): BigQueryError {
  const error = isObject(body) && isObject(body.error) ? body.error : {};
  const [first] = Array.isArray(error.errors) ? error.errors : [];
  const reason = isObject(first) && typeof first.reason === "string" ? first.reason : "";
  const said = typeof error.message === "string" ? ` It says: ${error.message.split("\n")[0]?.slice(0, 300)}` : "";
  if (status === 429 || reason === "quotaExceeded" || reason === "rateLimitExceeded")
    return new BigQueryError(`BigQuery's quota of project ${project} is used up.${said}`);
  if (status === 401) return new BigQueryError(`BigQuery does not accept this machine's credentials.${said}`);
  if (status === 403)
    return new BigQueryError(
      `BigQuery denies access: grant roles/bigquery.jobUser on project ${project} and roles/bigquery.metadataViewer on dataset ${dataset}.${said}`,
    );
  if (status === 404)
    return new BigQueryError(
      `BigQuery has no dataset ${project}.${dataset}: check the name, and set its location.${said}`,
    );
  return new BigQueryError(`BigQuery answered ${status}.${said}`);
}
