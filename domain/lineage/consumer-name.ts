/** A job's name as a consumer's: letters, digits, dots, dashes and underscores, at most 100. null: nothing is left of it. */
export function consumerNameOf(job: string): string | null {
  const name = job
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "")
    .slice(0, 100)
    .replace(/-+$/, "");
  return name === "" ? null : name;
}
