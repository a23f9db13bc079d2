import { formatDuration } from "#components/ui/duration.ts";
import type { EffectJson } from "#domain/api/deployment-effect.ts";

type Format = (value: number) => string;

/** What changed with a deployment, in a sentence that claims no more than the hours show. */
export function effectWords(effect: EffectJson, format: Format): string {
  const { verdict, change, interval, pairs, medianBefore, medianAfter } = effect;
  if (verdict === "too_few_hours" || change === null || interval === null) {
    const figures =
      medianBefore !== null && medianAfter !== null
        ? `${format(medianBefore)} before, ${format(medianAfter)} after; `
        : "";
    return `${figures}too few hours to compare (${pairs} ${pairs === 1 ? "pair" : "pairs"})`;
  }
  const range = `${signed(interval.low, format)} to ${signed(interval.high, format)}`;
  const medians = `${format(medianBefore ?? 0)} before, ${format(medianAfter ?? 0)} after`;
  if (verdict === "no_change_seen") return `no change detected: ${medians} (change of ${range})`;
  return `${verdict}: ${medians}, ${signed(change, format)} (${range})`;
}

/** `12 min`, `45 s`. */
export const formatDelay: Format = (seconds) => formatDuration(Math.abs(seconds));

/** `0.012 %`: losses are shown to a hundred-thousandth. */
export const formatLoss: Format = (share) => {
  const percent = Math.abs(share) * 100;
  return percent === 0 ? "0 %" : percent < 0.001 ? "under 0.001 %" : `${Number(percent.toPrecision(2))} %`;
};

function signed(value: number, format: Format): string {
  const text = format(value);
  return value < 0 ? `−${text}` : `+${text}`;
}
