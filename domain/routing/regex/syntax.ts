/** A parsed expression. What only decides which of several matches to prefer (laziness, captures) is left out. */
export type Node =
  /** One code point that the test accepts. */
  | { readonly kind: "one"; readonly test: (char: string) => boolean }
  | { readonly kind: "at"; readonly place: Place }
  | { readonly kind: "all"; readonly parts: readonly Node[] }
  | { readonly kind: "any"; readonly parts: readonly Node[] }
  /** `most` null: unbounded. */
  | { readonly kind: "repeat"; readonly part: Node; readonly least: number; readonly most: number | null };

export type Place = "text-start" | "text-end" | "line-start" | "line-end" | "word-edge" | "no-word-edge";
