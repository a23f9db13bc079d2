import { Help } from "commander";
import { describe, expect, it } from "vitest";
import { loadedModules } from "#test/loaded-modules.ts";
import { commands } from "./commands.ts";
import { createProgram } from "./program.ts";

describe("the commands' modules", () => {
  it("are not loaded for the help", async () => {
    const { files, packages } = await loadedModules(["cli/main.ts", "--help"]);
    expect(packages).toEqual(["commander"]);
    expect(files.sort()).toEqual([
      "cli/cli-error.ts",
      "cli/commands.ts",
      "cli/main.ts",
      "cli/program.ts",
      "cli/run-program.ts",
      "package.json",
      "server/process/require-node.mjs",
    ]);
  });

  it.each(commands.map(({ name }) => name))("bring no database, queue or web module for %s --help", async (name) => {
    const { files, packages } = await loadedModules(["cli/main.ts", name, "--help"]);
    expect(packages.filter((each) => /^(@prisma|pg|@google-cloud|@platformatic|hono|next|react)\b/.test(each))).toEqual(
      [],
    );
    expect(files.filter((file) => /^(app|components|workers|server\/(db|http|adapters))\//.test(file))).toEqual([]);
  });
});

describe("the list of commands", () => {
  it("shows each command as the loaded one does", async () => {
    const { commands: loaded } = await createProgram(commands.map(({ name }) => name));
    expect(loaded.map((command) => new Help().subcommandTerm(command))).toEqual(
      commands.map(({ name, usage }) => [name, usage].filter(Boolean).join(" ")),
    );
  });

  it("loads the named commands alone", async () => {
    const program = await createProgram(["wait", "--help"]);
    const withArguments = program.commands.filter((command) => command.registeredArguments.length > 0);
    expect(withArguments.map((command) => command.name())).toEqual(["wait"]);
  });
});
