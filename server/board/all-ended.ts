/**
 * As Promise.all, but that it fails only once all have ended: who tries again after a failure then runs beside nothing that the
 * first attempt left behind.
 */
export async function allEnded<const Each extends readonly unknown[]>(
  work: Each,
): Promise<{ -readonly [Key in keyof Each]: Awaited<Each[Key]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
