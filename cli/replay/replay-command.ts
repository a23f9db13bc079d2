import { Command, Option } from "commander";
import { print, remark } from "../print.ts";
import { readRate, readSpeed } from "../read-options.ts";
import { choosePace, runReplay } from "./run-replay.ts";

export function replayCommand(): Command {
  return new Command("replay")
    .argument("<file>", "JSON lines; .gz is unpacked")
    .addOption(new Option("--via <way>", "how they are sent").choices(["http", "pubsub", "kafka"]).default("http"))
    .addOption(
      new Option("--speed <n>", "send at this multiple of the pace of their times (default: at once)").argParser(
        readSpeed,
      ),
    )
    .addOption(
      new Option("--rate <n>", "send this many events a second, regardless of their times")
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
        print(await runReplay({ file, ...options, pace: choosePace(options), onProgress, onFault }).finally(clear));
      },
    );
}
