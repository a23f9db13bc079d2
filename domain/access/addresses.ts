import { mayChange, type Owner } from "./may-change.ts";

// What readers are shown of addresses. Names are everyone's: of channels, of people on call, of consumers, also a contact that is a
// name. Mail addresses, phone numbers, paths of URLs and user names are not: they let whoever has them write to people, or post.

/** Who reads; `teams` absent: no limit. */
export interface Reader {
  readonly scopes: ReadonlySet<string>;
  readonly teams?: readonly string[];
}

/** Where a channel or webhook sends: for those who may change it. */
export function seesTargets({ scopes, teams }: Reader, owner: Owner): boolean {
  return scopes.has("admin") || (scopes.has("write") && mayChange(teams ?? null, owner));
}

/** Who to call of an affected consumer, and what receivers said: for those who respond too. */
export function seesContacts({ scopes }: Reader): boolean {
  return ["respond", "write", "admin"].some((scope) => scopes.has(scope));
}

const mailAddress = /[^\s@,;<>"'():/]+@([\p{L}\d.-]+)/gu;
const urlRest = /\b([a-z][a-z\d+.-]*:\/\/)(?:[^\s/?#"'<>@]*@)?([^\s/?#"'<>]+)[/?#][^\s"<>]+/giu;
/** At least seven digits, as they are written in a contact. Apart from the others, because times in prose look alike. */
const phoneNumber = /(?<![\p{L}\d])(?:tel:)?\+?\(?\d(?:[\s().\-/]{0,2}\d){6,}(?!\d)/gu;

/** `ada@example.com` becomes `…@example.com`, `https://hooks.example.com/T0/x?key=y` becomes `https://hooks.example.com/…`. */
export function hideAddresses(text: string): string {
  return text.replace(urlRest, "$1$2/…").replace(mailAddress, "…@$1");
}

/** A contact in one line of free text: numbers too. */
export function hideContact(text: string): string {
  return hideAddresses(text).replace(phoneNumber, "…");
}

/** Members that are no address by their form: the user that a channel signs in as. */
const userNames = new Set(["user", "username"]);

/** A specification with no address in it, of the same form. */
export function hideTargets<Spec>(spec: Spec): Spec {
  return hideIn(spec, "") as Spec;
}

function hideIn(value: unknown, key: string): unknown {
  if (typeof value === "string") return userNames.has(key) ? "…" : hideAddresses(value);
  if (Array.isArray(value)) return value.map((each) => hideIn(each, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([member, held]) => [member, hideIn(held, member)]));
}

/** What calls a consumer's contact `contact`, at any depth, as the reader is shown it. */
export function showContacts<Value>(reader: Reader, value: Value): Value {
  return seesContacts(reader) ? value : (hideContactsIn(value) as Value);
}

function hideContactsIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hideContactsIn);
  // Dates and other classes have no contacts.
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, held]) => [
      member,
      member === "contact" && typeof held === "string" ? hideContact(held) : hideContactsIn(held),
    ]),
  );
}
