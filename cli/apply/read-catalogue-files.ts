import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { text as readStream } from "node:stream/consumers";
import { CliError } from "../cli-error.ts";

/** All files as one YAML text, so that they are applied in one transaction. */
export interface CatalogueText {
  readonly text: string;
  /** `file:line` for a line of the text. */
  locate(line: number): string;
}

interface Part {
  readonly file: string;
  readonly firstLine: number;
}

/** Reads files, and folders recursively for names ending in .yaml, .yml or .json; `-` is the standard input. */
export async function readCatalogueFiles(paths: readonly string[]): Promise<CatalogueText> {
  const files = (await Promise.all(paths.map(findFiles))).flat();
  if (files.length === 0) {
    throw new CliError(`No .yaml, .yml or .json file found in ${paths.join(", ")}.`);
  }
  let text = "";
  let lines = 0;
  const parts: Part[] = [];
  for (const file of files) {
    const content = await readContent(file);
    parts.push({ file: file === "-" ? "(standard input)" : file, firstLine: lines + 1 });
    // `...` ends a document in any state, so that a file never runs into the next.
    const piece = `${content}\n...\n`;
    text += piece;
    lines += piece.split("\n").length - 1;
  }
  return {
    text,
    locate(line) {
      const part = parts.findLast(({ firstLine }) => firstLine <= line);
      return part ? `${part.file}:${line - part.firstLine + 1}` : `line ${line}`;
    },
  };
}

async function findFiles(path: string): Promise<string[]> {
  if (path === "-") return [path];
  const info = await stat(path).catch(() => null);
  if (!info) throw new CliError(`File or folder "${path}" not found.`);
  if (!info.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function readContent(file: string): Promise<string> {
  const content = file === "-" ? await readStream(process.stdin) : await readFile(file, "utf8");
  return content.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}
