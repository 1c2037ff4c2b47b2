// Pictures made by hand, for what no drawing program would write.
import { deflateSync } from 'node:zlib';

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return ~crc >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A grey PNG whose header claims a size, whatever its rows hold. */
export function pngOf(width, height, rows = Buffer.alloc(0)) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** A white picture without any code. */
export function whitePng(side) {
  return pngOf(side, side, Buffer.alloc(side * (side + 1), 0xFF).map((byte, at) => (at % (side + 1) === 0 ? 0 : byte)));
}

/** What `pdftoppm -gray` and scanners write. */
export function pgmOf(width, height, pixels, highest = 255) {
  return Buffer.concat([Buffer.from(`P5\n# a comment\n${width} ${height}\n${highest}\n`), pixels]);
}

/** A progressive JPEG, grey and empty, whose every scan is a pass over the whole picture (ITU-T T.81, annexes B and G). */
export function jpegOfScans(side, scans) {
  const segment = (marker, ...bytes) => [0xFF, marker, 0, bytes.length + 2, ...bytes];
  const tables = [...segment(0xDB, 0, ...Array(64).fill(1)), ...[0x00, 0x10].flatMap((table) => segment(0xC4, table, 1, ...Array(15).fill(0), 0))];
  const frame = segment(0xC2, 8, side >> 8, side & 0xFF, side >> 8, side & 0xFF, 1, 1, 0x11, 0);
  const scan = segment(0xDA, 1, 1, 0, 1, 63, 0);
  return Buffer.from([0xFF, 0xD8, ...tables, ...frame, ...segment(0xDA, 1, 1, 0, 0, 0, 0), ...Array(scans - 1).fill(scan).flat(), 0xFF, 0xD9]);
}
