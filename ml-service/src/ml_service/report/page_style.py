"""How the report looks: light and dark, on a phone and on paper."""

from typing import Final

STYLE: Final = """
:root {
  color-scheme: light dark;
  --paper: #ffffff; --panel: #f6f7f9; --ink: #16202b; --quiet: #56616e; --rule: #d8dde3;
  --blue: #0072b2; --orange: #d55e00; --green: #007a5a; --purple: #a8578a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161c; --panel: #1b2129; --ink: #e8ecf1; --quiet: #a3afbd; --rule: #333c47;
    --blue: #56b4e9; --orange: #f09a45; --green: #2fc49a; --purple: #d998c0;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main { max-width: 1080px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 1.125rem; margin: 0 0 4px; }
p { margin: 0 0 12px; }
.note { color: var(--quiet); font-size: .9rem; }
.id, code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.id { color: var(--quiet); font-size: .9rem; }
.verdict {
  margin: 20px 0; padding: 14px 18px; border-radius: 10px; background: var(--panel);
  border-left: 6px solid var(--tone);
}
.verdict strong { color: var(--tone); display: block; }
.passed { --tone: var(--green); } .refused { --tone: var(--orange); }
.cards { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(186px, 1fr)); }
.card, section { background: var(--panel); border-radius: 10px; padding: 16px 18px; }
.card h2 { font-size: .875rem; font-weight: 600; color: var(--quiet); }
.card .value { font-size: 1.6rem; font-weight: 650; line-height: 1.25; }
.card p { margin: 0; }
.panels { display: grid; gap: 16px; grid-template-columns: repeat(2, minmax(0, 1fr)); margin-top: 16px; }
.wide { grid-column: 1 / -1; }
svg { display: block; width: 100%; height: auto; margin: 8px 0; }
section:not(.wide) svg { max-width: 470px; margin-inline: auto; }
svg text { font: 12px system-ui, sans-serif; fill: var(--quiet); }
svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
svg text.strong { fill: var(--ink); font-weight: 650; }
svg .grid { stroke: var(--rule); } svg .zero { stroke: var(--quiet); stroke-dasharray: 3 3; }
svg .ideal { stroke: var(--quiet); stroke-dasharray: 5 4; }
svg .whisker { stroke: var(--blue); stroke-width: 2; } svg .point { fill: var(--blue); }
svg .whisker.final { stroke: var(--orange); } svg .point.final { fill: var(--orange); }
svg .bar { fill: var(--blue); } svg .quiet { opacity: .45; }
.fit { fill: var(--blue); --tone: var(--blue); } .early { fill: var(--purple); --tone: var(--purple); }
.calibration { fill: var(--green); --tone: var(--green); }
.untouched { fill: var(--orange); --tone: var(--orange); }
.swatch { display: inline-block; width: .7em; height: .7em; border-radius: 2px; background: var(--tone); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); padding-bottom: 4px; }
th, td { text-align: right; padding: 5px 8px; border-bottom: 1px solid var(--rule); }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
thead th { color: var(--quiet); font-weight: 600; }
tr.chosen td { font-weight: 650; }
.confusion td { text-align: center; border: 2px solid var(--panel); padding: 12px 6px; border-radius: 4px;
  background: color-mix(in srgb, var(--blue) calc(var(--share) * 55%), transparent); }
.confusion th { text-align: center; } .confusion tbody th { text-align: left; }
.confusion .share { display: block; color: var(--quiet); font-size: .8rem; }
details { margin-top: 10px; } summary { cursor: pointer; color: var(--quiet); font-size: .9rem; }
summary:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
pre { margin: 0 0 12px; padding: 12px; border-radius: 8px; background: var(--paper); white-space: pre-wrap;
  overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0; font-size: .9rem; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 760px) {
  main { padding: 20px 14px 40px; } .panels { grid-template-columns: minmax(0, 1fr); }
  dl { grid-template-columns: 1fr; gap: 0 0; } dd { margin-bottom: 6px; }
}
@media print {
  :root { --paper: #fff; --panel: #fff; --ink: #000; --quiet: #444; --rule: #bbb; }
  main { max-width: none; padding: 0; } section, .card, .verdict { break-inside: avoid; border: 1px solid #bbb; }
  * { print-color-adjust: exact; }
}
"""
