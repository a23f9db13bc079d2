// A separate process between Tidemark and a server it starts. Only its parent holds its stdin pipe open, so the
// guardian notices the parent's end however it comes, kill -9 included, and then ends the server.
// Arguments: uid and gid ("-" for its own), the polite signal, the forceful signal, the command.
import { spawn } from "node:child_process";

const patienceMs = 20_000;
const [uid, gid, ask, insist, program, ...programArguments] = process.argv.slice(2);
if (!uid || !gid || !ask || !insist || !program) throw new Error("guardian: its arguments are not complete.");

const server = spawn(program, programArguments, {
  stdio: ["ignore", "ignore", "inherit"],
  ...(uid === "-" ? {} : { uid: Number(uid), gid: Number(gid) }),
});

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  server.kill(ask as NodeJS.Signals);
  setTimeout(() => server.kill(insist as NodeJS.Signals), patienceMs).unref();
}

server.once("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
server.once("exit", (code) => process.exit(code ?? 1));
// Once the parent is gone stderr has no reader: writing must not end the guardian before its work is done.
process.stderr.on("error", () => undefined);
process.stdin.on("end", stop).on("error", stop).resume();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
