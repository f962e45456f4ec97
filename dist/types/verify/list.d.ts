export interface Listed {
    /** Line, or place in the list, from 1. */
    place: number;
    receipt: string | object;
    /** What is wrong with the whole text, of which nothing is read then. */
    fault?: {
        code: string;
        path: string;
        message: string;
    };
}
/**
 * What stands in the text, in its order; null when it is neither.
 * @param strict throws over JSON that could be read in two ways: JSON.parse takes the last of two members of one name, a person the first
 */
export declare function receiptsOf(text: string, strict: (json: string) => void): Listed[] | null;
