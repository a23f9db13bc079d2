import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { type Manifest, manifestSchema } from "./manifest.ts";

/*
 * A backup is a tar archive of two members: what pg_dump wrote, and the manifest, which comes last because it says how long and what the
 * first is. `tar --extract` gives both, and pg_restore takes the first, for whoever has no Tidemark at hand.
 */
const dumpName = "database.dump";
const manifestName = "manifest.json";
const block = 512;
const mostManifestBytes = 64 * 1024 * 1024;

const padded = (bytes: number) => Math.ceil(bytes / block) * block;

/** Writes the dump as it comes; `finish` makes the file whole. */
export class ArchiveWriter {
  readonly #file: FileHandle;
  readonly #hash = createHash("sha256");
  #bytes = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<ArchiveWriter> {
    const file = await open(path, "w", 0o600);
    await writeAll(file, Buffer.alloc(block), 0);
    return new ArchiveWriter(file);
  }

  get bytes(): number {
    return this.#bytes;
  }

  async append(chunk: Buffer): Promise<void> {
    await writeAll(this.#file, chunk, block + this.#bytes);
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
  }

  async finish(manifestOf: (dump: Manifest["dump"]) => Manifest): Promise<void> {
    const manifest = manifestOf({ bytes: this.#bytes, sha256: this.#hash.digest("hex") });
    const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    const atSeconds = Math.floor(Date.parse(manifest.takenAt) / 1000);
    const end = block + padded(this.#bytes);
    await writeAll(this.#file, tarHeader(dumpName, this.#bytes, atSeconds), 0);
    const rest = Buffer.alloc(block + padded(text.length) + 2 * block);
    tarHeader(manifestName, text.length, atSeconds).copy(rest);
    text.copy(rest, block);
    await writeAll(this.#file, rest, end);
    await this.#file.sync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

async function writeAll(file: FileHandle, data: Buffer, position: number): Promise<void> {
  for (let done = 0; done < data.length; ) {
    done += (await file.write(data, done, data.length - done, position + done)).bytesWritten;
  }
}

function tarHeader(name: string, size: number, atSeconds: number): Buffer {
  const header = Buffer.alloc(block);
  const octal = (value: number, at: number, digits: number) =>
    header.write(`${value.toString(8).padStart(digits, "0")}\0`, at, "latin1");
  header.write(name, 0, "latin1");
  octal(0o600, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  // From 8 GiB on as a binary number, as GNU tar and BSD tar read it.
  if (size < 8 ** 11) octal(size, 124, 11);
  else {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(size), 128);
  }
  octal(atSeconds, 136, 11);
  header.write("        0", 148, "latin1");
  header.write("ustar\u000000", 257, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return header;
}

/** Reads and checks a backup; throws a sentence for whatever is none. */
export async function readArchive(path: string): Promise<Manifest> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      error.code === "ENOENT"
        ? `There is no file ${path}.`
        : `${path} cannot be read (${error.code}). Check its rights.`,
    );
  });
  try {
    const facts = await file.stat();
    if (!facts.isFile()) throw new Error(`${path} is not a file. Name a file that \`tidemark backup\` wrote.`);
    const first = await readHeader(file, 0);
    if (first?.name !== dumpName) throw new Error(await sayWrongFormat(path, file));
    const at = block + padded(first.size);
    const second = await readHeader(file, at);
    const truncated = `${path} is truncated: it ends before the backup does. Copy it again, or use another backup. Nothing was changed.`;
    if (second?.name !== manifestName || second.size > mostManifestBytes) throw new Error(truncated);
    if (facts.size < at + block + second.size) throw new Error(truncated);
    const text = Buffer.alloc(second.size);
    await file.read(text, 0, text.length, at + block);
    return readManifest(path, text.toString("utf8"), first.size);
  } finally {
    await file.close();
  }
}

async function readHeader(file: FileHandle, position: number): Promise<{ name: string; size: number } | null> {
  const header = Buffer.alloc(block);
  const { bytesRead } = await file.read(header, 0, block, position);
  if (bytesRead < block || header.toString("latin1", 257, 262) !== "ustar") return null;
  const name = header.toString("latin1", 0, 100).replace(/\0.*$/s, "");
  const size =
    header[124] === 0x80 ? Number(header.readBigUInt64BE(128)) : readOctal(header.toString("latin1", 124, 135));
  return Number.isSafeInteger(size) ? { name, size } : null;
}

function readOctal(text: string): number {
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}

async function sayWrongFormat(path: string, file: FileHandle): Promise<string> {
  const magic = Buffer.alloc(5);
  await file.read(magic, 0, magic.length, 0);
  if (magic.toString("latin1") === "PGDMP") {
    return `${path} is a dump that pg_dump itself wrote: load it with pg_restore. \`tidemark restore\` takes files that \`tidemark backup\` wrote, because it checks them.`;
  }
  return `${path} is not a backup that \`tidemark backup\` wrote, or its beginning is damaged. Nothing was changed.`;
}

function readManifest(path: string, text: string, bytes: number): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = null;
  }
  const format = (json as { format?: unknown } | null)?.format;
  if (typeof format === "number" && format > 1) {
    throw new Error(`${path} was written by a newer Tidemark. Restore it with that version.`);
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success || parsed.data.dump.bytes !== bytes) {
    throw new Error(`${path} is damaged: its manifest cannot be read. Use another backup. Nothing was changed.`);
  }
  return parsed.data;
}

/** What pg_restore reads. */
export function openDump(path: string, { dump: { bytes } }: Manifest): Readable {
  return createReadStream(path, { start: block, end: block + bytes - 1, highWaterMark: 1024 * 1024 });
}

/** Throws if a byte of the dump is not as it was written. */
export async function verifyDump(path: string, manifest: Manifest): Promise<void> {
  const hash = createHash("sha256");
  for await (const chunk of openDump(path, manifest)) hash.update(chunk as Buffer);
  if (hash.digest("hex") === manifest.dump.sha256) return;
  throw new Error(
    `${path} is damaged: its checksum differs. Copy it again, or use another backup. Nothing was changed.`,
  );
}
