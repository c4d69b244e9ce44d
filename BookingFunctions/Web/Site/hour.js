// The last hour, minute by minute, as a chart and as a table.

import { get } from './api.js';
import { byId, el, replace, svg } from './dom.js';
import { poll } from './poll.js';
import { tripState } from './states.js';
import { toMilliseconds } from './time.js';

const Minute = 60_000;
const Minutes = 60;
const Every = 10_000;
const Height = 132;
const Foot = 20;
const Head = 14;

// From the bottom of each bar to its top.
const Series = [
  ['confirmed', 'Confirmed'], ['cancelled', 'Cancelled'], ['needsAttention', 'NeedsAttention'], ['rollingBack', 'RollingBack'], ['booking', 'Booking'],
];

/** Shows it, and keeps it up to date. */
export function showHour() {
  let last = '';
  let drawn = null;
  new ResizeObserver(() => drawn && draw(...drawn)).observe(byId('hour-chart'));
  poll(async signal => {
    const { to, minutes } = await get('/api/counts', { signal });
    const end = Math.floor(toMilliseconds(to) / Minute) * Minute;
    const text = JSON.stringify([end, minutes]);
    if (text !== last) {
      last = text;
      drawn = show(end, minutes);
    }
    return Every;
  }, () => replace(byId('hour-chart'), el('p', { class: 'soft' }, 'The numbers can’t be read.')));
}

function show(end, minutes) {
  const start = end - (Minutes - 1) * Minute;
  const inTime = minutes.filter(minute => toMilliseconds(minute.at) >= start);
  const totals = Series.map(([key, status]) => ({ key, status, number: inTime.reduce((sum, minute) => sum + minute[key], 0) }));
  const all = totals.reduce((sum, total) => sum + total.number, 0);
  replace(byId('hour-totals'), totals.map(({ status, number }) => el('div', { class: classOf(status) },
    el('dt', {}, tripState(status).word), el('dd', { class: 'number' }, number.toLocaleString()))));
  replace(byId('hour-table'), table(inTime));
  const drawn = [inTime, start, `${all.toLocaleString()} trips were requested in the last hour: `
    + `${totals.map(({ status, number }) => `${tripState(status).word} ${number}`).join(', ')}.`];
  draw(...drawn);
  return drawn;
}

function draw(minutes, start, text) {
  const place = byId('hour-chart');
  replace(place, chart(minutes, start, text, Math.max(place.clientWidth, 240)));
}

function chart(minutes, start, text, width) {
  const most = Math.max(1, ...minutes.map(sum));
  const top = niceTop(most);
  const step = width / Minutes;
  const scale = (Height - Foot - Head) / top;
  const bars = minutes.map(minute => {
    const at = toMilliseconds(minute.at);
    const x = Math.round((at - start) / Minute) * step;
    let y = Height - Foot;
    return svg('g', {},
      svg('title', {}, `${clock(at)}: ${describe(minute)}`),
      Series.filter(([key]) => minute[key] > 0).map(([key, status]) => {
        const height = Math.max(minute[key] * scale, 1.5);
        y -= height;
        return svg('rect', { class: `bar ${classOf(status)}`, x: x + step / 8, y, width: step * 0.75, height, rx: 1.5 });
      }));
  });
  const ticks = (width < 480 ? [0, 30, 59] : [0, 15, 30, 45, 59]).map(minute => svg('text', {
    class: 'tick', x: minute === 59 ? width : minute * step, y: Height - 4, 'text-anchor': minute === 0 ? 'start' : minute === 59 ? 'end' : 'middle',
  }, clock(start + minute * Minute)));
  return svg('svg', { viewBox: `0 0 ${width} ${Height}`, role: 'img', 'aria-label': text, class: 'bars' },
    svg('line', { class: 'grid', x1: 0, x2: width, y1: Head, y2: Head }),
    svg('text', { class: 'tick', x: 0, y: Head - 4 }, `${top.toLocaleString()} a minute`),
    svg('line', { class: 'axis', x1: 0, x2: width, y1: Height - Foot, y2: Height - Foot }),
    bars, ticks);
}

function table(minutes) {
  if (minutes.length === 0) {
    return el('p', { class: 'soft' }, 'No trip was requested in the last hour.');
  }
  return el('table', {},
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Minute'), Series.map(([, status]) => el('th', { scope: 'col' }, tripState(status).word)))),
    el('tbody', {}, minutes.toReversed().map(minute => el('tr', {},
      el('th', { scope: 'row', class: 'number' }, clock(toMilliseconds(minute.at))),
      Series.map(([key]) => el('td', { class: 'number' }, minute[key].toLocaleString()))))));
}

// Those that are still under way are hollow.
const classOf = status => `${tripState(status).tone}${status === 'Booking' || status === 'RollingBack' ? ' moving' : ''}`;

const sum = minute => Series.reduce((total, [key]) => total + minute[key], 0);

const describe = minute => Series.filter(([key]) => minute[key] > 0).map(([key, status]) => `${tripState(status).word} ${minute[key]}`).join(', ');

const clock = time => new Date(time).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hour12: false });

// 1, 2, 5, 10, 20, 50 and so on: the first that has room for the most.
function niceTop(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map(factor => factor * power).find(top => top >= most);
}
