import { CliError } from "../cli-error.ts";

/** `severity=page` and the like; everything after the first = is the value. */
export function readLabels(texts: readonly string[]): Record<string, string> {
  const labels = texts.map((text): [string, string] => {
    const at = text.indexOf("=");
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
    throw new CliError(`"${text}" is no label: write label=value, like severity=page.`);
  });
  return Object.fromEntries(labels);
}

export function readReceivers(text: string): string[] {
  return text.split(",").map((receiver) => receiver.trim());
}
