"use client";

/** The frame itself failed to render: none of our components are available. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body style={{ fontFamily: "system-ui, sans-serif", padding: 24, colorScheme: "light dark" }}>
        <title>Tidemark</title>
        <h1>Tidemark couldn’t render this page</h1>
        <p>Try again. If the error persists, check the log of the web process.</p>
        <button type="button" onClick={() => window.location.reload()}>
          Try again
        </button>
      </body>
    </html>
  );
}
