import { Command } from "commander";
import { print, remark } from "../print.ts";

/** `tidemark backup`: works on the database itself, with PostgreSQL's own programs. */
export function backupCommand(): Command {
  return new Command("backup")
    .argument("<file>", "the file to write; it must not exist")
    .option("--json", "print the backup's manifest", false)
    .action(async (file: string, { json }: { json: boolean }) => {
      // Loaded on demand, as for doctor: the database's client takes longer to load than other commands to run.
      const { backUp, describeBackup } = await import("./run-backup.ts");
      const manifest = await backUp(file, remark);
      if (json) print(JSON.stringify(manifest, null, 2));
      else describeBackup(file, manifest).forEach(print);
    });
}

/** `tidemark restore`: as above. */
export function restoreCommand(): Command {
  return new Command("restore")
    .argument("<file>", "what `tidemark backup` wrote")
    .option("--replace", "delete everything in the database first, if it belongs to a Tidemark", false)
    .option("--hold", "send no notification until `tidemark resume`", false)
    .action(async (file: string, { replace, hold }: { replace: boolean; hold: boolean }) => {
      const { restore } = await import("./run-backup.ts");
      for await (const line of restore({ file, replace, hold, onProgress: remark })) print(line);
    });
}

/** `tidemark resume`: ends what `restore --hold` began. */
export function resumeCommand(): Command {
  return new Command("resume").action(async () => {
    const { resume } = await import("./run-backup.ts");
    print(await resume());
  });
}
