import { Command, Option } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { apply } from "./apply/apply.ts";
import { auditCommand } from "./audit/audit-command.ts";
import { backtestCommand } from "./backtest/backtest-command.ts";
import { CliError } from "./cli-error.ts";
import { correctCommand } from "./correct/correct-command.ts";
import { deleteCommand } from "./delete-name.ts";
import { deployedCommand } from "./deployments/deployed-command.ts";
import { deploymentsCommand } from "./deployments/deployments-command.ts";
import { excuseCommand } from "./excuse/excuse-command.ts";
import { incidentsCommand } from "./incidents/incidents-command.ts";
import { onCallCommand } from "./on-call/on-call-command.ts";
import { peopleCommand } from "./people/people-command.ts";
import { readDuration, readRate, readScopes, readShare, readSpeed } from "./read-options.ts";
import { choosePace, runReplay } from "./replay/run-replay.ts";
import { routesCommand } from "./routes/routes-command.ts";
import { rulesCommand } from "./rules/rules-command.ts";
import { secretsCommand } from "./secrets/secrets-command.ts";
import { serviceLevelsCommand } from "./service-levels/service-levels-command.ts";
import { sessionsCommand } from "./sessions/sessions-command.ts";
import { silenceCommand } from "./silence/silence-command.ts";
import { sourcesCommand } from "./sources/sources-command.ts";
import { createToken, listTokens, revokeToken, rotateToken, writeTokens } from "./tokens.ts";
import { waitUntilReady } from "./wait.ts";
import { readWaitQuestion } from "./wait-question.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);
const remark = (line: string) => void process.stderr.write(`${line}\n`);

/** The `tidemark` command. Results go to stdout, everything else to stderr. */
export function createProgram(): Command {
  const program = new Command("tidemark")
    .description("Is this hour complete, and if not, when will it be?")
    .version(packageJson.version)
    .showHelpAfterError("Add --help for usage.")
    .configureHelp({ showGlobalOptions: true });
  program.addCommand(applyCommand());
  program.addCommand(waitCommand());
  program.addCommand(replayCommand());
  program.addCommand(routesCommand());
  program.addCommand(incidentsCommand());
  program.addCommand(rulesCommand());
  program.addCommand(onCallCommand());
  program.addCommand(sourcesCommand());
  program.addCommand(silenceCommand());
  program.addCommand(correctCommand());
  program.addCommand(excuseCommand());
  program.addCommand(serviceLevelsCommand());
  program.addCommand(deleteCommand());
  program.addCommand(backtestCommand());
  program.addCommand(deployedCommand());
  program.addCommand(deploymentsCommand());
  program.addCommand(peopleCommand());
  program.addCommand(sessionsCommand());
  program.addCommand(auditCommand());
  program.addCommand(tokenCommand());
  program.addCommand(secretsCommand());
  program.addCommand(doctorCommand());
  program.addHelpText(
    "after",
    "\nTIDEMARK_URL and TIDEMARK_TOKEN set the URL of Tidemark and the token to use; see docs/configuration.md.",
  );
  return program;
}

function applyCommand(): Command {
  const collect = (file: string, files: string[]) => [...files, file];
  return new Command("apply")
    .description("apply catalogue files, and show the difference")
    .requiredOption(
      "-f, --file <path>",
      "a file, a folder (recursive), or - for standard input; repeatable",
      collect,
      [],
    )
    .option("--dry-run", "only show the difference", false)
    .option("--json", "print the API's response", false)
    .action(async (options: { file: string[]; dryRun: boolean; json: boolean }) => (await apply(options)).forEach(say));
}

