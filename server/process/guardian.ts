// A process of its own between Tidemark and a server that Tidemark brings along. Its stdin is a pipe that only its parent
// holds open, so it learns of the parent's end however that comes, kill -9 included, and then ends the server.
// Arguments: uid and gid ("-" for its own), the signal to ask with, the signal to insist with, the command.
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
// When the parent is gone nobody reads stderr any more: that must not end the guardian before its work is done.
process.stderr.on("error", () => undefined);
process.stdin.on("end", stop).on("error", stop).resume();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
