export interface WrittenResponder {
  type: string;
  name: string;
}

/** "team:data-delivery" as a file writes it; null: it is none. */
export function readResponder(text: string): WrittenResponder | null {
  const [, type, name] = /^\s*(team|user|escalation|schedule)\s*:\s*(.*\S)\s*$/.exec(text) ?? [];
  return type && name ? { type, name } : null;
}

export function responderText({ type, name }: WrittenResponder): string {
  return `${type}:${name}`;
}
