"use client";

import dynamic from "next/dynamic";
import page from "#components/ui/page.module.css";

/** Loaded when it is opened: the YAML library is larger than the form. */
export const FileEditor = dynamic(() => import("./file-editor.tsx").then(({ FileEditor: found }) => found), {
  loading: () => <p className={page.quiet}>Loading the editor…</p>,
});
