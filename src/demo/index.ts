export { type DemoClock, type DemoClockOptions, openDemoClock } from './clock.ts';
export { type DemoClockRoutesOptions, registerDemoClock } from './clock-routes.ts';
export { readClockStart } from './clock-start.ts';
export { demoDirectory } from './directory.ts';
export type * from './directory-types.ts';
export { createDemoIssuer, type DemoIssuer, type DemoIssuerOptions, demoAudience } from './issuer.ts';
export { type DemoPersona, demoPersonas, findPersona, getPersona } from './personas.ts';
export { type DemoSecrets, loadDemoSecrets } from './secrets.ts';
export { DEMO_PUBLIC_CLIENT } from './token.ts';
