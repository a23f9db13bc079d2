import { formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import type { SloExcuseSuggestionJson } from "#domain/api/slo.ts";
import { monthName, typesText } from "#domain/slo.ts";
import { suggestionHref } from "./excuse-fields.ts";

interface ExcuseSuggestionsProps {
  month: string;
  suggestions: readonly SloExcuseSuggestionJson[];
}

/** Planned maintenance, known from silences, in which hours were late or incomplete. */
export function ExcuseSuggestions({ month, suggestions }: ExcuseSuggestionsProps) {
  if (suggestions.length === 0)
    return <p className={page.quiet}>No late or incomplete hours within a silence in {monthName(month)}.</p>;
  return (
    <ul className={page.list}>
      {suggestions.map((suggestion) => (
        <li key={`${suggestion.silence} ${suggestion.from}`}>
          <PageLink href={suggestionHref(suggestion)}>
            {suggestion.from} to {suggestion.to} UTC
          </PageLink>
          : {suggestion.reason}. {typesText(suggestion.eventTypes)}: {formatCountOf(suggestion.lateHours, "late hour")},{" "}
          {suggestion.incompleteHours} incomplete.
        </li>
      ))}
    </ul>
  );
}
