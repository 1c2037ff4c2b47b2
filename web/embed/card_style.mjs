// The look of a card. It is a sheet of its own, adopted by the shadow root or the page, so that a strict policy on
// styles needs no exception. Colours: 4.5 to 1 and more on their ground, light and dark.

const text = `
.pv-card{--ok:#216e39;--caution:#8a5300;--stop:#b3261e;--unknown:#5a5f66;
 --ink:var(--pipa-ink,#23201c);--quiet:var(--pipa-quiet,#655e55);--ground:var(--pipa-ground,#fffdf8);--line:var(--pipa-line,#d9d0c2);
 --accent:var(--pipa-accent,#b3530a);color:var(--ink);background:var(--ground);border:1px solid var(--line);
 border-radius:12px;padding:16px 18px;font:16px/1.55 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;
 border-inline-start:6px solid var(--level);overflow-wrap:anywhere}
.pv-card[data-level=ok]{--level:var(--ok)}.pv-card[data-level=caution]{--level:var(--caution)}
.pv-card[data-level=stop]{--level:var(--stop)}.pv-card[data-level=unknown]{--level:var(--unknown)}
.pv-card p{margin:.45em 0}
.pv-demo,.pv-pin{font-size:.875em;border:1px dashed var(--line);border-radius:8px;padding:6px 10px}
.pv-pin[data-state=match]{border:0;padding:0;color:var(--quiet)}.pv-pin{border-color:var(--caution)}
.pv-verdict{display:flex;gap:12px;align-items:center;color:var(--level);margin:.2em 0}
.pv-verdict>*{margin:0;font-size:1.5em;line-height:1.2}
.pv-icon{width:1.5em;height:1.5em;flex:none;fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.pv-next{font-weight:600}
.pv-card ul{margin:.5em 0;padding-inline-start:1.2em}
.pv-limits{color:var(--quiet);font-size:.9375em}
.pv-rows{display:grid;grid-template-columns:repeat(auto-fit,minmax(9em,1fr));gap:10px 18px;margin:12px 0;border-top:1px solid var(--line);padding-top:12px}
.pv-rows dt{color:var(--quiet);font-size:.875em}.pv-rows dd{margin:0;font-weight:600}
.pv-foot{display:flex;flex-wrap:wrap;gap:4px 16px;justify-content:space-between;color:var(--quiet);font-size:.8125em}
.pv-foot a{color:var(--accent);display:inline-block;padding:12px 0}
.pv-plain{border-inline-start-width:1px}
:host([theme=dark]) .pv-card,.pv-dark .pv-card{${dark()}}
@media (prefers-color-scheme:dark){:host(:not([theme=light])) .pv-card,.pv-auto .pv-card{${dark()}}}
@media print{.pv-card{break-inside:avoid}}`;

function dark() {
  return '--ok:#7fd492;--caution:#f0b755;--stop:#ff9c92;--unknown:#b9bec6;' +
    '--ink:var(--pipa-ink,#f1ebe2);--quiet:var(--pipa-quiet,#bdb3a5);--ground:var(--pipa-ground,#211d18);--line:var(--pipa-line,#4d453b);--accent:var(--pipa-accent,#f3a45c)';
}

/** @type {CSSStyleSheet | undefined} */
let sheet;

export function cardStyle() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
  }
  return sheet;
}
