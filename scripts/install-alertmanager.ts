import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

const folder = join(import.meta.dirname, "../node_modules/.cache/tidemark/alertmanager");
const programs = join(folder, "usr/bin");

/**
 * Sees to it that tests that compare Tidemark with Alertmanager find Debian's: its package is fetched and unpacked beside the other
 * packages, so that nothing is installed and no service is started. Elsewhere those tests are skipped and say so.
 */
export function installAlertmanager(): void {
  if (isOnPath("amtool") && isOnPath("prometheus-alertmanager")) return;
  if (!existsSync(join(programs, "amtool")) && existsSync("/usr/bin/apt-get")) unpackPackage();
  if (existsSync(join(programs, "amtool"))) process.env.PATH = `${process.env.PATH}${delimiter}${programs}`;
}

function unpackPackage(): void {
  process.stdout.write("Fetching Alertmanager to compare with (apt-get download prometheus-alertmanager)…\n");
  mkdirSync(folder, { recursive: true });
  if (!downloaded() && process.getuid?.() === 0) {
    // The lists of packages may never have been fetched on this machine.
    run("apt-get", ["--quiet", "update"]);
    downloaded();
  }
  for (const file of debianPackages()) run("dpkg-deb", ["--extract", file, "."]);
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
