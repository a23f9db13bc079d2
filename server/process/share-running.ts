interface Run {
  readonly startedAtMs: number;
  readonly result: Promise<unknown>;
}

/** A run that takes longer may hang on a connection that is lost: another one begins beside it. */
const sharedMs = 5_000;
const mostAtOnce = 2;
const ofOwners = new WeakMap<object, Map<string, readonly Run[]>>();

/** Whoever asks while an owner's work of this name runs gets its result, so that however many ask, it runs twice at once at most. */
export function shareRunning<Result>(owner: object, name: string, work: () => Promise<Result>): Promise<Result> {
  const ofNames = ofOwners.get(owner) ?? new Map<string, readonly Run[]>();
  ofOwners.set(owner, ofNames);
  const runs = ofNames.get(name) ?? [];
  const newest = runs.at(-1);
  if (newest && (runs.length === mostAtOnce || performance.now() - newest.startedAtMs < sharedMs))
    return newest.result as Promise<Result>;
  const result = work();
  const run = { startedAtMs: performance.now(), result };
  ofNames.set(name, [...runs, run]);
  const end = () => {
    const left = (ofNames.get(name) ?? []).filter((each) => each !== run);
    if (left.length > 0) ofNames.set(name, left);
    else ofNames.delete(name);
  };
  result.then(end, end);
  return result;
}
