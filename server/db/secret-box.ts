import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** Whose value it is. A sealed value opens only in the row that it was sealed for. */
export interface SecretPlace {
  readonly table: string;
  readonly row: string;
}

/** A stored secret that this process has no key for, or that is not the one that was stored there. */
export class SecretUnreadable extends Error {}

/** `sealed1.<key id>.<base64url of nonce, tag and ciphertext>`. Whatever does not begin so is plain text. */
export const sealedPrefix = "sealed1.";
const pattern = /^sealed1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/;
const cipher = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** Names a key without saying anything of it: keys are 256 random bits. */
export function keyIdOf(key: Uint8Array): string {
  return createHash("sha256").update("tidemark encryption key ").update(key).digest("hex").slice(0, 8);
}

/** Keeps secrets in the database encrypted (AES-256-GCM). The first key seals, all of them open; without one secrets are plain text. */
export class SecretBox {
  readonly #keys: ReadonlyMap<string, Uint8Array>;
  /** The key that seals; null: none does. */
  readonly currentId: string | null;

  constructor(keys: readonly Uint8Array[]) {
    this.#keys = new Map(keys.map((key) => [keyIdOf(key), key]));
    this.currentId = keys[0] === undefined ? null : keyIdOf(keys[0]);
  }

  hasKey(id: string): boolean {
    return this.#keys.has(id);
  }

  seal(place: SecretPlace, plain: string): string {
    if (this.currentId === null) return plain;
    const nonce = randomBytes(nonceBytes);
    const sealing = createCipheriv(cipher, this.#keys.get(this.currentId) as Uint8Array, nonce).setAAD(bind(place));
    const text = Buffer.concat([sealing.update(plain, "utf8"), sealing.final()]);
    return `${sealedPrefix}${this.currentId}.${Buffer.concat([nonce, sealing.getAuthTag(), text]).toString("base64url")}`;
  }

  /** Plain text opens as itself. Throws SecretUnreadable. */
  open(place: SecretPlace, stored: string): string {
    if (!stored.startsWith(sealedPrefix)) return stored;
    const [, id = "", payload = ""] = pattern.exec(stored) ?? [];
    const key = this.#keys.get(id);
    if (key === undefined) throw new SecretUnreadable(missingKey(place, id));
    try {
      const bytes = Buffer.from(payload, "base64url");
      const nonce = bytes.subarray(0, nonceBytes);
      const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes })
        .setAAD(bind(place))
        .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return opening.update(bytes.subarray(nonceBytes + tagBytes), undefined, "utf8") + opening.final("utf8");
    } catch {
      throw new SecretUnreadable(
        `The secret in ${place.table} ${place.row} was changed in the database, or belongs to another row. Restore it from a backup, or replace it.`,
      );
    }
  }

  /** Under the current key. What is there already, or cannot be opened, stays as it is. */
  reseal(place: SecretPlace, stored: string): string {
    const plain = keyIdIn(stored) === this.currentId ? null : this.tryOpen(place, stored);
    return plain === null ? stored : this.seal(place, plain);
  }

  /** null: it cannot be opened. */
  tryOpen(place: SecretPlace, stored: string): string | null {
    const opened = this.#look(place, stored);
    return typeof opened === "string" ? opened : null;
  }

  canOpen(place: SecretPlace, stored: string): boolean {
    return this.whyNot(place, stored) === null;
  }

  /** Why it cannot be opened; null: it can. */
  whyNot(place: SecretPlace, stored: string): string | null {
    const opened = this.#look(place, stored);
    return typeof opened === "string" ? null : opened.message;
  }

  #look(place: SecretPlace, stored: string): string | SecretUnreadable {
    try {
      return this.open(place, stored);
    } catch (error) {
      if (error instanceof SecretUnreadable) return error;
      throw error;
    }
  }
}

/** Which key sealed it; null: it is plain text. */
function keyIdIn(stored: string): string | null {
  return stored.startsWith(sealedPrefix) ? stored.slice(sealedPrefix.length, sealedPrefix.length + 8) : null;
}

function bind({ table, row }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify(["tidemark", table, row]));
}

function missingKey({ table, row }: SecretPlace, id: string): string {
  return `The secret in ${table} ${row} is encrypted with the key ${id || "of an unknown format"}, which this process does not have. Add that key to TIDEMARK_ENCRYPTION_KEYS_OLD and restart.`;
}
