import { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { print } from "../print.ts";

export function doctorCommand(): Command {
  return new Command("doctor").option("--json", "print the findings as JSON", false).action(async ({ json }) => {
    const marks = { ok: "✓", note: "·", bad: "✗" };
    // Its help needs neither the database client nor the settings.
    const { examine } = await import("./doctor.ts");
    const findings = [];
    for await (const finding of examine()) {
      findings.push(finding);
      if (!json) print(`${marks[finding.verdict]} ${finding.sentence}`);
    }
    if (json) print(JSON.stringify(findings, null, 2));
    const wrong = findings.filter((finding) => finding.verdict === "bad").length;
    if (wrong > 0)
      throw new CliError(
        json ? "" : `${wrong === 1 ? "1 check" : `${wrong} checks`} failed. Each line with ✗ says what to do.`,
      );
  });
}
