import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const folder = join(import.meta.dirname, "../node_modules/.cache/tidemark");

/**
 * Provides Debian's programs for the tests that compare Tidemark with them or run beside them: their packages are fetched
 * and unpacked beside the npm packages, so that nothing is installed and no service is started. Elsewhere those tests are
 * skipped and say so.
 */
export function installDebianPrograms(): void {
  provide("prometheus-alertmanager", ["amtool", "prometheus-alertmanager"], makeAlertmanagerMovable);
  provide("prometheus", ["prometheus", "promtool"]);
  provide("tinyproxy-bin", ["tinyproxy"]);
  // Its library moves a machine's clock in test/drill.
  provide("faketime", ["faketime"], () => undefined, ["libfaketime"]);
  provide("nginx", ["nginx"]);
  provide("kcat", ["kcat"], takeLibrariesAlong("bin/kcat"), ["librdkafka1", "libyajl2", "libsasl2-2"]);
  provide("pgbouncer", ["pgbouncer"], takeLibrariesAlong("sbin/pgbouncer"), ["libc-ares2", "libevent-2.1-7"]);
  // For test/deploy, which renders the Helm chart and reads Terraform with the libraries that those programs are made of.
  provide("golang-go", ["go"], () => undefined, ["golang-1.19-go", "golang-1.19-src", ...goLibraries]);
}

const goLibraries = [
  ...[
    "agext-levenshtein",
    "apparentlymart-go-textseg",
    "ghodss-yaml",
    "google-go-cmp",
    "google-uuid",
    "hashicorp-hcl-v2",
  ],
  ...["huandu-xstrings", "imdario-mergo", "masterminds-goutils", "masterminds-semver", "masterminds-sprig"],
  ...["mitchellh-copystructure", "mitchellh-go-wordwrap", "mitchellh-reflectwalk", "shopspring-decimal", "spf13-cast"],
  ...["vmihailenco-tagparser", "zclconf-go-cty"],
]
  .map((name) => `golang-github-${name}-dev`)
  .concat(["crypto", "net", "sys", "text"].map((name) => `golang-golang-x-${name}-dev`))
  .concat(["golang-gopkg-vmihailenco-msgpack.v2-dev", "golang-gopkg-yaml.v2-dev", "golang-gopkg-yaml.v3-dev"]);

function provide(
  name: string,
  programs: readonly string[],
  prepare: (at: string) => void = () => undefined,
  libraries: readonly string[] = [],
): void {
  if (programs.every(isOnPath)) return;
  const at = join(folder, name);
  const unpacked = ["bin", "sbin"].map((folder) => join(at, "usr", folder));
  if (!unpacked.some((folder) => existsSync(folder)) && existsSync("/usr/bin/apt-get")) {
    process.stdout.write(`Fetching ${programs.at(-1)} to test with (apt-get download ${name})…\n`);
    mkdirSync(at, { recursive: true });
    if (!downloaded(at, name) && process.getuid?.() === 0) {
      // The package lists may never have been fetched on this machine.
      run("apt-get", ["--quiet", "update"], at);
      downloaded(at, name);
    }
    for (const library of libraries) downloaded(at, library);
    for (const file of debianPackages(at)) run("dpkg-deb", ["--extract", file, "."], at);
    if (unpacked.some((folder) => existsSync(folder))) prepare(at);
  }
  for (const folder of unpacked.filter((each) => existsSync(each))) {
    process.env.PATH = `${process.env.PATH}${delimiter}${folder}`;
  }
}

/**
 * Debian's Alertmanager reads its templates from the package's install path, and does not start without them. The binary is
 * patched with a path of the same length, relative to the package's folder, and a wrapper script starts it there.
 */
function makeAlertmanagerMovable(at: string): void {
  const server = join(at, "usr/bin/prometheus-alertmanager");
  const movedServer = `${server}.real`;
  const program = readFileSync(server);
  const [installed, unpacked] = ["/usr/share/prometheus/alertmanager", "usr/share/prometheus//alertmanager"];
  for (let found = program.indexOf(installed); found !== -1; found = program.indexOf(installed, found)) {
    program.write(unpacked, found);
  }
  renameSync(server, movedServer);
  writeFileSync(movedServer, program);
  writeFileSync(server, `#!/bin/sh\ncd '${at}' && exec '${movedServer}' "$@"\n`, { mode: 0o755 });
}

/** A wrapper script names the folder with the libraries that were unpacked beside it. */
function takeLibrariesAlong(name: string): (at: string) => void {
  return (at) => {
    const program = join(at, "usr", name);
    renameSync(program, `${program}.real`);
    const folder = readdirSync(join(at, "usr/lib")).find((each) => each.endsWith("-linux-gnu")) ?? "";
    const path = join(at, "usr/lib", folder);
    writeFileSync(program, `#!/bin/sh\nLD_LIBRARY_PATH='${path}' exec '${program}.real' "$@"\n`, { mode: 0o755 });
  };
}

function downloaded(at: string, name: string): boolean {
  run("apt-get", ["--quiet", "download", name], at);
  return debianPackages(at).length > 0;
}

function debianPackages(at: string): string[] {
  return readdirSync(at).filter((file) => file.endsWith(".deb"));
}

function run(program: string, args: string[], cwd: string): void {
  spawnSync(program, args, { cwd, stdio: "ignore" });
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((path) => existsSync(join(path, program)));
}
