import type { Database } from "#server/db/database.ts";

/** Real time: a token that was just created may go unnoticed for so long. */
const freshMs = 1_000;

/** The digests of all tokens that are not revoked, in base64. An expired one may be among them. */
export class ValidTokens {
  readonly #database: Database;
  #read: Promise<ReadonlySet<string>> | null = null;
  #readAtMs = Number.NEGATIVE_INFINITY;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Concurrent callers share one statement. */
  read(): Promise<ReadonlySet<string>> {
    if (this.#read && performance.now() - this.#readAtMs < freshMs) return this.#read;
    this.#readAtMs = performance.now();
    const read = readDigests(this.#database);
    this.#read = read;
    // The next caller tries again.
    read.catch(() => this.clear());
    return read;
  }

  clear(): void {
    this.#read = null;
  }
}

async function readDigests({ prisma }: Database): Promise<ReadonlySet<string>> {
  const rows = await prisma.apiToken.findMany({
    where: { revokedAt: null },
    select: { hash: true, previousHash: true },
  });
  const digests = rows.flatMap(({ hash, previousHash }) => (previousHash ? [hash, previousHash] : [hash]));
  return new Set(digests.map((digest) => Buffer.from(digest).toString("base64")));
}
