import type { View } from '../engine/types.ts';
import type { SurfaceHost } from './surface.ts';
import { Base } from './base.ts';
/**
 * Put beside the held element by the shell. The held element keeps its place in the layout, so nothing moves.
 *
 * @element kelisim-hold
 * @attr {string} data-service - The service that is held; reflected.
 * @csspart hold - The whole. @csspart hold-grant - The button.
 */
export declare class KelisimHoldElement extends Base {
}
/** One that covers something. Page code reaches the element, so nothing of the shell is on it. */
export interface Cover {
    draw(view: View): void;
    /** Gives the place back. */
    remove(): void;
}
/** @param held the element it stands for */
export declare function coverHeld(element: KelisimHoldElement, held: HTMLElement, service: string, host: SurfaceHost): Cover;
