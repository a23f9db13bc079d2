import { randomBytes } from "node:crypto";
import type { Database } from "#server/db/database.ts";

/** `browser` signs what browsers without a session keep; `admin` salts what sessions of the admin token store of it. */
export type SecretName = "browser" | "admin";

/** A random secret, the same for every process of this database: the first that asks creates it. Throws SecretUnreadable. */
export async function readSecretKey({ prisma, secrets }: Database, name: SecretName): Promise<Buffer> {
  const place = { table: "secret_key", row: name };
  // Read first: a database that is read-only for now has it.
  const found = (await prisma.secretKey.findUnique({ where: { name } })) ?? (await createKey());
  return Buffer.from(secrets.open(place, found.secret), "base64");

  async function createKey() {
    const offered = { name, secret: secrets.seal(place, randomBytes(32).toString("base64")), createdAt: new Date() };
    // ON CONFLICT DO NOTHING: of processes that start together one wins, and all read the winner's.
    await prisma.secretKey.createMany({ data: [offered], skipDuplicates: true });
    return prisma.secretKey.findUniqueOrThrow({ where: { name } });
  }
}
