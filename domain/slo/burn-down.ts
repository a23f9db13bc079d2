/** What is left of a budget after each day, as a share; negative when overspent. null: nothing may be bad at all. */
export function burnDown(badADay: readonly number[], allowed: number): (number | null)[] {
  let spent = 0;
  return badADay.map((bad) => {
    spent += bad;
    return allowed > 0 ? Math.round((1 - spent / allowed) * 1e9) / 1e9 : null;
  });
}
