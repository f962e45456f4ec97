import type { Drafting, Painted, View, ViewNode } from '../engine/types.ts';
import type { Natives } from '../gate/link.ts';
import type { Doubt } from './guard.ts';
/** Something pressed. */
export interface Answer {
    action: string;
    /** "" = none. */
    target: string;
    view: View;
    /** The browser's own; what it is worth, the shell asks of the surface. */
    event: Event;
    control: Element;
}
/** What a surface needs of the shell. */
export interface SurfaceHost {
    readonly natives: Natives;
    readonly nonce: string;
    /** When the layer that came with the page was first painted, until it is drawn anew. */
    readonly paintedAt?: number | null;
    /** A clause with its text. */
    clause(id: string, lang: string): Promise<ViewNode>;
    answer(answer: Answer, surface: Surface): void;
    /** A switch was moved: the new positions, or null to put it back. */
    move(scope: string, id: string, on: boolean, trusted: boolean): Drafting | null;
    /** A box of a form was not ticked, though the person did. */
    doubted(why: Doubt, surface: Surface): void;
}
export interface Surface {
    /**
     * Draws a view, or the same one again; the control in focus keeps it.
     * @returns whether another view stands there now
     */
    draw(view: View, drafting?: Drafting | null): boolean;
    clear(): void;
    /** It is gone for good: nothing of the page is listened to any more. */
    end(): void;
    /** Why an answer may not grant; "" when it may. To be asked before the layer changes. */
    doubt(answer: Answer): Doubt;
    /** Says over the answers why one was not taken, until the next click. */
    tell(text: string): void;
    /** Whether others' styles do no harm. */
    isPlain(): boolean;
    /** Takes others' styles away: all, or none where they do no harm. */
    cleanse(all: boolean): void;
    /** What the answers look like now; which of it is equal, the engine says. */
    measure(): Painted[];
    /** Whether every text of a layer with answers can be read. */
    isLegible(): boolean;
    /** The layer is another, or came on top again: what it says has to be seen first. */
    restart(): void;
}
/** @param box element of `root` the layer goes into; whatever is in `root` now is all that belongs there beside it */
export declare function makeSurface(root: ShadowRoot, box: HTMLElement, host: SurfaceHost): Surface;
