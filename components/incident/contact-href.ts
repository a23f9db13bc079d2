/** Where a contact can be reached, by mail or on the web; null: it is a name. Nothing else is made a link. */
export function contactHref(contact: string): string | null {
  if (/^https?:\/\/\S+$/i.test(contact)) return contact;
  return /^[^\s@:/?#]+@[^\s@:/?#]+\.[^\s@:/?#]+$/.test(contact) ? `mailto:${contact}` : null;
}
