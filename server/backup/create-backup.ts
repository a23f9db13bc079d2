import { access, rename, rm } from "node:fs/promises";
import type { Session } from "#server/db/session.ts";
import { succeeds } from "#server/process/succeeds.ts";
import { ArchiveWriter } from "./archive.ts";
import type { Contents, Manifest } from "./manifest.ts";
import { type BackupServer, openServer } from "./open-server.ts";
import { findPrograms } from "./postgres-programs.ts";
import { programConnection } from "./program-connection.ts";
import { listTables, readContents } from "./read-contents.ts";
import { explainFailure, runProgram } from "./run-program.ts";

interface BackupOptions {
  url: string;
  file: string;
  /** Tidemark's version. */
  product: string;
  /** The environment of PostgreSQL's programs, and where they are looked for. */
  env: NodeJS.ProcessEnv;
  onProgress(line: string): void;
}

const applicationName = "tidemark backup";

/** Writes the database into a file, as of one moment and while Tidemark runs. The file appears once it is whole. */
export async function createBackup(options: BackupOptions): Promise<Manifest> {
  const { url, file, env } = options;
  await refuseExisting(file);
  const server = await openServer(url, applicationName);
  const partial = `${file}.partial`;
  try {
    const { pg_dump: program } = await findPrograms(["pg_dump"], { major: server.major, path: env.PATH ?? "", env });
    const archive = await ArchiveWriter.create(partial).catch((error: Error) => explainFile(partial, error));
    try {
      const manifest = await fill(archive, { ...options, server, program });
      await archive.close();
      await rename(partial, file);
      return manifest;
    } catch (error) {
      await archive.close().catch(() => undefined);
      await rm(partial, { force: true });
      throw error;
    }
  } finally {
    await server.session.end().catch(() => undefined);
  }
}

async function refuseExisting(file: string): Promise<void> {
  if (await succeeds(access(file)))
    throw new Error(`${file} exists already. Choose another name: a backup is never overwritten.`);
}

async function fill(
  archive: ArchiveWriter,
  { server, program, ...options }: BackupOptions & { server: BackupServer; program: string },
): Promise<Manifest> {
  const { session, version, major } = server;
  const snapshot = await exportSnapshot(session);
  const dumping = dump(archive, { ...options, program, snapshot: snapshot.name });
  // Counted while pg_dump reads: both see the same moment.
  const counting = readContents(session);
  counting.catch(() => undefined);
  await dumping;
  options.onProgress("Waiting for the rows to be counted…");
  const contents: Contents = await counting;
  const { takenAt, extensions } = snapshot;
  const facts = { format: 1 as const, product: options.product, takenAt, postgres: { version, major }, extensions };
  let manifest: Manifest | undefined;
  await archive
    .finish((dumped) => {
      manifest = { ...facts, dump: dumped, contents };
      return manifest;
    })
    .catch((error: Error) => explainFile(options.file, error));
  return manifest as Manifest;
}

/** Tables are locked before the snapshot is taken, so that none of it is dropped before pg_dump has come to it. */
async function exportSnapshot(session: Session) {
  const tables = await listTables(session);
  if (tables.length === 0) throw new Error("The database is empty: there is nothing to back up. Check DATABASE_URL.");
  await session.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const names = tables.map((name) => `public.${session.escapeIdentifier(name)}`);
  await session.query(`LOCK TABLE ${names.join(", ")} IN ACCESS SHARE MODE`);
  const { rows } = await session.query<{ name: string; takenAt: Date; extensions: string[] }>(
    `SELECT pg_export_snapshot() AS name, now() AS "takenAt",
            ARRAY(SELECT extname::text FROM pg_extension WHERE extnamespace = 'public'::regnamespace ORDER BY 1) AS extensions`,
  );
  const [snapshot] = rows;
  if (snapshot === undefined) throw new Error("The database exported no snapshot.");
  return { ...snapshot, takenAt: snapshot.takenAt.toISOString() };
}

async function dump(
  archive: ArchiveWriter,
  { url, env, file, program, snapshot, onProgress }: BackupOptions & { program: string; snapshot: string },
): Promise<void> {
  const { address, variables } = programConnection(url, applicationName);
  const schemas = ["--schema=public", "--schema=partitions"];
  const args = ["--format=custom", "--no-password", `--snapshot=${snapshot}`, ...schemas, `--dbname=${address}`];
  const running = runProgram(program, args, { ...env, ...variables });
  let said = 0;
  try {
    for await (const chunk of running.child.stdout) {
      await archive.append(chunk as Buffer);
      const mebibytes = Math.floor(archive.bytes / 1024 / 1024);
      if (mebibytes >= said + 64) {
        said = mebibytes;
        onProgress(`${mebibytes} MiB…`);
      }
    }
  } catch (error) {
    running.child.kill();
    await running.code.catch(() => undefined);
    explainFile(file, error as Error);
  }
  if ((await running.code) === 0) return;
  throw new Error(`The backup failed, and no file was written. ${explainFailure(running.said())}`);
}

function explainFile(file: string, error: Error): never {
  const { code } = error as NodeJS.ErrnoException;
  const sentences: Record<string, string> = {
    ENOSPC: "The disk is full: free space, or name a file on another disk.",
    EDQUOT: "Your quota on the disk is used up: free space, or name a file on another disk.",
    EFBIG: "The file system takes no file of this size: name a file on another disk.",
    ENOENT: "Its folder does not exist: create it, or name another one.",
    EACCES: "You may not write there: name a file in another folder.",
    EROFS: "Its file system is read-only: name a file on another disk.",
  };
  const sentence = sentences[code ?? ""];
  if (sentence === undefined) throw error;
  throw new Error(`${file} cannot be written. ${sentence} No backup was written.`, { cause: error });
}
