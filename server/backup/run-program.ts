import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

export interface RunningProgram {
  readonly child: ChildProcessWithoutNullStreams;
  /** Null: a signal ended it. */
  readonly code: Promise<number | null>;
  /** The end of what it wrote to stderr. */
  said(): string;
}

const mostSaid = 4_000;

export function runProgram(program: string, args: readonly string[], env: NodeJS.ProcessEnv): RunningProgram {
  const child = spawn(program, args, { env, stdio: "pipe" });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-mostSaid);
  });
  // A program that ends before it has read everything says why on stderr.
  child.stdin.on("error", () => undefined);
  const code = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  // Awaited later.
  code.catch(() => undefined);
  return { child, code, said: () => said.trim() };
}

/** What an operator can do about a failure of one of PostgreSQL's programs. */
export function explainFailure(said: string): string {
  const line = said.split("\n").find((each) => /error|fatal/i.test(each)) ?? said.split("\n").at(-1) ?? "";
  const reason = line.replace(/^\S*(pg_dump|pg_restore|psql)\S*: (error: )?/, "").trim() || "it said nothing";
  return `PostgreSQL says: ${reason.replace(/[.\s]*$/, ".")}${adviceOn(said)}`;
}

function adviceOn(said: string): string {
  if (/No space left on device|could not extend file|disk full/i.test(said)) {
    return " The database server's disk is full: free space or add some, and run the command again.";
  }
  if (/out of shared memory|max_locks_per_transaction/i.test(said)) {
    return " Raise max_locks_per_transaction on the server (4096 is enough for any backup), restart it, and run the command again.";
  }
  if (
    /connection to server|could not connect|terminating connection|server closed the connection|the database system is/i.test(
      said,
    )
  ) {
    return " Check that the database server runs and is reachable, and run the command again.";
  }
  if (/extension "?\w+"? is not available|could not open extension control file/i.test(said)) {
    return " Install PostgreSQL's additional modules on the server (Debian: postgresql-contrib, with the server itself), and run the command again.";
  }
  if (/permission denied|must be owner/i.test(said)) {
    return " Use the role that owns the database and its tables.";
  }
  return "";
}
