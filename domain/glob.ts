/** Whether a pattern matches a text: `*` is any run of characters, `?` is one; everything else is literal. */
export function matchesGlob(pattern: string, text: string): boolean {
  const wanted = [...pattern];
  const given = [...text];
  let at = 0;
  let from = 0;
  // The last star, and how much of the text it took: it takes one more character whenever the rest does not match.
  // Backtracking to the last star is enough, so no pattern costs more than its length times the text's.
  let star = -1;
  let taken = 0;
  while (from < given.length) {
    if (wanted[at] === "*") {
      star = at++;
      taken = from;
    } else if (at < wanted.length && (wanted[at] === "?" || wanted[at] === given[from])) {
      at++;
      from++;
    } else if (star >= 0) {
      at = star + 1;
      from = ++taken;
    } else return false;
  }
  while (wanted[at] === "*") at++;
  return at === wanted.length;
}
