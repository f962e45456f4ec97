import type { Drafting, View } from '../engine/types.ts';
import type { Surface, SurfaceHost } from './surface.ts';
import { Base } from './base.ts';
export interface WidgetHost extends SurfaceHost {
    /** The handle was pressed. */
    back(): void;
    /** Escape: away with the layer, nothing decided. */
    dismiss(): void;
    /** The search box of the full text. */
    search(query: string): void;
}
/**
 * Made and filled by the shell, once per page; it stands before <body>, so the first Tab reaches it and no page script that
 * rewrites <body> takes it away. The notice says that it is there and does not take the focus; the other layers are modal and give it back.
 *
 * @element kelisim-widget
 * @attr {string} data-layer - The open layer; reflected, absent while none is.
 * @attr {string} data-layout - Shape of the notice on wide screens: box (default), bar or sheet.
 * @csspart dialog - The box. @csspart notice, choices, policy, rights, receipts - The layer in it.
 * @csspart grant-all, refuse-all, choose, save - The answers, which never differ in weight. @csspart withdraw-all, back
 * @csspart switch - With data-scope and data-id. @csspart handle - The floating button.
 */
export declare class KelisimWidgetElement extends Base {
}
/** The widget as the shell has it. Page code reaches the element, so nothing of the shell is on it. */
export declare class Widget {
    #private;
    readonly element: KelisimWidgetElement;
    readonly surface: Surface;
    /**
     * @param element  one that came with the page (kelisim build) keeps what is in it
     * @param side  where the handle floats
     */
    constructor(element: KelisimWidgetElement, host: WidgetHost, side: string);
    /** The language's name of the handle. */
    set handleName(name: string);
    /**
     * Shows a layer, with the search box if that has a name.
     * @param focus  a person asked for it: the focus goes there, as it always does in a modal one
     */
    open(view: View, drafting: Drafting | null, focus: boolean, searchName?: string, query?: string): void;
    /** Nothing is shown but the handle. */
    close(handle: boolean): void;
    /** Puts the element where the widget stands, if it is not in the page. */
    place(): boolean;
    /** Something may have come on top: up again, and what it says has to be seen anew. */
    rise(): void;
    /** Back to the widget's own looks, whatever the page sets. */
    plain(): void;
    announce(text: string): void;
}
