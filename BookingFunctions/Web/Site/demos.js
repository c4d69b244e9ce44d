// A trip for each kind of failure.

/** The order of a demo, unless it says otherwise. */
export const PlainOrder = { name: 'Alice Jones', car: 'Ford 150', hotel: 'Hilton 123', flight: 'Alaska Airlines 123' };

/** Each with what will be seen, and what differs in its order. A text between backquotes is code. */
export const Demos = [
  {
    title: 'All goes well', ends: 'Confirmed', order: {},
    story: 'Car, hotel and flight are booked one after the other, and the traveler is notified.',
  },
  {
    title: 'Kill it, and it goes on', ends: 'Confirmed', order: { car: 'Slow Ford' },
    story: 'Each call takes two seconds: time to press Ctrl+C, or to use `kill -9`, in the middle. Start the server again, and watch the trip go on where it was.',
  },
  {
    title: 'A flaky car', ends: 'Confirmed', order: { car: 'Flaky Ford' },
    story: 'It fails five times, with growing waits in between, and is booked on the sixth attempt: about half a minute.',
  },
  {
    title: 'A buggy hotel', ends: 'Confirmed', order: { hotel: 'Buggy Inn', attempts: 1000 },
    story: 'It fails until its bug is fixed: start the server again with `Demo__HotelBugFixed=true`, and the trip that waits for it is confirmed. Or cancel it.',
  },
  {
    title: 'An invalid flight', ends: 'Cancelled', order: { flight: 'Invalid 123' },
    story: 'It is refused, which is final. The hotel and the car are undone, in that order.',
  },
  {
    title: 'A sold out hotel', ends: 'Cancelled', order: { hotel: 'Sold Out Inn' },
    story: 'It is refused before the flight is tried: only the car is undone.',
  },
  {
    title: 'All at once, one refused', ends: 'Cancelled', order: { car: 'Slow Ford', flight: 'Invalid 123', parallel: true },
    story: 'All three are booked at the same time. The flight is refused, and the other two are undone, also one still being booked.',
  },
  {
    title: 'An undo that is stuck', ends: 'Needs attention', order: { hotel: 'Stuck Inn', flight: 'Invalid 123' },
    story: 'The hotel can be booked, but not undone. After some minutes of tries the trip waits for an operator: retry, or skip with a note.',
  },
];
