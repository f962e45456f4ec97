import type { View } from '../engine/types.ts';
import type { SurfaceHost } from './surface.ts';
/**
 * Put beside the held element by the shell. The held element keeps its place in the layout, so nothing moves.
 *
 * @element kelisim-hold
 * @attr {string} data-service - The service that is held; reflected.
 * @csspart hold - The whole. @csspart hold-grant - The button.
 */
export declare class KelisimHoldElement extends HTMLElement {
    #private;
    /** Gives the place back. */
    uncover: () => void;
    /** @param held the element it stands for */
    cover(held: HTMLElement, service: string, view: View, host: SurfaceHost): void;
}
