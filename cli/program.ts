import { Command, Option } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { apply } from "./apply/apply.ts";
import { backtestCommand } from "./backtest/backtest-command.ts";
import { CliError } from "./cli-error.ts";
import { correctCommand } from "./correct/correct-command.ts";
import { deleteCommand } from "./delete-name.ts";
import { readDuration, readRate, readScopes, readShare, readSpeed } from "./read-options.ts";
import { choosePace, runReplay } from "./replay/run-replay.ts";
import { routesCommand } from "./routes/routes-command.ts";
import { silenceCommand } from "./silence/silence-command.ts";
import { createToken, listTokens, revokeToken, writeTokens } from "./tokens.ts";
import { waitUntilReady } from "./wait.ts";
import { readWaitQuestion } from "./wait-question.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);
const remark = (line: string) => void process.stderr.write(`${line}\n`);

/** The `tidemark` command. Results go to stdout, everything else to stderr. */
export function createProgram(): Command {
  const program = new Command("tidemark")
    .description("Is this hour complete, and if not, when will it be?")
    .version(packageJson.version)
    .showHelpAfterError("Add --help to see how it is used.")
    .configureHelp({ showGlobalOptions: true });
  program.addCommand(applyCommand());
  program.addCommand(waitCommand());
  program.addCommand(replayCommand());
  program.addCommand(routesCommand());
  program.addCommand(silenceCommand());
  program.addCommand(correctCommand());
  program.addCommand(deleteCommand());
  program.addCommand(backtestCommand());
  program.addCommand(tokenCommand());
  program.addCommand(doctorCommand());
  program.addHelpText(
    "after",
    "\nTIDEMARK_URL and TIDEMARK_TOKEN say where Tidemark answers and as whom; see docs/configuration.md.",
  );
  return program;
}

function applyCommand(): Command {
  const collect = (file: string, files: string[]) => [...files, file];
  return new Command("apply")
    .description("bring the catalogue to what files say, and show the difference")
    .requiredOption(
      "-f, --file <path>",
      "a file, a folder with all below it, or - for the standard input; may be given again",
      collect,
      [],
    )
    .option("--dry-run", "only show the difference", false)
    .option("--json", "print the API's answer", false)
    .action(async (options: { file: string[]; dryRun: boolean; json: boolean }) => (await apply(options)).forEach(say));
}

function waitCommand(): Command {
  return new Command("wait")
    .description(
      "wait until an hour, a day or a range may be read: exits 0 ready, 3 timed out, 2 unknown type, 1 anything else",
    )
    .argument("<types>", "the event type, or several: EndSong,AdClick")
    .argument(
      "<when>",
      "a UTC hour by its start (2026-11-22T13), a day (2026-11-27), or hours up to, not including, the last (2026-11-22T00..2026-11-23T00)",
    )
    .option("--zone <zone>", "the time zone of the day, like Europe/Stockholm; UTC if left out")
    .option("--timeout <duration>", "give up after this long, like 2h; waits for ever if left out", readDuration)
    .option(
      "--min-completeness <share>",
      "accept this share of the events instead of what each type promises",
      readShare,
    )
    .option(
      "--consumer <name>",
      "ask in the name of a consumer registered for each type: its threshold counts, and its reading is noted",
    )
    .option("--json", "print the gate's answer", false)
    .action(
      async (
        types: string,
        when: string,
        options: { zone?: string; timeout?: number; minCompleteness?: string; consumer?: string; json: boolean },
      ) => {
        const { zone = null, timeout = null, minCompleteness = null, consumer = null, json } = options;
        const question = readWaitQuestion(types, when, zone);
        const answer = await waitUntilReady({
          question,
          timeoutSeconds: timeout,
          minCompleteness,
          consumer,
          say: remark,
        });
        say(json ? JSON.stringify(answer.body, null, 2) : answer.sentence);
      },
    );
}

