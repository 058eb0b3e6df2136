import { rank } from "../../model/index.ts";
import type { Box, PictureLink, PictureNode } from "./picture.ts";

/**
 * Puts the boxes of each column in order, so that ribbons cross little: identities as they came, which is the worst first; tokens by
 * level and identity; audiences by trust boundary, each near the tokens it hangs on.
 */
export function inOrder(boxes: readonly Box[], links: readonly PictureLink[]): readonly PictureNode[] {
  const identities = placed(boxes.filter(({ column }) => column === 0));
  const tokenPull = pullOf(identities, links);
  // What is drawn together comes last in its level.
  const tokens = placed(
    boxes
      .filter(({ column }) => column === 1)
      .sort(
        (a, b) =>
          rank(b.level) - rank(a.level) ||
          Number(a.fingerprint === undefined) - Number(b.fingerprint === undefined) ||
          tokenPull(a.id) - tokenPull(b.id),
      ),
  );
  const pull = pullOf(tokens, links);
  const audiences = boxes.filter(({ column }) => column === 2);
  const group = groupPull(audiences, pull);
  audiences.sort((a, b) => group(a) - group(b) || compareBoundary(a, b) || pull(a.id) - pull(b.id));
  return [...identities, ...tokens, ...placed(audiences)];
}

const placed = (boxes: readonly Box[]): PictureNode[] => boxes.map((box, order) => ({ ...box, order }));

/** The mean place of the boxes that ribbons come from. */
function pullOf(from: readonly PictureNode[], links: readonly PictureLink[]): (id: string) => number {
  const places = new Map(from.map(({ id, order }) => [id, order]));
  const found = new Map<string, number[]>();
  for (const { source, target } of links) {
    const place = places.get(source);
    if (place !== undefined) found.set(target, [...(found.get(target) ?? []), place]);
  }
  const means = new Map([...found].map(([id, all]) => [id, mean(all)]));
  return (id) => means.get(id) ?? 0;
}

function groupPull(audiences: readonly Box[], pull: (id: string) => number): (box: Box) => number {
  const pulls = new Map<string | undefined, number[]>();
  for (const { id, boundary } of audiences) pulls.set(boundary, [...(pulls.get(boundary) ?? []), pull(id)]);
  const means = new Map([...pulls].map(([boundary, all]) => [boundary, mean(all)]));
  return ({ boundary }) => means.get(boundary) ?? 0;
}

const compareBoundary = (a: Box, b: Box): number =>
  (a.boundary ?? "") < (b.boundary ?? "") ? -1 : a.boundary === b.boundary ? 0 : 1;

const mean = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / Math.max(1, all.length);
