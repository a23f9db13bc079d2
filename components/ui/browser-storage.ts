/** Values that the browser refuses to store: they live as long as the page. */
const unkept = new Map<string, string>();

/** The value this browser stores for us under a name; null: none. */
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
