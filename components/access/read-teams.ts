/** Team names as they are typed: `payments, ads`. */
export function readTeams(text: string): string[] {
  return [...new Set(text.split(",").map((team) => team.trim()))].filter((team) => team !== "");
}
