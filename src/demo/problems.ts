import { defineProblem } from '../shared/problem.ts';

/** `extra.now` says what the clock shows. */
export const clockOnlyForward = defineProblem({
  code: 'clock-only-forward',
  kind: 'unprocessable',
  title: { sv: 'Klockan går bara framåt', en: 'The clock only goes forward' },
});

export const clockTimeInvalid = defineProblem({
  code: 'clock-time-invalid',
  kind: 'invalid',
  title: { sv: 'Tiden går inte att läsa', en: 'The time cannot be read' },
});

export const clockNotLocal = defineProblem({
  code: 'clock-not-local',
  kind: 'forbidden',
  title: {
    sv: 'Klockan flyttas bara från datorn där tjänsten körs',
    en: 'The clock is moved only from the machine that runs the service',
  },
});
