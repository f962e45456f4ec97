import type { ViewNode, ViewTree } from '../engine/types.ts';
export type Make = (name: string) => HTMLElement;
/** A whole layer. */
export declare function renderLayer(make: Make, tree: ViewTree): HTMLElement;
/** One node outside a layer, such as a clause. */
export declare const renderNode: (make: Make, node: ViewNode) => HTMLElement | undefined;