function replayCommand(): Command {
  return new Command("replay")
    .description("send a file of CloudEvents, one a line")
    .argument("<file>", "JSON lines; .gz is unpacked")
    .addOption(new Option("--via <way>", "how they are sent").choices(["http", "pubsub"]).default("http"))
    .addOption(
      new Option("--speed <n>", "at so many times the pace of their times; at once if left out").argParser(readSpeed),
    )
    .addOption(
      new Option("--rate <n>", "so many events a second, whatever their times").argParser(readRate).conflicts("speed"),
    )
    .addOption(
      new Option("--follow-clock", "each when Tidemark's own clock reaches its time")
        .default(false)
        .conflicts(["speed", "rate"]),
    )
    .option("--shift-to-now", "move them by whole hours so that the last falls into the past hour", false)
    .action(
      async (
        file: string,
        options: { via: "http" | "pubsub"; speed?: number; rate?: number; followClock: boolean; shiftToNow: boolean },
      ) => {
        // On a terminal the line is overwritten; a log gets none of it.
        const onProgress = (line: string) => void (process.stderr.isTTY && process.stderr.write(`\r\u001b[K${line}`));
        const clear = () => onProgress("");
        const onFault = (line: string) => {
          clear();
          remark(line);
        };
        say(await runReplay({ file, ...options, pace: choosePace(options), onProgress, onFault }).finally(clear));
      },
    );
}

function tokenCommand(): Command {
  const token = new Command("token").description(
    "make, list and revoke API tokens; needs a token with the scope admin",
  );
  token
    .command("create")
    .description("make a token; it is printed this once")
    .requiredOption("--name <name>", "who or what will use it")
    .requiredOption("--scopes <scopes>", "ingest, read, respond, write, admin; several with commas", readScopes)
    .option("--expires <duration>", "stop working after this long, like 90d", readDuration)
    .option("--datacenter <pattern...>", "ingest for these datacenters only; * is any run of characters, ? is one")
    .option("--event-type <pattern...>", "ingest these event types only; * is any run of characters, ? is one")
    .option("--json", "print the API's answer", false)
    .action(async ({ name, scopes, expires = null, datacenter = [], eventType = [], json }) => {
      const limits = { datacenters: datacenter, eventTypes: eventType };
      const made = await createToken({ name, scopes, expiresSeconds: expires, ...limits });
      if (json) return say(JSON.stringify(made, null, 2));
      say(made.token);
      remark(
        `"${made.name}" may ${made.scopes.join(", ")}${made.expiresAt ? ` until ${made.expiresAt}` : ""}. Keep the token now: it is not shown again.`,
      );
    });
  token
    .command("list")
    .description("list every token, without its secret")
    .option("--json", "print the tokens as JSON", false)
    .action(async ({ json }) => {
      const tokens = await listTokens();
      if (json) say(JSON.stringify(tokens, null, 2));
      else writeTokens(tokens).forEach(say);
    });
  token
    .command("revoke")
    .description("end a token within ten seconds")
    .argument("<id>", "as `tidemark token list` shows it")
    .action(async (id: string) => {
      await revokeToken(id);
      say(`${id} is revoked.`);
    });
  return token;
}

function doctorCommand(): Command {
  return new Command("doctor")
    .description("look at everything Tidemark rests on, and say what to do; exits 1 when something is wrong")
    .option("--json", "print the findings as JSON", false)
    .action(async ({ json }) => {
      const marks = { ok: "✓", note: "·", bad: "✗" };
      // Loaded on demand: the database and Pub/Sub clients take longer to load than the other commands take to run.
      const { examine } = await import("./doctor/doctor.ts");
      const findings = [];
      for await (const finding of examine()) {
        findings.push(finding);
        if (!json) say(`${marks[finding.verdict]} ${finding.sentence}`);
      }
      if (json) say(JSON.stringify(findings, null, 2));
      const wrong = findings.filter((finding) => finding.verdict === "bad").length;
      if (wrong > 0)
        throw new CliError(
          json
            ? ""
            : `${wrong === 1 ? "One thing is" : `${wrong} things are`} wrong; each line with ✗ says what to do.`,
        );
    });
}
