/**
 * Names in one text, separated by commas. A comma in a name is written `\,`, and a backslash before a comma or another backslash
 * `\\`: every list has exactly one text, and every text one list. Outer spaces and empty items are dropped.
 */
export function splitNames(text: string): string[] {
  const names: string[] = [];
  let name = "";
  for (let at = 0; at < text.length; at += 1) {
    const next = text[at + 1];
    if (text[at] === "\\" && (next === "," || next === "\\")) {
      name += next;
      at += 1;
    } else if (text[at] === ",") {
      names.push(name);
      name = "";
    } else name += text[at];
  }
  return [...new Set([...names, name].map((each) => each.trim()))].filter((each) => each !== "");
}

export function joinNames(names: readonly string[]): string {
  return names.map(escapeName).join(",");
}

/** As written in such a text. */
export function escapeName(name: string): string {
  return name.replaceAll(/[\\,]/g, "\\$&");
}
