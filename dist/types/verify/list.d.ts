/** What stands in the text, in its order; null when it is neither. */
export declare function receiptsOf(text: string): {
    place: number;
    receipt: string | object;
}[] | null;
