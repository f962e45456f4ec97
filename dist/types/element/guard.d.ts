import type { Natives } from '../gate/link.ts';
/** How long a layer has to be visible before an answer in it can grant. */
export declare const MIN_VISIBLE_MS = 300;
/** Why an event may not grant; "" when it may. */
export type Doubt = '' | 'untrusted' | 'early' | 'invisible' | 'covered' | 'text';
/**
 * Whether `event` on `control` may grant.
 *
 * @param shownAt  performance.now() when the layer was first painted, or null while it was not
 * @param legible  whether the layer's text is what the engine drew
 */
export declare function doubt(event: Event, control: Element, shownAt: number | null, legible: boolean, elementFromPoint: Natives['elementFromPoint']): Doubt;
