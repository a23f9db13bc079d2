/** What the work gives; null: it took longer than the limit. It continues, and nothing waits for it. */
export async function within<Result>(limitMs: number, work: Promise<Result>): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, limitMs, null);
  });
  return await Promise.race([work, over]).finally(() => clearTimeout(timer));
}
