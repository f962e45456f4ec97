/** @param open  Opens a layer of the dialog. */
export declare function watchActions(open: (layer: string) => void): void;
