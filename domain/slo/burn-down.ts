/** The share of a budget left after each day; negative if overspent. null: the budget is zero. */
export function burnDown(badADay: readonly number[], allowed: number): (number | null)[] {
  let spent = 0;
  return badADay.map((bad) => {
    spent += bad;
    return allowed > 0 ? Math.round((1 - spent / allowed) * 1e9) / 1e9 : null;
  });
}
