/** A cause's score in words: it only ranks, and a figure would look like a probability. */
export function strengthWords(score: number): string {
  if (score >= 0.8) return "strong evidence";
  return score >= 0.5 ? "some evidence" : "weak evidence";
}
