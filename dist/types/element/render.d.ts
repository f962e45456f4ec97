import type { ViewNode, ViewTree } from '../engine/types.ts';
import type { Natives } from '../gate/link.ts';
/** The browser's own: nothing that stands in front of the page's calls stands in front of these. */
export type Make = Pick<Natives, 'createElement' | 'append' | 'setAttribute'>;
/** A whole layer. */
export declare function renderLayer(make: Make, tree: ViewTree): HTMLElement;
/** One node outside a layer, such as a clause. */
export declare const renderNode: (make: Make, node: ViewNode) => HTMLElement | undefined;
