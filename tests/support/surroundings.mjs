// What a program under test knows of the machine, the user and the day: nothing that may change what it says, and
// everything that must not. Hence the language of its messages is always the same, unless a test asks for another; but
// clock (libfaketime's variables), time zone and locale are the caller's, as `tools/test` moves them in its step 'elsewhere'.

const kept = ['PATH', 'HOME', 'TZ', 'LANG', 'LOCPATH', 'LD_PRELOAD'];

/** @returns {Record<string, string>} */
export function surroundings() {
  const given = Object.entries(process.env).filter(([name]) => kept.includes(name) || /^(DONT_FAKE|NO_FAKE|FAKETIME)/.test(name));
  return { LANG: 'C.UTF-8', ...Object.fromEntries(given), LC_MESSAGES: 'C.UTF-8' };
}

/**
 * For tests that kill what they run: `skip` where the clock is moved, for libfaketime shares one semaphore among all programs, and whoever is
 * killed while it holds it (in its first milliseconds, or while it asks for a file's date) stops every one that comes after.
 */
export const killing = { skip: process.env.FAKETIME_SHARED ? 'a program that is killed takes libfaketime\'s semaphore with it' : false };
