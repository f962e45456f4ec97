import type { Drafting, View, ViewNode } from '../engine/types.ts';
import type { Natives } from '../gate/link.ts';
import type { Doubt } from './guard.ts';
/** Something pressed. */
export interface Answer {
    action: string;
    /** The button's data-target; "" = none. */
    target: string;
    /** Why it may not grant; "" when it may. To be asked before the layer changes. */
    doubt(): Doubt;
    trusted: boolean;
    view: View;
}
/** What a surface needs of the shell. */
export interface SurfaceHost {
    readonly natives: Pick<Natives, 'createElement' | 'append' | 'setAttribute' | 'elementFromPoint'>;
    readonly nonce: string;
    /** When the layer that came with the page was first painted, until it is drawn anew. */
    readonly paintedAt?: number | null;
    /** A clause with its text. */
    clause(id: string, lang: string): Promise<ViewNode>;
    answer(answer: Answer, surface: Surface): void;
    /** A switch was moved: the new positions, or null to put it back. */
    move(scope: string, id: string, on: boolean, trusted: boolean): Drafting | null;
}
export interface Surface {
    /** Draws a view, or the same one again; the control in focus keeps it. */
    draw(view: View, drafting?: Drafting | null): void;
    clear(): void;
}
/** @param box element of `root` the layer goes into */
export declare function makeSurface(root: ShadowRoot, box: HTMLElement, host: SurfaceHost): Surface;
