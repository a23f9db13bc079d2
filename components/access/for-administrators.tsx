import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import { Notice } from "#components/ui/notice.tsx";

/** In place of a page that its visitor may not read: what administrators `do` here, and the command that does it with a token. */
export function ForAdministrators({ do: what, command }: { do: string; command: string }) {
  const { data: visitor } = useQuery(queries.visitor());
  return (
    <Notice title="For administrators">
      <p>
        {visitor?.person && `Your role is ${visitor.person.role}. `}
        People with the role admin {what} here.
        {!visitor?.person && (
          <>
            {" "}
            With an administrator’s token, use <code>{command}</code>.
          </>
        )}
      </p>
    </Notice>
  );
}
