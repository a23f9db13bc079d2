// A process of its own between Tidemark and PostgreSQL. Its stdin is a pipe that only its parent holds open, so it
// learns of the parent's end however that comes, kill -9 included, and then shuts PostgreSQL down.
// Arguments: uid, gid (or "-" for its own), the program, the program's arguments.
import { spawn } from "node:child_process";

const [uid, gid, program, ...programArguments] = process.argv.slice(2);
if (!uid || !gid || !program) throw new Error("postgres-guardian: uid, gid and the program are missing.");

const postgres = spawn(program, programArguments, {
  stdio: ["ignore", "ignore", "inherit"],
  ...(uid === "-" ? {} : { uid: Number(uid), gid: Number(gid) }),
});

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  // PostgreSQL's "fast" shutdown: sessions end, a checkpoint is written. "Immediate" only if that hangs.
  postgres.kill("SIGINT");
  setTimeout(() => postgres.kill("SIGQUIT"), 20_000).unref();
}

postgres.once("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
postgres.once("exit", (code) => process.exit(code ?? 1));
// When the parent is gone nobody reads stderr any more: that must not end the guardian before its work is done.
process.stderr.on("error", () => undefined);
process.stdin.on("end", stop).on("error", stop).resume();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
