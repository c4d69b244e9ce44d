// The trips that show what the saga does about each kind of trouble.

/** What a trip is made of unless a demo says otherwise. */
export const PlainOrder = { name: 'Alice Jones', car: 'Ford 150', hotel: 'Hilton 123', flight: 'Alaska Airlines 123' };

/** Each with what will be seen, and what its order has that a plain one hasn't. A text between backquotes is code. */
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
    story: 'A final no: it is not tried again. The hotel and the car are undone, in that order.',
  },
  {
    title: 'A sold out hotel', ends: 'Cancelled', order: { hotel: 'Sold Out Inn' },
    story: 'A final refusal before the flight was tried: the car is undone, and there is no flight to undo.',
  },
  {
    title: 'All at once, and one says no', ends: 'Cancelled', order: { car: 'Slow Ford', flight: 'Invalid 123', parallel: true },
    story: 'All three are asked at the same time. The flight’s no undoes the other two, also one that is still on its way.',
  },
  {
    title: 'An undo that is stuck', ends: 'Needs attention', order: { hotel: 'Stuck Inn', flight: 'Invalid 123' },
    story: 'The hotel can be booked, but not undone. After some minutes of tries the trip waits for an operator: retry, or skip with a note.',
  },
];
