const TABLE = new Int32Array(256);

/** CRC-32 (IEEE 802.3, as in RFC 1952, 8) of a short text: Node's zlib gives the same, and costs a start 4 ms. */
export function crc32(text: string | Uint8Array): number {
  if (TABLE[1] === 0) fillTable();
  let crc = -1;
  for (const byte of Buffer.from(text)) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

function fillTable(): void {
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    TABLE[byte] = crc;
  }
}
