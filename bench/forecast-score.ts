/** A prediction and its outcome. */
export interface Scored {
  probability: number;
  outcome: boolean;
}

/** Mean squared error: 0 is perfect, always saying 50 % gives 0.25. */
export function brierOf(scored: readonly Scored[]): number {
  const sum = scored.reduce((total, { probability, outcome }) => total + (probability - Number(outcome)) ** 2, 0);
  return sum / scored.length;
}

/** The probability that of one true and one false outcome the true one was ranked higher; ties count half. */
export function aucOf(scored: readonly Scored[]): number {
  const sorted = [...scored].sort((a, b) => a.probability - b.probability);
  let ranks = 0;
  let positives = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]?.probability === sorted[from]?.probability) to++;
    const tied = sorted.slice(from, to).filter(({ outcome }) => outcome).length;
    ranks += (tied * (from + to + 1)) / 2;
    positives += tied;
    from = to;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (sorted.length - positives));
}

/** Rows for a table: per decile of predictions, their mean and the observed frequency. */
export function calibrationRows(scored: readonly Scored[]): (string | number)[][] {
  const certain = scored.filter(({ probability }) => probability === 1);
  const rest = scored.filter(({ probability }) => probability < 1);
  const tenths = Array.from({ length: 10 }, (_, tenth): [string, Scored[]] => [
    `${tenth * 10}–${tenth * 10 + 10} %`,
    rest.filter(({ probability }) => Math.floor(probability * 10) === tenth),
  ]);
  return [...tenths, ["100 %, past the deadline", certain] as [string, Scored[]]]
    .filter(([, group]) => group.length > 0)
    .map(([name, group]) => {
      const said = group.reduce((sum, { probability }) => sum + probability, 0) / group.length;
      const came = group.filter(({ outcome }) => outcome).length / group.length;
      return [name, group.length, percent(said), percent(came)];
    });
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
