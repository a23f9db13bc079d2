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
    .action(async (file: string, { replace }: { replace: boolean }) => {
      const { restore } = await import("./run-backup.ts");
      for await (const line of restore({ file, replace, onProgress: remark })) print(line);
    });
}
