import type { ChildProcess } from "node:child_process";

/** What a command prints, and with which code it ends; `onSaid` sees what it has said on stderr so far. Null: a signal ended it. */
export async function outputOf(
  child: ChildProcess,
  onSaid: (text: string) => void = () => undefined,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (text) => {
    stdout += text;
  });
  child.stderr?.on("data", (text) => {
    stderr += text;
    onSaid(stderr);
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}
