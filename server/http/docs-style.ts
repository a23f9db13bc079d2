/** Light or dark by the reader's setting. */
export const docsStyle = `
:root{color-scheme:light dark;--ink:light-dark(#1b2330,#e4e9f2);--soft:light-dark(#5b6472,#a3adbb);--page:light-dark(#fff,#0e1420);
--panel:light-dark(#f6f7f9,#161d2b);--line:light-dark(#dfe3e8,#2a3346);--link:light-dark(#0a5a94,#6cbbea)}
*{box-sizing:border-box}
body{margin:0;display:grid;grid-template-columns:280px minmax(0,1fr);font:14px/1.5 Inter,system-ui,sans-serif;color:var(--ink);background:var(--page)}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:16px;background:var(--panel);border-right:1px solid var(--line);font-size:12px}
nav a{display:block;padding:2px 0;color:inherit;text-decoration:none;overflow-wrap:anywhere}nav a:hover{color:var(--link)}
nav h2{font-size:12px;color:var(--soft);margin:16px 0 4px}.brand{font-weight:600;font-size:14px}
main{max-width:960px;padding:24px 32px 96px}h1{font-size:28px;margin:0 0 16px}h1 small{color:var(--soft);font-weight:400;font-size:16px}
section>h2{font-size:20px;margin:48px 0 8px;text-transform:capitalize}article{margin:24px 0;padding-top:16px;border-top:1px solid var(--line)}
h3{font-size:16px;margin:0 0 4px}h4{font-size:13px;color:var(--soft);margin:16px 0 4px}
a{color:var(--link)}code,pre{font:12px/1.5 "JetBrains Mono",ui-monospace,monospace}
pre{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:8px 12px;white-space:pre-wrap;overflow-wrap:anywhere;font-variant-ligatures:none;margin:4px 0}pre i,td i{color:var(--soft)}
table{border-collapse:collapse;width:100%;font-size:13px}td{padding:4px 12px 4px 0;vertical-align:top;border-bottom:1px solid var(--line)}
dl{display:grid;grid-template-columns:48px minmax(0,1fr);gap:4px 8px;margin:0}dt{font-weight:600}dd{margin:0}dd p{margin:4px 0 0}
.call code{overflow-wrap:anywhere;min-width:0}.call{display:flex;gap:8px;flex-wrap:wrap;align-items:baseline}.call span{color:var(--soft)}
b.get,b.post,b.put,b.patch,b.delete{text-transform:uppercase;font:600 11px ui-monospace,monospace}
:target{scroll-margin-top:16px;outline:2px solid var(--link);outline-offset:4px;border-radius:2px}
@media(max-width:760px){body{display:block}nav{position:static;height:auto;max-height:40vh;border-right:0;border-bottom:1px solid var(--line)}main{padding:16px}}
`;
