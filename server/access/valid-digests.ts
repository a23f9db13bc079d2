import type { Nouns } from "#server/db/database.ts";

/** Real time: what was just created may go unnoticed for so long. */
const freshMs = 1_000;

/** The digests, in base64, of all tokens or sessions that have not ended, read once a second at most. An expired one may be among them. */
export class ValidDigests {
  readonly #readDigests: () => Promise<Uint8Array[]>;
  #read: Promise<ReadonlySet<string>> | null = null;
  #readAtMs = Number.NEGATIVE_INFINITY;

  constructor(readDigests: () => Promise<Uint8Array[]>) {
    this.#readDigests = readDigests;
  }

  async has(digest: Buffer): Promise<boolean> {
    return (await this.#all()).has(digest.toString("base64"));
  }

  clear(): void {
    this.#read = null;
  }

  /** Concurrent callers share one statement. */
  #all(): Promise<ReadonlySet<string>> {
    if (this.#read && performance.now() - this.#readAtMs < freshMs) return this.#read;
    this.#readAtMs = performance.now();
    const read = this.#readDigests().then(
      (digests) => new Set(digests.map((digest) => Buffer.from(digest).toString("base64"))),
    );
    this.#read = read;
    // The next caller tries again.
    read.catch(() => this.clear());
    return read;
  }
}

export async function readTokenDigests({ prisma }: Nouns): Promise<Uint8Array[]> {
  const rows = await prisma.apiToken.findMany({
    where: { revokedAt: null },
    select: { hash: true, previousHash: true },
  });
  return rows.flatMap(({ hash, previousHash }) => (previousHash ? [hash, previousHash] : [hash]));
}

export async function readSessionDigests({ prisma }: Nouns): Promise<Uint8Array[]> {
  const where = { endedAt: null, expiresAt: { gt: new Date() } };
  return (await prisma.session.findMany({ where, select: { hash: true } })).map(({ hash }) => hash);
}
