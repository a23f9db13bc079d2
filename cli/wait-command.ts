import { Command } from "commander";
import { print, remark } from "./print.ts";
import { readDuration, readShare } from "./read-options.ts";
import { waitUntilReady } from "./wait.ts";
import { readWaitQuestion } from "./wait-question.ts";

export function waitCommand(): Command {
  return new Command("wait")
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
        print(json ? JSON.stringify(answer.body, null, 2) : answer.sentence);
      },
    );
}
