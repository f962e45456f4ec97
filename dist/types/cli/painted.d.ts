import first from '../styles/first.css';
export { first as styles };
export interface PaintedLayer {
    /** The notice as the engine writes it. */
    html: string;
    lang: string;
    dir: string;
    /** Where the handle floats, and its name. */
    handle: string;
    handleName: string;
    /** What is said of a grant that was not taken: too early, or for another reason. */
    early: string;
    tampered: string;
    layout: string;
}
/** What the gate compares: the text of the layer's elements put together. */
export declare const textKey: (html: string) => number;
export declare function paintedLayer(layer: PaintedLayer): string;
