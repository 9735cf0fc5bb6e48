import type { FhirView } from './view.ts';

/** What many resources of a plan are told with: worked out when it is first asked for, and kept as long as the view is. */
export function oncePerView<T extends object>(workOut: (view: FhirView) => T): (view: FhirView) => T {
  const kept = new WeakMap<FhirView, T>();
  return (view) => {
    const known = kept.get(view);
    if (known !== undefined) return known;
    const value = workOut(view);
    kept.set(view, value);
    return value;
  };
}
