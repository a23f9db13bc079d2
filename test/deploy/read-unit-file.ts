/** A systemd unit file: section → directive → its values in order. */
export function readUnitFile(text: string): Record<string, Record<string, string[]>> {
  const sections: Record<string, Record<string, string[]>> = {};
  let section = "";
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const heading = /^\[(\w+)\]$/.exec(line)?.[1];
    if (heading !== undefined) {
      section = heading;
      sections[section] ??= {};
      continue;
    }
    const [, name = "", value = ""] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (name === "" || section === "") throw new Error(`Not a directive: ${line}`);
    const directives = sections[section] ?? {};
    directives[name] = [...(directives[name] ?? []), value];
  }
  return sections;
}
