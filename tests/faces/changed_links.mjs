// What becomes of a link on its way to a face: what messengers, editors, scanners and keyboards make of it.

/** `changed` can be undone, and is answered as the code itself; of `lost` nothing is said about goods. @param {string} code */
export function changedLinks(code) {
  const [, digits] = code.split('#');
  const host = 'pipa.linping.example';
  const link = `https://${host}/C#${digits}`;
  const pieces = (/** @type {string} */ between) => /** @type {string[]} */ (digits.match(/.{1,80}/g)).join(between);

  // What can be undone: the answer is the code's own.
  const changed = {
    'a messenger that adds a query': `https://${host}/C?from=singlemessage&isappinstalled=0#${digits}`,
    'a messenger\'s key': `https://${host}/C?nsukey=rIwzk%2BD#${digits}`,
    'a language asked for': `https://${host}/C?lang=en#${digits}`,
    'a campaign': `https://${host}/C/?utm_source=weibo#${digits}`,
    'the page\'s own file': `https://${host}/C/index.html#${digits}`,
    'a fragment sign encoded': `https://${host}/C%23${digits}`,
    'a word behind it': `${link} 点击查看`,
    'words before it': `扫码查验 ${link}`,
    'a full stop': `${link}.`,
    'a wide fragment sign': link.replace('#', '＃'),
    'angle brackets': `<${link}>`,
    'a messenger\'s redirect': `${link}&wechat_redirect`,
    'blanks in the digits': `https://${host}/C#${pieces(' ')}`,
    'lines of digits alone': pieces('\n'),
    'a group separator': `${code}\u001d`,
    'a line break': `${code}\r\n`,
    'characters of no width': `\u200b${code}`,
    'a byte order mark': `\ufeff${code}`,
    'an AIM prefix': `]Q1${code}`,
    'an ECI prefix': `\\000026${code}`,
    'CapsLock': `https://${host}/c#${digits}`,
    'a port': `https://${host}:443/C#${digits}`,
  };
  // What cannot: nothing is said about goods.
  const lost = { 'a lost fragment': `https://${host}/C`, 'a lost half': link.slice(0, link.length >> 1), 'a redirect in place of the digits': `https://${host}/C#wechat_redirect` };
  return { changed, lost };
}