function waitCommand(): Command {
  return new Command("wait")
    .description(
      "wait until an hour, a day or a range is ready; exits 0 ready, 3 timed out, 2 unknown type, 1 any other error",
    )
    .argument("<types>", "the event type, or several: EndSong,AdClick")
    .argument(
      "<when>",
      "a UTC hour (2026-11-22T13), a day (2026-11-27), or a range of hours, end excluded (2026-11-22T00..2026-11-23T00)",
    )
    .option("--zone <zone>", "the time zone of the day, like Europe/Stockholm (default: UTC)")
    .option("--timeout <duration>", "give up after this duration, like 2h (default: never)", readDuration)
    .option("--min-completeness <share>", "accept this completeness, 0 to 1, instead of a complete verdict", readShare)
    .option(
      "--consumer <name>",
      "the registered consumer that asks: its minimum completeness applies, and its reads are recorded",
    )
    .option("--json", "print the gate's response", false)
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
    .description("send a file of CloudEvents, one per line")
    .argument("<file>", "JSON lines; .gz is unpacked")
    .addOption(new Option("--via <way>", "how they are sent").choices(["http", "pubsub", "kafka"]).default("http"))
    .addOption(
      new Option("--speed <n>", "send at this multiple of the pace of their times (default: at once)").argParser(
        readSpeed,
      ),
    )
    .addOption(
      new Option("--rate <n>", "send this many events a second, whatever their times")
        .argParser(readRate)
        .conflicts("speed"),
    )
    .addOption(
      new Option("--follow-clock", "send each event when Tidemark's clock reaches its time")
        .default(false)
        .conflicts(["speed", "rate"]),
    )
    .option("--shift-to-now", "shift all times by whole hours so that the last event falls into the past hour", false)
    .action(
      async (
        file: string,
        options: {
          via: "http" | "pubsub" | "kafka";
          speed?: number;
          rate?: number;
          followClock: boolean;
          shiftToNow: boolean;
        },
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
    "create, list, rotate and revoke API tokens; needs a token with the scope admin",
  );
  token
    .command("create")
    .description("create a token; it is printed only once")
    .requiredOption("--name <name>", "who or what will use it")
    .requiredOption(
      "--scopes <scopes>",
      "ingest, read, respond, write, admin; separate several with commas",
      readScopes,
    )
    .option("--owner <owner>", "the person or team that answers for it (default: whoever creates it)")
    .option("--expires <duration>", "expire after this duration, like 90d", readDuration)
    .option("--team <team...>", "limit its changes to what these teams own, and what no team does")
    .option("--datacenter <pattern...>", "limit ingest to these datacenters; * matches any characters, ? matches one")
    .option("--event-type <pattern...>", "limit ingest to these event types; * matches any characters, ? matches one")
    .option("--json", "print the API's response", false)
    .action(
      async ({ name, scopes, owner = null, expires = null, team = [], datacenter = [], eventType = [], json }) => {
        const limits = { teams: team, datacenters: datacenter, eventTypes: eventType };
        const made = await createToken({ name, scopes, owner, expiresSeconds: expires, ...limits });
        if (json) return say(JSON.stringify(made, null, 2));
        say(made.token);
        remark(
          `Token "${made.name}" has the scopes ${made.scopes.join(", ")}${made.expiresAt ? ` until ${made.expiresAt}` : ""}. Store it now: it is not shown again.`,
        );
      },
    );
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
    .command("rotate")
    .description("give a token a new secret; it is printed only once")
    .argument("<id>", "the id from `tidemark token list`")
    .option("--overlap <duration>", "how long the secret until now still works; 0s: not at all", "24h")
    .option("--json", "print the API's response", false)
    .action(async (id: string, { overlap, json }) => {
      const rotated = await rotateToken(id, overlap);
      if (json) return say(JSON.stringify(rotated, null, 2));
      say(rotated.token);
      remark(
        `Token "${rotated.name}" has a new secret; ${rotated.previousUntil ? `the one before works until ${rotated.previousUntil}` : "the one before no longer works"}. Store it now: it is not shown again.`,
      );
    });
  token
    .command("revoke")
    .description("revoke a token; takes effect within 10 s")
    .argument("<id>", "the id from `tidemark token list`")
    .action(async (id: string) => {
      await revokeToken(id);
      say(`${id} is revoked.`);
    });
  return token;
}

function doctorCommand(): Command {
  return new Command("doctor")
    .description("check settings, database, Pub/Sub and API; exits 1 if something is wrong")
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
          json ? "" : `${wrong === 1 ? "1 check" : `${wrong} checks`} failed. Each line with ✗ says what to do.`,
        );
    });
}
