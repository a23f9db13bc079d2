export interface Instruction {
  keyword: string;
  /** Without flags such as `--from=build`. */
  args: string[];
  flags: Record<string, string>;
  text: string;
}

export interface Stage {
  from: string;
  name: string | null;
  instructions: Instruction[];
}

/** Stages and instructions of a Dockerfile, its global ARGs resolved in FROM. Here-documents and escapes other than `\` are not known. */
export function readDockerfile(text: string): Stage[] {
  const lines = text
    .split("\n")
    .filter((line) => !/^\s*#/.test(line))
    .join("\n")
    .replace(/\\\n/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const defaults: Record<string, string> = {};
  const stages: Stage[] = [];
  for (const line of lines) {
    const instruction = readInstruction(line);
    const stage = stages.at(-1);
    if (instruction.keyword === "FROM") {
      const [from = "", as, name] = instruction.args;
      const resolved = from.replace(/\$\{(\w+)\}/g, (_, variable: string) => defaults[variable] ?? "");
      stages.push({ from: resolved, name: as?.toUpperCase() === "AS" ? (name ?? null) : null, instructions: [] });
    } else if (stage) stage.instructions.push(instruction);
    else {
      const [name = "", value = ""] = (instruction.args[0] ?? "").split("=");
      defaults[name] = value;
    }
  }
  return stages;
}

function readInstruction(line: string): Instruction {
  const [keyword = "", ...words] = line.split(/\s+/);
  const text = line.slice(keyword.length).trim();
  const flagged = words.filter((word) => word.startsWith("--"));
  const rest = words.filter((word) => !word.startsWith("--"));
  const flags = Object.fromEntries(flagged.map((flag) => flag.slice(2).split("=") as [string, string]));
  const takesFlags = ["COPY", "ADD", "FROM", "HEALTHCHECK"].includes(keyword.toUpperCase());
  return { keyword: keyword.toUpperCase(), args: takesFlags ? rest : words, flags: takesFlags ? flags : {}, text };
}
