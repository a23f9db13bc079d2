import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const folder = join(import.meta.dirname, "../node_modules/.cache/tidemark/alertmanager");
const programs = join(folder, "usr/bin");
const server = join(programs, "prometheus-alertmanager");
const movedServer = `${server}.real`;

/**
 * Provides Debian's Alertmanager for the tests that compare Tidemark with it: its package is fetched and unpacked beside the other
 * packages, so that nothing is installed and no service is started. Elsewhere those tests are skipped and say so.
 */
export function installAlertmanager(): void {
  if (isOnPath("amtool") && isOnPath("prometheus-alertmanager")) return;
  if (!existsSync(movedServer) && existsSync("/usr/bin/apt-get")) unpackPackage();
  if (existsSync(movedServer)) process.env.PATH = `${process.env.PATH}${delimiter}${programs}`;
}

function unpackPackage(): void {
  process.stdout.write("Fetching Alertmanager to compare with (apt-get download prometheus-alertmanager)…\n");
  mkdirSync(folder, { recursive: true });
  if (!downloaded() && process.getuid?.() === 0) {
    // The package lists may never have been fetched on this machine.
    run("apt-get", ["--quiet", "update"]);
    downloaded();
  }
  for (const file of debianPackages()) run("dpkg-deb", ["--extract", file, "."]);
  if (existsSync(server)) makeMovable();
}

/**
 * Debian's Alertmanager reads its templates from the package's install path, and does not start without them. The binary is
 * patched with a path of the same length, relative to the package's folder, and a wrapper script starts it there.
 */
function makeMovable(): void {
  const program = readFileSync(server);
  const [installed, unpacked] = ["/usr/share/prometheus/alertmanager", "usr/share/prometheus//alertmanager"];
  for (let at = program.indexOf(installed); at !== -1; at = program.indexOf(installed, at)) program.write(unpacked, at);
  renameSync(server, movedServer);
  writeFileSync(movedServer, program);
  writeFileSync(server, `#!/bin/sh\ncd '${folder}' && exec '${movedServer}' "$@"\n`, { mode: 0o755 });
}

function downloaded(): boolean {
  run("apt-get", ["--quiet", "download", "prometheus-alertmanager"]);
  return debianPackages().length > 0;
}

function debianPackages(): string[] {
  return readdirSync(folder).filter((file) => file.endsWith(".deb"));
}

function run(program: string, args: string[]): void {
  spawnSync(program, args, { cwd: folder, stdio: "ignore" });
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((path) => existsSync(join(path, program)));
}
