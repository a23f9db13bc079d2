"use client";

import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { theme, tokens } from "./theme.ts";
import { useToast } from "./toast.ts";

// Loaded with the first toast: most visits only read.
const ShownToast = dynamic(() => import("./shown-toast.tsx").then(({ ShownToast: found }) => found), { ssr: false });

/** One query cache per tab. Failures are retried by the next poll, and the shown data stays. */
function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        refetchInterval: 5000,
        staleTime: 4000,
        gcTime: 600_000,
        retry: false,
        // A browser that believes itself offline would pause silently: fetch, fail, and show it.
        networkMode: "always",
      },
    },
  });
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={client}>
      <MantineProvider theme={theme} cssVariablesResolver={tokens} defaultColorScheme="auto" withGlobalClasses={false}>
        <NuqsAdapter>{children}</NuqsAdapter>
        <ToastArea />
      </MantineProvider>
    </QueryClientProvider>
  );
}

function ToastArea() {
  const toast = useToast();
  return toast && <ShownToast toast={toast} />;
}
