import { Command, Help } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { commands } from "./commands.ts";

/**
 * The `tidemark` command, with the commands that the arguments name loaded and the others by name alone. Results go to
 * stdout, everything else to stderr.
 */
export async function createProgram(named: readonly string[]): Promise<Command> {
  const terms = new Map(commands.map(({ name, usage = "" }) => [name, `${name} ${usage}`.trim()]));
  const program = new Command("tidemark")
    .description("Is this hour complete, and if not, when will it be?")
    .version(packageJson.version)
    .showHelpAfterError("Add --help for usage.")
    .configureHelp({
      showGlobalOptions: true,
      subcommandTerm: (command) => terms.get(command.name()) ?? new Help().subcommandTerm(command),
    });
  for (const { name, description, load } of commands) {
    const command = named.includes(name) ? await load() : new Command(name);
    program.addCommand(command.description(description));
  }
  program.addHelpText(
    "after",
    "\nTIDEMARK_URL and TIDEMARK_TOKEN set the URL of Tidemark and the token to use; see docs/configuration.md.",
  );
  return program;
}
