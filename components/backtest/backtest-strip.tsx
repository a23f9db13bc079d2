"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { answerOf, api } from "#components/api/client.ts";
import page from "#components/ui/page.module.css";
import styles from "./backtest.module.css";
import { BacktestCurve } from "./backtest-curve.tsx";
import { BacktestFigures } from "./backtest-figures.tsx";

interface BacktestStripProps {
  /** The draft as it is in the form. */
  spec: Record<string, unknown>;
  /** null: it has no name yet. */
  ruleName: string | null;
}

// Longer than the pause between two keystrokes.
const pauseMs = 400;

/** What the draft would have done over the last 30 days; refetched whenever it changes. */
export function BacktestStrip({ spec, ruleName }: BacktestStripProps) {
  const may = useMay("respond");
  const [asked] = useDebouncedValue(JSON.stringify(spec), pauseMs);
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    queryKey: ["backtest", asked],
    queryFn: () => answerOf(api.POST("/backtests", { body: { spec: JSON.parse(asked) } })),
    enabled: may === true,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchInterval: false,
    retry: false,
    // It reads weeks of data: changes by the minute do not matter.
    meta: { unhurried: true },
  });
  const isOld = isFetching || isPlaceholderData || asked !== JSON.stringify(spec);
  return (
    <section
      className={`${page.card} ${styles.strip}`}
      aria-label={`What ${ruleName ?? "this rule"} would have done`}
      aria-busy={isOld}
    >
      <h3>Over the last 30 days</h3>
      {may === false ? (
        <SignInToAct scope="respond" to="run this rule over history" />
      ) : error ? (
        <p className={page.refusal}>{error.message}</p>
      ) : data === undefined ? (
        <p className={page.quiet}>Running it over history…</p>
      ) : (
        <div className={styles.answer} data-old={isOld || undefined}>
          <BacktestFigures backtest={data} />
          {data.notReplayable === null && data.curve.length > 1 && <BacktestCurve backtest={data} />}
        </div>
      )}
    </section>
  );
}
