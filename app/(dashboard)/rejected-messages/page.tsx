import type { Metadata } from "next";
import type { SearchedPage } from "#app/named-page.ts";
import { pageContext } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { RejectedMessages } from "#components/rejected/rejected-messages.tsx";
import { idIn } from "#components/ui/page-search.ts";
import { listRejectedMessages } from "#server/facts/index.ts";

export const metadata: Metadata = { title: "Rejected" };

const shownAtOnce = 50;
const shownCharacters = 4000;

export default function RejectedMessagesPage({ searchParams }: SearchedPage) {
  return <WholeOrSkeleton content={rejectedNow(searchParams)} label="Loading the rejected messages" />;
}

async function rejectedNow(asked: SearchedPage["searchParams"]) {
  const after = idIn(await asked, "before");
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
