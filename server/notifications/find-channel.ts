import type { Nouns } from "#server/db/database.ts";
import type { Channel } from "#server/db/generated/client.ts";
import { NotFound } from "#server/errors.ts";

/** NotFound if there is none. */
export async function findChannel({ prisma }: Nouns, name: string): Promise<Channel> {
  const channel = await prisma.channel.findUnique({ where: { name } });
  if (channel) return channel;
  throw new NotFound(`Channel "${name}" does not exist. GET /api/v1/channels lists them; names are case-sensitive.`);
}
