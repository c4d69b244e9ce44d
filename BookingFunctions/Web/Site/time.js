// Writes times and durations for people.

const Clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const DayAndClock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

let ahead = 0;

/** What time it is at the server. */
export const serverNow = () => Date.now() + ahead;

/** Learns from an answer how far the server's clock is from this one. It says whole seconds: less than two is no difference. */
export function learnServerTime(answer) {
  const date = Date.parse(answer.headers.get('Date') ?? '');
  if (!Number.isNaN(date)) {
    const difference = date + 500 - Date.now();
    ahead = Math.abs(difference) < 2000 ? 0 : difference;
  }
}

/** The milliseconds of a time of the API. */
export const toMilliseconds = iso => Date.parse(iso);

/** The time of day, such as 09:30:05; with the day unless that is today. */
export function formatTime(time) {
  const at = new Date(time);
  return at.toDateString() === new Date().toDateString() ? Clock.format(at) : DayAndClock.format(at);
}

/** The time of day to the millisecond, such as 09:30:05.123. */
export function formatPreciseTime(time) {
  const at = new Date(time);
  return `${Clock.format(at)}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** A duration, such as 35 ms, 4.2 s, 3 min 5 s, 2 h 10 min, 4 d 3 h. */
export function formatDuration(milliseconds) {
  const ms = Math.max(0, milliseconds);
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  const tenths = Math.round(ms / 100) / 10;
  if (tenths < 60) {
    return `${tenths < 10 ? tenths.toFixed(1) : Math.round(tenths)} s`;
  }
  const seconds = Math.round(ms / 1000);
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  return days > 0 ? `${days} d ${hours} h` : hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
}

/** How long ago a time was, such as 'just now' or '5 min ago'. */
export function formatAgo(time, now = Date.now()) {
  const ms = now - time;
  return ms < 5000 ? 'just now' : `${formatDuration(Math.floor(ms / 1000) * 1000)} ago`;
}
