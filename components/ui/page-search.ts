/** A page's own search, as its address has it. */
export type PageSearch = Readonly<Record<string, string | string[] | undefined>>;

/** One value of it; "": none, or several. */
export function textIn(search: PageSearch, name: string, longest = 1_000): string {
  const value = search[name];
  return typeof value === "string" ? value.trim().slice(0, longest) : "";
}

/** A value of a few; "": none of them. */
export function oneIn(search: PageSearch, name: string, known: readonly string[]): string {
  return known.find((each) => each === textIn(search, name)) ?? "";
}

/** A UTC day; "": it is in no calendar. */
export function dayIn(search: PageSearch, name: string): string {
  const day = textIn(search, name);
  const ms = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day) ? day : "";
}

/** The id that a page of a list starts below; null: the first page. */
export function idIn(search: PageSearch, name: string): bigint | null {
  const id = textIn(search, name);
  return /^\d{1,18}$/.test(id) ? BigInt(id) : null;
}

/** A search of what is set. */
export function searchOf(named: Readonly<Record<string, string | null | undefined>>): string {
  return new URLSearchParams(
    Object.entries(named).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();
}

/** Whether a page's filters leave anything out; "" and null are not set. */
export function isFiltered(filters: Readonly<Record<string, string | null>>): boolean {
  return searchOf(filters) !== "";
}

/** A page's address with a search of what is set. */
export function hrefOf(path: string, named: Readonly<Record<string, string | null | undefined>>): string {
  const search = searchOf(named);
  return search === "" ? path : `${path}?${search}`;
}
