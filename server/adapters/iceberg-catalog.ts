import { isObject } from "#domain/protocol/values.ts";
import { askJson, RefusedQuestion } from "./ask-json.ts";
import type { Egress } from "./egress.ts";

export interface CatalogOptions {
  readonly uri: string;
  readonly warehouse?: string | undefined;
  readonly token: string | null;
  readonly egress: Egress;
}

export interface TableName {
  /** Levels separated by a full stop. */
  readonly namespace: string;
  readonly name: string;
}

/** What is wrong with the catalog or its answer, in a sentence that says what to do. */
export class IcebergError extends Error {}

const maxTables = 10_000;
const maxPages = 200;
/** Between the levels of a namespace, in a path. */
const unitSeparator = "\u001f";

/** An Iceberg REST catalog: https://iceberg.apache.org/rest-catalog-spec/ It is only read. */
export class IcebergCatalog {
  readonly #options: CatalogOptions;
  #prefix: string | null = null;
  calls = 0;

  constructor(options: CatalogOptions) {
    this.#options = options;
  }

  async listTables(namespace: string): Promise<TableName[]> {
    const tables: TableName[] = [];
    let pageToken = "";
    for (let page = 0; page < maxPages; page += 1) {
      const query = new URLSearchParams({ pageSize: "1000", pageToken });
      const answer = await this.#ask(`${await this.#namespace(namespace)}/tables?${query}`);
      const identifiers = isObject(answer) ? answer.identifiers : undefined;
      if (!Array.isArray(identifiers))
        throw new IcebergError(`The catalog's list of tables in ${namespace} cannot be read.`);
      for (const identifier of identifiers)
        if (isObject(identifier) && typeof identifier.name === "string")
          tables.push({ namespace, name: identifier.name });
      if (tables.length > maxTables)
        throw new IcebergError(`Namespace ${namespace} has more than ${maxTables} tables, which are not all read.`);
      const next = isObject(answer) ? answer["next-page-token"] : undefined;
      if (typeof next !== "string" || next === "") return tables;
      pageToken = next;
    }
    throw new IcebergError(`The catalog's list of tables in ${namespace} does not end.`);
  }

  /** The table's metadata, its snapshot ids as text: as numbers they would be rounded. */
  async loadMetadata({ namespace, name }: TableName): Promise<unknown> {
    const path = `${await this.#namespace(namespace)}/tables/${encodeURIComponent(name)}?snapshots=all`;
    const answer = await this.#ask(path, (text) =>
      text.replace(/("(?:current-|parent-)?snapshot-id"\s*:\s*)(-?\d+)/g, '$1"$2"'),
    );
    return isObject(answer) ? answer.metadata : undefined;
  }

  async #namespace(namespace: string): Promise<string> {
    this.#prefix ??= await this.#readPrefix();
    return `${this.#prefix}/namespaces/${encodeURIComponent(namespace.replaceAll(".", unitSeparator))}`;
  }

  async #readPrefix(): Promise<string> {
    const { warehouse } = this.#options;
    const answer = await this.#ask(
      warehouse === undefined ? "/config" : `/config?${new URLSearchParams({ warehouse })}`,
    );
    const of = (member: string) => (isObject(answer) && isObject(answer[member]) ? answer[member].prefix : undefined);
    const prefix = of("overrides") ?? of("defaults");
    return typeof prefix === "string" && prefix !== "" ? `/${prefix.split("/").map(encodeURIComponent).join("/")}` : "";
  }

  async #ask(path: string, prepare?: (text: string) => string): Promise<unknown> {
    const { uri, token, egress } = this.#options;
    this.calls += 1;
    try {
      return await askJson({ method: "GET", url: `${uri}/v1${path}`, token, egress, ...(prepare ? { prepare } : {}) });
    } catch (error) {
      throw error instanceof RefusedQuestion ? explain(error, path) : error;
    }
  }
}

function explain({ status, body }: RefusedQuestion, path: string): IcebergError {
  const error = isObject(body) && isObject(body.error) ? body.error : {};
  const said = typeof error.message === "string" ? ` It says: ${error.message.split("\n")[0]?.slice(0, 300)}` : "";
  const what = path.split("?")[0]?.replaceAll("%1F", ".");
  if (status === 401 || status === 403)
    return new IcebergError(
      `The Iceberg catalog denies access to ${what}: check the variable that token names.${said}`,
    );
  if (status === 404)
    return new IcebergError(`The Iceberg catalog has no ${what}: check uri, warehouse and namespaces.${said}`);
  if (status === 429) return new IcebergError(`The Iceberg catalog is asked too often.${said}`);
  return new IcebergError(`The Iceberg catalog answered ${status} to ${what}.${said}`);
}
