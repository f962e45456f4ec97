import type { Senses } from '../gate/link.ts';
/** How long the answers have to stand uncovered in one place before one of them can grant. */
export declare const MIN_VISIBLE_MS = 300;
/** Why an event may not grant; "" when it may. */
export type Doubt = '' | 'untrusted' | 'early' | 'invisible' | 'covered' | 'text';
/** Follows where the answers of a layer stand. */
export interface Watch {
    /** Another layer is there. */
    restart(shownAt?: number | null): void;
    look(): void;
    /** Changes what is in the root without anybody having written there. */
    own(work: () => void): void;
    /** There is nothing to look at any more. */
    end(): void;
    /** @param drawn  whether the layer is what the engine drew */
    doubt(event: Event, control: Element, drawn: () => boolean): Doubt;
}
/**
 * @param answers  the controls that grant and refuse, where they stand now
 * @param layer    what has to be legible for one of them to count
 */
export declare function makeWatch(root: ShadowRoot, answers: () => ArrayLike<Element>, layer: () => Element, n: Senses): Watch;
