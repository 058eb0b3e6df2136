/** Pieces long and mixed enough to be a token; names of files and folders seldom are. Fingerprints are no secrets. */
const PIECE = /(?<!lr1:)[A-Za-z0-9_\-+=]{16,}/g;

/** A message with every piece that could be a token taken out: settings, rules and paths are the user's text, and may hold one. */
export function masked(message: string): string {
  return message.replace(PIECE, (piece) => (looksRandom(piece) ? "…" : piece));
}

/** Digits and letters in a stretch of 12 or more between separators, as no word or date has them. */
function looksRandom(piece: string): boolean {
  return piece.split(/[-_+=]/).some((part) => part.length >= 12 && /\d/.test(part) && /[A-Za-z]/.test(part));
}
