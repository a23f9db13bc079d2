import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { ask, askAll } from "../call-api.ts";
import { CliError } from "../cli-error.ts";
import { print, show } from "../print.ts";
import { checkDuration } from "../read-options.ts";
import { writeOverride, writeSchedule, writeSchedules } from "./write-on-call.ts";

const ofName = (name: string) => ({ params: { path: { name } } });

interface OverrideOptions {
  for?: string;
  from?: string;
  until?: string;
  reason?: string;
  json: boolean;
}

/** `tidemark on-call`: who is paged now, and who takes over. */
export function onCallCommand(): Command {
  const onCall = new Command("on-call");
  onCall
    .command("now", { isDefault: true })
    .description("list who is on call now, and who is next")
    .option("--json", "print JSON", false)
    .action(async ({ json }: { json: boolean }) => {
      const schedules = await askAll((api, page) => api.GET("/on-call-schedules", { params: { query: page } }));
      show(schedules, json, writeSchedules);
    });
  onCall
    .command("show")
    .description("list a schedule's shifts of the next two weeks and its overrides")
    .argument("<schedule>", "the schedule's name")
    .option("--json", "print JSON", false)
    .action(async (name: string, { json }: { json: boolean }) => {
      const schedule = await ask((api) => api.GET("/on-call-schedules/{name}", ofName(name)));
      const { items: shifts } = await ask((api) => api.GET("/on-call-schedules/{name}/shifts", ofName(name)));
      show({ ...schedule, shifts }, json, writeSchedule);
    });
  onCall
    .command("override")
    .description("put a person on call for a while. Needs a token with the scope respond")
    .argument("<schedule>", "the schedule's name")
    .argument("<person>", "the person, as the schedule names them")
    .option("--for <duration>", "the duration, like 8h", checkDuration)
    .option("--from <instant>", "the start, like 2026-11-22T13:00:00Z (default: now)")
    .option("--until <instant>", "the end, instead of --for")
    .option("--reason <text>", "why; shown with the override")
    .option("--json", "print the API's response", false)
    .action(async (name: string, person: string, options: OverrideOptions) => {
      const { for: duration, from: startsAt, until: endsAt, reason, json } = options;
      const body = { person, duration, startsAt, endsAt, reason };
      const made = await ask((api) => api.POST("/on-call-schedules/{name}/overrides", { ...ofName(name), body }));
      show(made, json, (override) => writeOverride(name, override));
    });
  onCall
    .command("remove-override")
    .description("remove an override")
    .argument("<schedule>", "the schedule's name")
    .argument("<id>", "the override's id, from `tidemark on-call show`")
    .action(async (name: string, id: string) => {
      const params = { path: { name, id } };
      await ask((api) => api.DELETE("/on-call-schedules/{name}/overrides/{id}", { params }));
      print(`Removed override ${id} from ${name}.`);
    });
  onCall
    .command("export")
    .description("print a schedule as iCalendar")
    .argument("<schedule>", "the schedule's name")
    .action(async (name: string) => {
      const text = await ask((api) =>
        api.GET("/on-call-schedules/{name}/calendar.ics", { ...ofName(name), parseAs: "text" }),
      );
      process.stdout.write(text);
    });
  onCall
    .command("import")
    .description("import an iCalendar file as overrides, in place of those imported before")
    .argument("<schedule>", "the schedule's name")
    .argument("<file>", "an .ics file whose events have people's names as titles")
    .action(async (name: string, file: string) => {
      const body = await readFile(file, "utf8").catch((error: Error) => {
        throw new CliError(`Couldn't read ${file}: ${error.message}`);
      });
      const headers = { "content-type": "text/calendar" };
      const { created, removed, unchanged } = await ask((api) =>
        api.PUT("/on-call-schedules/{name}/calendar", { ...ofName(name), body, headers, bodySerializer: String }),
      );
      print(`Overrides of ${name}: ${created} created, ${removed} removed, ${unchanged} unchanged.`);
    });
  return onCall;
}
