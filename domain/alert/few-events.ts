/** A finding that chance alone produces more often than this means nothing. */
const chanceTaken = 0.01;
/** Above this, counts are near normal. */
const bellFrom = 200;

/** Is a count this high more than chance, where `share` of so many events is tolerated? 1 of 57 is 1.8 %, and no reason to page. */
export function isBeyondChance(count: number, events: number, share: number): boolean {
  const mean = events * share;
  if (mean > bellFrom) return count > mean + 2.33 * Math.sqrt(mean);
  let chance = Math.exp(-mean);
  let lower = 0;
  for (let each = 0; each < count && lower < 1 - chanceTaken; each += 1) {
    lower += chance;
    chance *= mean / (each + 1);
  }
  return 1 - lower < chanceTaken;
}
