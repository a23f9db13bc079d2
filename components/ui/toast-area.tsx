"use client";

import dynamic from "next/dynamic";
import { useToast } from "./toast.ts";

// Loaded with the first toast: most visits only read.
const ShownToast = dynamic(() => import("./shown-toast.tsx").then(({ ShownToast: found }) => found), { ssr: false });

export function ToastArea() {
  const toast = useToast();
  return toast && <ShownToast toast={toast} />;
}
