/** A finding that comes up by chance more often than this says nothing. */
const chanceTaken = 0.01;
/** Above, counts spread like a bell. */
const bellFrom = 200;

/** Is so high a count no chance, where `share` of so many events would be borne? One of 57 is 1.8 %, and no reason to wake anybody. */
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
