import { randomBytes } from "node:crypto";
import type { Nouns } from "#server/db/database.ts";

/** `browser` signs what browsers without a session keep; `admin` salts what sessions of the admin token store of it. */
export type SecretName = "browser" | "admin";

/** A random secret, the same for every process of this database: the first that asks creates it. */
export async function readSecretKey({ prisma }: Nouns, name: SecretName): Promise<Buffer> {
  const offered = { name, secret: randomBytes(32), createdAt: new Date() };
  // ON CONFLICT DO NOTHING: of processes that start together one wins, and all read the winner's.
  await prisma.secretKey.createMany({ data: [offered], skipDuplicates: true });
  const { secret } = await prisma.secretKey.findUniqueOrThrow({ where: { name } });
  return Buffer.from(secret);
}
