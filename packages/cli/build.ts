import { chmodSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Plugin, rolldown } from "rolldown";

/** Writes what is published into dist/: the commands of cli/ in one file, and the licences of what is bundled. */
const root = join(import.meta.dirname, "../..");
const at = (...path: string[]) => join(import.meta.dirname, ...path);

/** What works on the database or the queues is not in the package: these modules stand in its place. */
const replacements: Record<string, string> = {
  "package.json": "package.json",
  "cli/backup/backup-command.ts": "src/backup-command.ts",
  "cli/connection.ts": "src/connection.ts",
  "cli/doctor/doctor.ts": "src/doctor.ts",
  "cli/replay/send-kafka.ts": "src/elsewhere.ts",
  "cli/replay/send-pubsub.ts": "src/elsewhere.ts",
  "cli/secrets/secrets-command.ts": "src/secrets-command.ts",
  "server/catalogue/index.ts": "src/read-documents.ts",
  "server/config.ts": "src/settings.ts",
  "server/settings/required-settings.ts": "src/elsewhere.ts",
};

/** Reading a catalogue's text needs nothing of a server. */
const bundled = [
  "catalogue/expand-node",
  "catalogue/parse-yaml",
  "catalogue/read-source",
  "catalogue/source-documents",
  "errors",
];

const withoutServer: Plugin = {
  name: "without-server",
  async resolveId(source, importer) {
    const found = await this.resolve(source, importer, { skipSelf: true });
    const file = found === null ? "" : relative(root, found.id);
    const replacement = replacements[file];
    if (replacement !== undefined) return at(replacement);
    if (file.startsWith("server/") && !bundled.includes(file.slice("server/".length, -".ts".length)))
      throw new Error(
        `${importer} imports ${file}, which is not published. Name its replacement in packages/cli/build.ts.`,
      );
    return found;
  },
};

rmSync(at("dist"), { recursive: true, force: true });
const bundle = await rolldown({
  input: at("src/main.ts"),
  platform: "node",
  plugins: [withoutServer],
  onLog(_level, log) {
    throw new Error(log.message);
  },
});
const { output } = await bundle.write({ file: at("dist/tidemark.js"), format: "esm", codeSplitting: false });
chmodSync(at("dist/tidemark.js"), 0o755);
const modules = output.flatMap((chunk) => (chunk.type === "chunk" ? Object.keys(chunk.modules) : []));
writeFileSync(at("dist/third-party-licences.txt"), licencesOf(modules));

function licencesOf(files: readonly string[]): string {
  const folders = new Set(files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []));
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const [text] = globSync("{LICENSE,LICENCE,license}*", { cwd: folder });
      if (text === undefined) throw new Error(`${name} has no licence text to publish with it.`);
      return `${name} ${version} (${license})\n\n${readFileSync(join(folder, text), "utf8").trim()}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
