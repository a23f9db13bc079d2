/**
 * Like Promise.all, but fails only once all have settled: a retry after a failure never runs beside leftovers
 * of the first attempt.
 */
export async function allEnded<const Each extends readonly unknown[]>(
  work: Each,
): Promise<{ -readonly [Key in keyof Each]: Awaited<Each[Key]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
