import fc from 'fast-check';

/**
 * Properties are tried on the same cases each time, so that what makes a run fail is what was changed. `PROPERTY_SEED=random`,
 * or a number, tries others.
 */
const wanted = process.env.PROPERTY_SEED ?? '20261121';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
