import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export interface DocumentLink {
  /** Below /docs; "" is the first page. */
  slug: string;
  title: string;
  /** Below the folder of documents. */
  file: string;
}

export interface DocumentSection {
  title: string;
  pages: readonly DocumentLink[];
}

/** The product runs from its repository, so the documentation matches its version. */
export const documentsFolder = join(process.cwd(), "docs");
export const firstDocument = "getting-started.md";

/** The reading order, by reader: files, or name prefixes. Anything unmatched goes under the last. */
const order: readonly { title: string; files: readonly (string | RegExp)[] }[] = [
  { title: "Start", files: [firstDocument, "concepts.md"] },
  {
    title: "On call",
    files: ["explain.md", "alerting.md", /^alerting-/, "runbooks/README.md", /^runbooks\//, "design.md"],
  },
  {
    title: "Consume and report",
    files: [
      "consumers.md",
      "verdicts.md",
      "corrections.md",
      "slo.md",
      "protocol.md",
      "deployments.md",
      "client.md",
      "sources.md",
    ],
  },
  {
    title: "Operate",
    files: [
      "installing.md",
      "operating.md",
      "machines.md",
      "scaling.md",
      "cloud-monitoring-out.md",
      "security.md",
      "configuration.md",
    ],
  },
  { title: "Performance", files: ["performance.md", /^performance-/] },
  { title: "Decisions", files: [/^adr\//] },
  { title: "Architecture", files: ["architecture.md", /./] },
];

/** All documents, in sections; empty sections are left out. */
export async function readContents(folder = documentsFolder): Promise<DocumentSection[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names.map((name) => name.replaceAll("\\", "/")).filter((name) => name.endsWith(".md"));
  const left = new Set(files.sort());
  const sections: DocumentSection[] = [];
  for (const { title, files: wanted } of order) {
    const pages: DocumentLink[] = [];
    for (const each of wanted) {
      for (const file of [...left].filter((name) => (typeof each === "string" ? name === each : each.test(name)))) {
        left.delete(file);
        pages.push({ slug: slugOf(file), file, title: await readTitle(join(folder, file)) });
      }
    }
    if (pages.length > 0) sections.push({ title, pages });
  }
  return sections;
}

/** A document's path below /docs. */
function slugOf(file: string): string {
  return file === firstDocument ? "" : file.replace(/\.md$/, "");
}

/** A document's first line is its heading. */
async function readTitle(path: string): Promise<string> {
  const [line = ""] = (await readFile(path, "utf8")).split("\n", 1);
  return line.replace(/^# /, "").replaceAll("`", "");
}
