/** @param open  Opens a layer of the dialog. Where that fails a link leads to where it leads. */
export declare function watchActions(open: (layer: string) => Promise<unknown>): void;
