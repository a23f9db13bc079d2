import type { Metadata } from "next";
import { pageContext } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { RejectedMessages } from "#components/rejected/rejected-messages.tsx";
import { PageSkeleton } from "#components/ui/page-skeleton.tsx";
import { listRejectedMessages } from "#server/facts/index.ts";

export const metadata: Metadata = { title: "Rejected" };

const shownAtOnce = 50;
const shownCharacters = 4000;

type Asked = Promise<{ before?: string | string[] }>;

export default function RejectedMessagesPage({ searchParams }: { searchParams: Asked }) {
  return (
    <WholeOrSkeleton
      content={rejectedNow(searchParams)}
      skeleton={<PageSkeleton label="Loading the rejected messages" />}
    />
  );
}

async function rejectedNow(asked: Asked) {
  const { before } = await asked;
  const after = typeof before === "string" && /^\d{1,18}$/.test(before) ? BigInt(before) : null;
  const ctx = await pageContext();
  const messages = await listRejectedMessages({ ctx, input: { before: after, limit: shownAtOnce + 1 } });
  const shown = messages.slice(0, shownAtOnce).map(({ payload, receivedAt, resubmittedAt, ...message }) => ({
    ...message,
    receivedAt: receivedAt.toISOString(),
    resubmittedAt: resubmittedAt?.toISOString() ?? null,
    payload: payload.slice(0, shownCharacters),
    isCut: message.truncated || payload.length > shownCharacters,
  }));
  return (
    <RejectedMessages
      messages={shown}
      asOf={ctx.clock.now().toISOString()}
      olderThan={messages.length > shownAtOnce ? (shown.at(-1)?.id ?? null) : null}
      isFirst={after === null}
    />
  );
}
