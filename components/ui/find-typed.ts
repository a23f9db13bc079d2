/**
 * The index of the option whose label begins with what was typed, from the current one on and around; -1: none. One letter, also
 * repeated, looks behind the current one, so that it leads through all that begin with it.
 */
export function findTyped(options: readonly { label: string }[], current: number, typed: string): number {
  const text = typed.toLowerCase();
  const isLetter = text.length > 0 && [...text].every((letter) => letter === text[0]);
  const sought = isLetter ? text.slice(0, 1) : text;
  const start = Math.max(0, current) + (isLetter ? 1 : 0);
  const inOrder = options.map((_, index) => (start + index) % options.length);
  return inOrder.find((index) => options[index]?.label.toLowerCase().startsWith(sought)) ?? -1;
}
