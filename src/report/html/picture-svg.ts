import { type SankeyLink, type SankeyNode, sankey, sankeyLinkHorizontal } from "d3-sankey";
import { cut, plain } from "../redact.ts";
import { columns } from "../wrap.ts";
import { html, type Markup, raw } from "./markup.ts";
import type { Picture, PictureLink, PictureNode } from "./picture.ts";

type Node = SankeyNode<PictureNode, PictureLink>;
type Link = SankeyLink<PictureNode, PictureLink>;

/** Units of the picture: widths of its parts, from left to right, and what a row takes. */
const LEFT = 232;
/** Before the names of identities, for fonts that are wide. */
const MARGIN = 28;
const MIDDLE = 590;
const RIGHT = 800;
const WIDTH = 1256;
const BRACKET = 1012;
const ROW = 27;
const PADDING = 15;
const NODE = 14;
const TOP = 34;
/** Rounds in which boxes move towards what they hang on. */
const SETTLED = 4;
/** Columns of text that fit beside a box. */
const FITS = { identity: 30, token: 40, audience: 26, boundary: 30 };

/** Draws the picture as SVG: what a script would do, done beforehand. Colours are classes of the page's style. */
export function pictureSvg(picture: Picture): Markup {
  const height = heightOf(picture);
  const layout = sankey<PictureNode, PictureLink>()
    .nodeId(({ id }) => id)
    .nodeAlign(({ column }) => column)
    .nodeSort((a, b) => a.order - b.order)
    .nodeWidth(NODE)
    .nodePadding(PADDING)
    .iterations(SETTLED)
    .extent([
      [LEFT, TOP],
      [RIGHT, TOP + height],
    ]);
  const { nodes, links } = layout({
    nodes: picture.nodes.map((node) => ({ ...node })),
    links: picture.links.map((link) => ({ ...link })),
  });
  // Names of tokens stand before them, where ribbons cross least.
  for (const node of nodes) if (node.column === 1) Object.assign(node, { x0: MIDDLE, x1: MIDDLE + NODE });
  const path = sankeyLinkHorizontal<PictureNode, PictureLink>();
  return html`<svg viewBox="${-MARGIN} 0 ${WIDTH + MARGIN} ${Math.ceil(TOP + height + 12)}" role="group" aria-label="Identities, their tokens, and the audiences that accept them" focusable="false">
<g class="heads">${heads()}</g>
<g class="ribbons">${links.map((link) => ribbon(link, path(link) ?? ""))}</g>
<g class="brackets">${brackets(nodes, picture)}</g>
<g class="boxes">${nodes.map(box)}</g>
</svg>`;
}

/** As many rows as the fullest column has, and room for the widest token. */
function heightOf({ nodes }: Picture): number {
  const rows = [0, 1, 2].map((column) => nodes.filter((node) => node.column === column).length);
  return Math.max(64, Math.max(...rows) * ROW);
}

function heads(): readonly Markup[] {
  return [
    html`<text x="${LEFT - 10}" y="14" text-anchor="end">Identity</text>`,
    html`<text x="${MIDDLE - 10}" y="14" text-anchor="end">Token</text>`,
    html`<text x="${RIGHT + 10}" y="14">Audience</text>`,
    html`<text x="${BRACKET + 14}" y="14">Trust boundary</text>`,
  ];
}

function ribbon(link: Link, path: string): Markup {
  const [source, target] = [link.source as Node, link.target as Node];
  const width = Math.max(1, link.width ?? 1).toFixed(1);
  return html`<path class="f-${link.level}" d="${raw(path)}" stroke-width="${width}"><title>${source.label} → ${target.label}</title></path>`;
}

function box(node: Node): Markup {
  const { x0 = 0, x1 = 0, y0 = 0, y1 = 0, level, label, fingerprint } = node;
  const height = Math.max(3, y1 - y0);
  const rect = html`<rect class="b-${level}" x="${fixed(x0)}" y="${fixed(y0)}" width="${fixed(x1 - x0)}" height="${fixed(height)}" rx="2"/>`;
  const middle = fixed((y0 + y1) / 2 + 4);
  const shown = fitted(bare(label), [FITS.identity, FITS.token, FITS.audience][node.column]!);
  const text =
    node.column < 2
      ? html`<text x="${fixed(x0 - 10)}" y="${middle}" text-anchor="end">${shown}</text>`
      : html`<text x="${fixed(x1 + 10)}" y="${middle}">${shown}</text>`;
  const both = html`<title>${label}</title>${rect}${text}`;
  return fingerprint === undefined ? html`<g>${both}</g>` : html`<a href="#${fingerprint}">${both}</a>`;
}

/** A line along the audiences of each boundary, with its name, owner and sensitivity. */
function brackets(nodes: readonly Node[], { boundaries }: Picture): readonly Markup[] {
  return [...boundaries].map(([name, note]) => {
    const inside = nodes.filter(({ boundary }) => boundary === name);
    const top = Math.min(...inside.map(({ y0 = 0 }) => y0));
    const bottom = Math.max(top + 3, ...inside.map(({ y1 = 0 }) => y1));
    const alone = inside.every(({ label }) => label === name);
    const shown = alone ? "unmapped" : fitted(bare(name), FITS.boundary);
    const rest = FITS.boundary - columns(shown) - 2;
    const notes = !alone && note !== "" && rest > 8 ? html` <tspan class="note">${fitted(note, rest)}</tspan>` : "";
    return html`<g><title>${name}${note === "" ? "" : `: ${note}`}</title><line x1="${BRACKET}" x2="${BRACKET}" y1="${fixed(top - 2)}" y2="${fixed(bottom + 2)}"/><text x="${BRACKET + 14}" y="${fixed((top + bottom) / 2 + 4)}">${shown}${notes}</text></g>`;
  });
}

const fixed = (number: number): string => number.toFixed(1);

/** An address without what all addresses have. */
const bare = (label: string): string => label.replace(/https?:\/\//g, "").replace(/\/(?= |$)/g, "");

/** A text cut to so many columns of a terminal, which is how wide a proportional font is about. */
function fitted(text: string, most: number): string {
  const shown = plain(text);
  if (columns(shown) <= most) return shown;
  let end = most;
  while (end > 1 && columns(shown.slice(0, end)) > most) end--;
  return cut(shown, end);
}
