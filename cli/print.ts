/** A line on standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A line on standard error: results alone go to standard output. */
export function remark(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** An answer as the API gave it, or in lines for people. */
export function show<Answer>(answer: Answer, json: boolean, write: (answer: Answer) => readonly string[]): void {
  if (json) print(JSON.stringify(answer, null, 2));
  else write(answer).forEach(print);
}

/** `2026-11-22 13:04`, in UTC as the API gives it. */
export function minute(instant: string): string {
  return instant.slice(0, 16).replace("T", " ");
}
