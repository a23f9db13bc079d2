/** What this browser would not keep, which it can be told to: it lives as long as the page. */
const unkept = new Map<string, string>();

/** What this browser keeps for us under a name; null: nothing. */
export function readKept(key: string): string | null {
  const here = unkept.get(key);
  if (here !== undefined) return here;
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    window.localStorage.setItem(key, value);
    unkept.delete(key);
  } catch {
    unkept.set(key, value);
  }
}
