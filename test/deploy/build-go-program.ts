import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "#test/find-program.ts";

const modules = join(import.meta.dirname, "../../node_modules/.cache/tidemark");
const cache = join(modules, "go");
/** Where Debian installs the sources of Go's libraries, and where `npm test` unpacks them. */
const libraries = ["/usr/share/gocode", join(modules, "golang-go/usr/share/gocode")].join(":");

/**
 * Compiles test/deploy/NAME/main.go with Debian's Go and Debian's sources of its libraries, once for each text. Returns the program; null,
 * with a printed hint, where Go or a library is missing.
 */
export function buildGoProgram(name: string): string | null {
  const go = findProgram("go", hint);
  if (!go) return null;
  const folder = join(import.meta.dirname, name);
  const source = readFileSync(join(folder, "main.go"));
  const program = join(cache, `${name}-${createHash("sha256").update(source).digest("hex").slice(0, 16)}`);
  if (existsSync(program)) return program;
  mkdirSync(cache, { recursive: true });
  const env = {
    ...process.env,
    GO111MODULE: "off",
    GOPATH: libraries,
    GOCACHE: join(cache, "build"),
  };
  const { status, stderr } = spawnSync(go, ["build", "-o", program, "."], { cwd: folder, env, encoding: "utf8" });
  if (status === 0) return program;
  process.stderr.write(`Skipped, for ${name} does not compile: ${hint}\n${stderr}`);
  return null;
}

const hint = "install Debian's golang-go, golang-github-masterminds-sprig-dev and golang-github-hashicorp-hcl-v2-dev.";
